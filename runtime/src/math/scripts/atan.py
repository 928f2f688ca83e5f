"""The table and the coefficients of atan for f64: by pieces numbers `c` whose arc tangents are numbers too, to some bits
more, and the polynomial of what is left.

Run: python3 atan.py (needs mpmath, and sollya in the path)
"""

import struct
import subprocess

from mpmath import atan, inf, mp, mpf, tan

mp.prec = 200


def halves(upper):
    """The number with these bits as the upper and as the lower half."""
    return struct.unpack("<d", struct.pack("<Q", upper << 32 | upper))[0]


pieces = [(2 ** mpf(k) - 1) / 16 for k in range(8)] + [inf]
table, largest = [(0.0, 0.0)], 0
for low, high in zip(pieces[1:], pieces[2:]):
    middle = (atan(low) + atan(high)) / 2
    upper = struct.unpack("<Q", struct.pack("<d", float(tan(middle))))[0] >> 32
    # Some parts in a thousand to both sides.
    candidates = [halves(upper + k) for k in range(-4000, 4001)]
    c = min(candidates, key=lambda c: abs(mpf(float(atan(c))) - atan(mpf(c))))
    table.append((c, float(atan(mpf(c)))))
    ends = [low, high if high < inf else mpf(2) ** 60]
    largest = max([largest] + [abs((x - c) / (1 + x * c)) for x in ends])
    print("// error", mp.nstr((mpf(table[-1][1]) - atan(mpf(c))) / atan(mpf(c)) * mpf(2) ** 53, 3))
# By the exponent of |x| + 1/16, modulo 8.
table = [table[(k - 3) % 8] for k in range(8)]
print([c for c, _ in table])
print([a for _, a in table])
print("// largest", float(largest))
source = f"""
prec = 250!; display = decimal!; roundingwarnings = off!;
h = {float(largest)!r}^2 * (1 + 1b-8);
f = (atan(sqrt(x)) / sqrt(x) - 1) / x;
p = fpminimax(f, 6, [|D...|], [1e-12; h], absolute, x);
print("// 2^", round(log2(dirtyinfnorm(x * (p - f), [1e-12; h])), 10, RN));
for i from 0 to 6 do print(coeff(p, i));
quit;
"""
for line in subprocess.run(["sollya"], input=source, capture_output=True, text=True, check=True).stdout.splitlines():
    print(line if line.startswith("//") else repr(float(line)))
