"""Prints the tables of erfinv_tables.rs: least-squares polynomials on Chebyshev nodes, one coefficient rounded after the
other and the rest fitted anew. Run: python3 erfinv.py | python3 tables.py (needs mpmath)
"""

import struct
import sys

from mpmath import cos, erf, erfc, exp, log, lu_solve, matrix, mp, mpf, pi, sqrt

mp.prec = 200


def rounded(value, single):
    value = float(value)
    return mpf(struct.unpack("f", struct.pack("f", value))[0] if single else value)


def newton(f, slope, y):
    for _ in range(100):
        step = f(y) / slope(y)
        y -= step
        if abs(step) < abs(y) * mpf(2) ** -150:
            return y
    raise ArithmeticError


class Quantile:
    """y with erfc(y / scale) = twice p, where p = exp(-s^2) is the argument's distance from the end."""

    def __init__(self, scale, twice):
        self.scale, self.twice = mpf(scale), mpf(twice)

    def s(self, y):
        return sqrt(-log(erfc(y / self.scale) / self.twice))

    def tail(self, s):
        """By Newton on the logarithms."""
        target = log(self.twice) - s * s

        def f(z):
            return log(erfc(z)) - target

        return self.scale * newton(f, lambda z: -2 * exp(-z * z) / sqrt(pi) / erfc(z), s)

    def central(self, a):
        """For the argument's distance from the middle: erf(y / scale) = twice a."""
        z = newton(lambda z: erf(z) - self.twice * a, lambda z: 2 * exp(-z * z) / sqrt(pi), self.twice * a)
        return self.scale * z


def nodes(low, high, count):
    return [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * k + 1) / (2 * count)) for k in range(count)]


def fit(points, weights, values, n, single):
    """p of n coefficients with p(points) near values."""
    powers = [[w * t**k for k in range(n)] for t, w in zip(points, weights)]
    rest = [w * value for w, value in zip(weights, values)]
    coefficients = []
    for first in range(n):
        free = n - first
        rows = [row[first:] for row in powers]
        normal = matrix(free, free)
        right = matrix(free, 1)
        for i in range(free):
            right[i] = sum(row[i] * value for row, value in zip(rows, rest))
            for j in range(i, free):
                normal[i, j] = normal[j, i] = sum(row[i] * row[j] for row in rows)
        c = rounded(lu_solve(normal, right)[0], single)
        coefficients.append(c)
        rest = [value - row[0] * c for row, value in zip(rows, rest)]
    return coefficients, max(abs(value) for value in rest)


def piece(quantile, low, high, n, single):
    """The centre, the value there and the coefficients: the centre such that both are numbers, nearly."""
    y = quantile.tail((low + high) / 2)
    more = mpf(2) ** (-32 if single else -61)
    for k in range(100000):
        v = rounded(y * (1 + k * mpf(2) ** -17), single)
        s = quantile.s(v)
        c = rounded(s, single)
        if abs(s - c) < more * s:
            break
    else:
        raise ArithmeticError
    points = nodes(low, high, 2 * n + 4)
    values = [quantile.tail(s) for s in points]
    p, error = fit(
        [s - c for s in points], [(s - c) / y for s, y in zip(points, values)],
        [(y - v) / (s - c) for s, y in zip(points, values)], n, single,
    )
    print(f"// {float(low)} to {float(high)}: 2^{float(log(error, 2)):.1f}")
    return [c, v] + p


def central(quantile, end, whole, n, single):
    points = nodes(mpf(0), end**2, 2 * n + 4)
    values = [quantile.central(sqrt(z)) / sqrt(z) for z in points]
    p, error = fit(points, [1 / value for value in values], [value - whole for value in values], n, single)
    print(f"// below {float(end)}: 2^{float(log(error, 2)):.1f}")
    return [mpf(0), mpf(0)] + p


def table(name, quantile, start, end, n, middle=None):
    """Pieces are quarters of octaves of y = 1 + scale (s - start); with a middle, it takes the place of the last."""
    single = name.endswith("F32")
    count = 7 if middle else 8
    borders = [mpf(b) for b in (1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4)]
    start, end = mpf(start), mpf(end)
    scale = (borders[count] - 1) / (end - start)
    pieces = [None] * 8
    for k in range(count):
        low, high = (start + (b - 1) / scale for b in borders[k : k + 2])
        pieces[(k + 4) % 8] = piece(quantile, low, high, n, single)
    if middle:
        pieces[3] = central(quantile, mpf(middle[0]), middle[1], n, single)
    print(f"// scale {float(scale)!r}, offset {float(1 - start * scale)!r}")
    print(f"// table {name}")
    for row in zip(*pieces):
        for value in row:
            print(float(value))
    sys.stdout.flush()



if __name__ == "__main__":
    erfcinv, quantile = Quantile(1, 1), Quantile(sqrt(mpf(2)), 2)
    table("ERFCINV_F32", erfcinv, 0.8325, 4.2, 8, (0.5, 1))
    table("ERFCINV_FAR_F32", erfcinv, 4.19, 10.18, 6)
    table("NORM_PPF_F32", quantile, 1.1774, 4.2, 8, (0.25, 2))
    table("NORM_PPF_FAR_F32", quantile, 4.19, 10.18, 6)
    table("ERFCINV_F64", erfcinv, 0.8325, 6.1, 16, (0.5, 1))
    table("ERFCINV_FAR_F64", erfcinv, 6.09, 27.3, 12)
    table("NORM_PPF_F64", quantile, 1.1774, 6.1, 16, (0.25, 2))
    table("NORM_PPF_FAR_F64", quantile, 6.09, 27.3, 12)
