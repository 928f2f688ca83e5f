"""Prints the cells of loose_log.rs for f64: of numbers near the inverse of each cell's middle, the one whose logarithms to all
three bases are nearest to floats. Run: python3 loose_log.py (needs mpmath; half a minute)
"""

import math
import random

from mpmath import log, mp, mpf

mp.prec = 200


def lost(value):
    """What rounding loses, in units of the last place."""
    rounded = float(value)
    return abs(value - mpf(rounded)) / mpf(math.ulp(rounded))


def edges():
    """The cells' ends: an eighth of a binade each, the fifth around 1."""
    ends = [1 - 75 / 256]
    for cell in range(8):
        width = 1 / 16 if cell < 4 else 1 / 8
        ends.append(1 + (1 - 11 / 16) / 8 if cell == 4 else ends[-1] + width)
    return ends


def main():
    random.seed(1)
    ends, factors = edges(), []
    for cell in range(8):
        middle = 2 / (ends[cell] + ends[cell + 1])
        best = (mpf(1), 1.0)
        for _ in range(0 if cell == 4 else 60000):
            factor = round(middle * (1 + random.uniform(-2e-4, 2e-4)) * 2**40) / 2**40
            ln = -log(mpf(factor))
            best = min(best, (max(lost(ln), lost(ln / log(2)), lost(ln / log(10))), factor))
        factors.append(best[1])
    print("// c", *(f"    {factor!r}," for factor in factors), sep="\n")
    for base in (mp.e, 2, 10):
        logs = (float(-log(mpf(factor)) / log(mpf(base))) for factor in factors)
        print(f"// -log c to base {float(base)}", *(f"    {value!r}," for value in logs), sep="\n")


main()
