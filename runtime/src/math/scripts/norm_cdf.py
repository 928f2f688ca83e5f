"""Prints NORM_CDF_F64 of erf_tables.rs: g(c + t) = v + p(t) for g = ln(2 e^(x^2/2) norm_cdf(-x)), on the pieces of erf.sollya.

Run: python3 norm_cdf.py | python3 tables.py (needs mpmath)
"""

from erfinv import fit, nodes, rounded
from mpmath import erfc, log, mpf, nint, sqrt


def g(x):
    return log(erfc(x / sqrt(mpf(2)))) + x * x / 2


def centre(x):
    """A number near x at which g is, to 2^-60, a multiple of 2^-51."""
    for k in range(100000):
        c = rounded(x * (1 + k * mpf(2) ** -17), False)
        v = nint(g(c) * 2**51) / 2**51
        if abs(g(c) - v) < mpf(2) ** -60:
            return c, v
    raise ArithmeticError


N = 15
pieces = []
for i in range(8):
    low, high = ((([1.2109375, 1.7109375][k % 2] * 2 ** (k // 2)) - mpf(1.2109375)) / mpf("0.4719") for k in (i, i + 1))
    c, v = centre((low + high) / 2) if i else (mpf(0), mpf(0))
    points = [x - c for x in nodes(low, high, 2 * N + 4)]
    p, error = fit(points, points, [(g(c + t) - v) / t for t in points], N, False)
    print(f"// {float(low)} to {float(high)}: 2^{float(log(error, 2)):.1f}")
    pieces.append([c, v] + p)
print("// table NORM_CDF_F64")
for row in zip(*pieces):
    for value in row:
        print(float(value))
