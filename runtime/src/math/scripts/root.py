"""The square root of AVX-512 by multiplications (lanes/avx512.rs): its coefficients, and the proof that it is correctly
rounded. Run: python3 root.py

With a start y0 within 2^-14 of 1 / sqrt x, relatively:

    e = RN(1 - x RN(y0²)),  y = RN(y0 + RN(y0 e) p(e)),  g = RN(x y),  d = RN(x - g²),  result = RN(g + y/2 d)

Powers of 4 change nothing: x is taken from 1 to 4, its root s from 1 to 2. Where nothing is rounded any more, y is 1 / s
within BETA 2^-53: that is shown here. So y is one of two or three numbers, whatever the start was, and all that
follows depends on x and y alone. Before the last rounding the result is within UNITS / (2 s) 2^-106 of s, also shown
here. A midpoint of two results is m = M 2^-53 with an odd M. x is a multiple of 2^-52, so x - m² = c 2^-106 with
an integer c that is 7 modulo 8, and s - m is c / (2 m) 2^-106, nearly. If |c| is above UNITS, s and the result are on the
same side of m. The x with smaller |c| are few, and found by lifting the roots of M² = -c from one power of 2 to the next;
for each of them, and for those beside 1 and 4, where the last place changes, every y that can be is tried.
"""

from fractions import Fraction
from math import isqrt

import mpmath

mpmath.mp.prec = 200

UNIT = Fraction(1, 2**53)
BETA = Fraction(6, 10)

# What the start leaves, at most: 1 - (1 ± 2^-14)², and what rounding adds.
E = Fraction(1, 2**13) + Fraction(1, 2**27)


def coefficients():
    """1/2 + a e + 5/16 e²: of what is left, 35/128 e⁴, a takes away as much in the middle as it adds at the ends."""
    a = mpmath.mpf(3) / 8 + mpmath.mpf(35) / 128 * 2 * (mpmath.sqrt(2) - 1) * mpmath.mpf(2) ** -26
    return [0.5, float(a), 0.3125]


def beta(p):
    """The error of y before its rounding, in units of 2^-53."""
    # y0² is rounded to within 2^-53, e to within 2^-53 |e|; the derivative of (1 - e)^(-1/2) is 1/2, nearly.
    of_square = Fraction(1, 2) * (1 + 8 * E)
    of_e = Fraction(1, 2) * (1 + 8 * E) * E
    # RN(y0 e), and p in two steps: each within 2^-53 of a number below 1, times e.
    of_polynomial = 4 * E
    # The polynomial against the function: a function of e whose third derivative is small, on a grid.
    worst, steps = 0, 4000
    for i in range(-steps, steps + 1):
        e = mpmath.mpf(E.numerator) / E.denominator * i / steps
        worst = max(worst, abs((1 + e * (p[0] + e * (p[1] + e * p[2]))) * mpmath.sqrt(1 - e) - 1))
    # Between two points of the grid the error, a polynomial of degree 4 but for a millionth, changes by less than 1/100.
    of_truncation = Fraction(int(worst * mpmath.mpf(2) ** 153), 2**100) * Fraction(102, 100)
    return of_square + of_e + of_polynomial + of_truncation


def units():
    """The largest |c| that matters: the result's distance from s before the last rounding, times 2 s 2^106."""
    worst = 0
    for i in range(1001):
        s = 1 + Fraction(i, 1000)
        # y is within (BETA + s/2) 2^-53 of 1 / s, relatively; g is within `off` 2^-53 of s.
        relative = BETA + s / 2
        off = s * relative + 1
        # x - g² is a multiple of 2^-104, exact below 2^-51; from there on half of the last place is lost.
        d, lost = 2 * s * off * UNIT, 0
        while d > 4 * UNIT:
            d, lost = d / 2, max(2, 2 * lost)
        # Newton's step squares the distance of g; y/2 is not 1 / (2 s); and what d has lost, in units of 2^-105.
        worst = max(worst, off * off + 2 * s * off * relative + 2 * lost)
    return worst * Fraction(101, 100)


def rounded(v):
    """To nearest even, 53 bits."""
    if v == 0:
        return v
    size = abs(v)
    exponent = size.numerator.bit_length() - size.denominator.bit_length()
    if Fraction(2) ** exponent > size:
        exponent -= 1
    if Fraction(2) ** (exponent + 1) <= size:
        exponent += 1
    unit = Fraction(2) ** (exponent - 52)
    return (1 if v > 0 else -1) * round(size / unit) * unit


def root(x):
    """The square root, or a number that rounds as it does."""
    places = 300
    n = (x * 4**places).numerator // (x * 4**places).denominator
    s = isqrt(n)
    return Fraction(s, 2**places) if s * s == n else Fraction(2 * s + 1, 2 ** (places + 1))


def candidates(x):
    """Every y that can be."""
    inverse = 1 / root(x)
    y, last = rounded(inverse * (1 - BETA * UNIT)), rounded(inverse * (1 + BETA * UNIT))
    while y <= last:
        yield y
        y += UNIT / 2 if y < Fraction(1, 2) else UNIT if y < 1 else 2 * UNIT


def check(x):
    want = rounded(root(x))
    for y in candidates(x):
        g = rounded(x * y)
        assert rounded(g + y / 2 * rounded(x - g * g)) == want, (float(x).hex(), float(y).hex())


def roots_modulo(c, bits):
    """The odd M below 2^bits with M² = -c modulo 2^bits, for c that is 7 modulo 8."""
    found, at = {1, 3, 5, 7}, 3
    while at < bits:
        # A root modulo 2^at or its sum with 2^(at - 1) is one modulo 2^(at + 1), and so is what 2^at more is.
        tried = {m + i * 2 ** (at - 1) for m in found for i in range(4)}
        at += 1
        found = {m % 2**at for m in tried if (m * m + c) % 2**at == 0}
    return found


def hard(bound):
    """The numbers from 1 to 4 whose root is near the middle of two others."""
    # Below 2 the numbers are multiples of 2^54 2^-106, from there on of 2^55 2^-106.
    for bits, low in ((54, 2**106), (55, 2**107)):
        for c in range(-bound, bound + 1):
            if c % 8 != 7:
                continue
            for m in roots_modulo(c, bits) | {m + 2**bits for m in roots_modulo(c, bits)}:
                square = m * m + c
                if 2**53 <= m < 2**54 and low <= square < 2 * low:
                    yield Fraction(square, 2**106)


def main():
    for c in (7, -1, 15, -89):
        assert roots_modulo(c, 14) == {m for m in range(1, 2**14, 2) if (m * m + c) % 2**14 == 0}
    p = coefficients()
    print("coefficients", p)
    print("error of y before its rounding, in 2^-53:", float(beta(p)))
    assert beta(p) < BETA
    print("|c| up to", float(units()))
    found = set(hard(int(units()) + 1))
    edges = {1 + 2 * i * UNIT for i in range(1000)} | {4 - 4 * i * UNIT for i in range(1, 1000)}
    for x in sorted(found | edges):
        check(x)
    print(len(found), "hard cases and", len(edges), "edges: every y gives the correctly rounded root")


main()
