"""Prints the tables of erf_tables.rs in f64: f(c + t) = v + p(t) on eight pieces, where f(c) is v to 2^-60, a multiple of a
power of two, and c and the last coefficients are such numbers as a permutation of 32-bit lanes moves: their halves are equal.

Run: python3 erf_double.py | python3 tables.py (needs mpmath)
"""

import struct
import sys

from mpmath import erf, erfc, log, lu_solve, matrix, mpf, nint, pi, sqrt

from erfinv import nodes, rounded


def bits(value):
    return struct.unpack("Q", struct.pack("d", float(value)))[0]


def repeated(half):
    return mpf(struct.unpack("d", struct.pack("Q", half << 32 | half))[0])


def halves(value):
    """The number nearest to a value, nearly, whose halves are equal."""
    return repeated((bits(value) + (1 << 31)) >> 32)


def solve(points, values, weights, powers):
    rows = [[w * t**k for k in powers] for t, w in zip(points, weights)]
    n = len(powers)
    normal, right = matrix(n, n), matrix(n, 1)
    for i in range(n):
        right[i] = sum(row[i] * w * value for row, w, value in zip(rows, weights, values))
        for j in range(i, n):
            normal[i, j] = normal[j, i] = sum(row[i] * row[j] for row in rows)
    return lu_solve(normal, right)


def fit(points, values, weights, first, last, short):
    """Coefficients of the powers from first to last; the last `short` ones, beginning with the highest, have equal halves,
    and then from the lowest on all are rounded, each time the rest is fitted anew."""
    powers, found = list(range(first, last + 1)), {}
    while powers:
        best = solve(points, values, weights, powers)
        at = len(powers) - 1 if len(found) < short else 0
        power = powers.pop(at)
        c = halves(best[at]) if len(found) < short else rounded(best[at], False)
        found[power] = c
        values = [value - c * t**power for t, value in zip(points, values)]
    return [found[k] for k in range(first, last + 1)], max(abs(w * value) for w, value in zip(weights, values))


def centre(f, x, unit):
    """A number near x, its halves equal, at which f is, to 2^-60, a multiple of 2^-unit."""
    for k in range(100000):
        c = repeated((bits(x) >> 32) + k)
        v = nint(f(c) * 2**unit) / mpf(2) ** unit
        if abs(f(c) - v) < mpf(2) ** -60:
            return c, v
    raise ArithmeticError


def table(name, f, edges, unit, last, short, first=None):
    """With `first`, the first piece's polynomial is t times one for the function `first`, in parts of it."""
    print(f"// table {name}")
    pieces = []
    for low, high in zip(edges, edges[1:]):
        if first and low == 0:
            c, v = mpf(0), mpf(0)
            points = nodes(low, high, 2 * last + 4)
            values = [first(t) for t in points]
            p, error = fit(points, values, [1 / (1 + value) for value in values], 0, last - 1, short)
        else:
            # Where x - c is rounded, below c / 2, it is small; and its third power where x is largest.
            c, v = centre(f, (low + high) / 2 if low else 2 * high / 5, unit)
            points = [x - c for x in nodes(low, high, 2 * last + 4)]
            p, error = fit(points, [f(c + t) - v for t in points], [mpf(1)] * len(points), 1, last, short)
        print(f"// {float(low):.4f} to {float(high):.4f}: 2^{float(log(error, 2)):.1f}", file=sys.stderr)
        pieces.append([c, v] + p)
    for row in zip(*pieces):
        for value in row:
            print(repr(float(value)))


def tail_edges(scale):
    start = mpf("1.2109375")
    ends = [(start + mpf(k % 2) / 2) * 2 ** (k // 2) for k in range(9)]
    return [(y - start) / mpf(scale) for y in ends]


def erf_edges(start, slope, bend):
    """y = start + slope x + bend x^2 is 1 + k/8."""
    start, slope, bend = mpf(start), mpf(slope), mpf(bend)
    ends = [(-slope + sqrt(slope**2 - 4 * bend * (start - 1 - mpf(k) / 8))) / (2 * bend) for k in range(1, 8)]
    return [mpf(0)] + ends + [mpf("5.95")]


TABLES = {
    "ERF_F64": lambda: table(
        "ERF_F64", erf, erf_edges("1.01", "0.212", "-0.0078"), 53, 14, 5, lambda x: (erf(x) - x) / x
    ),
    "ERFC_F64": lambda: table("ERFC_F64", lambda x: log(erfc(x)) + x * x, tail_edges("0.666"), 51, 15, 6),
    "NORM_CDF_F64": lambda: table(
        "NORM_CDF_F64", lambda x: log(erfc(x / sqrt(mpf(2)))) + x * x / 2, tail_edges("0.4719"), 51, 15, 6
    ),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or TABLES:
        TABLES[name]()
