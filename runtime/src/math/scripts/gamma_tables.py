"""Prints the tables of gamma_tables.rs. Run: python3 gamma_tables.py | python3 tables.py (needs mpmath)"""

from erfinv import fit, nodes, rounded
from gamma import correction, half_nodes
from mpmath import log, loggamma, mpf


def rows(name, pieces):
    print(f"// table {name}")
    for row in zip(*pieces):
        for value in row:
            print(float(value))


def log2_gamma(n):
    """The centre and p with log2 Gamma(c + t) = p(t): pieces end where 8/11 y + 6/11 is 2 or 3 times a power of two."""
    pieces = []
    for i in range(8):
        low, high = ((([2, 3][k % 2] * 2 ** (k // 2)) * mpf(11) - 6) / 8 for k in (i, i + 1))
        c = rounded((low + high) / 2, True)
        points = nodes(low, high, 2 * n + 4)
        p, error = fit([y - c for y in points], [mpf(1)] * len(points), [loggamma(y) / log(2) for y in points], n, False)
        print(f"// {float(low)} to {float(high)}: 2^{float(log(error, 2)):.1f}")
        pieces.append([c] + p)
    rows("LOG2_GAMMA_F64", pieces)


def centre(f, x, bits):
    """A number near x at which f is one, too, to 2^-bits."""
    for k in range(1000000):
        c = rounded(x + k * mpf(2) ** -17, False)
        if abs(f(c) - rounded(f(c), False)) < mpf(2) ** -bits:
            return c
    raise ArithmeticError


def piece(f, c, low, high, n, weight):
    """c, f(c) and p of n coefficients with f(c + t) = f(c) + t p(t)."""
    v = rounded(f(c), False)
    points = nodes(low, high, 2 * n + 4)
    p, error = fit(
        [x - c for x in points], [(x - c) * weight(x) for x in points], [(f(x) - v) / (x - c) for x in points], n, False
    )
    print(f"// {float(low)} to {float(high)}: 2^{float(log(error, 2)):.1f}")
    return [c, v] + p


def asymptotic(f, end, n, weight):
    """The same for f = u p(u^2), u = 1 / y, y from 1 / end."""
    points = half_nodes(end, 2 * n + 4)
    p, error = fit([u * u for u in points], [u * weight(1 / u) for u in points], [f(1 / u) / u for u in points], n, False)
    print(f"// above {float(1 / end)}: 2^{float(log(error, 2)):.1f}")
    return [mpf(0), mpf(0)] + p


def ln_gamma(name, n, bits):
    """Pieces 0 to 2 are for ln Gamma(1 + x), piece 7 is for S; else ln Gamma(x)."""
    width = 1 / (8 * mpf("0.2914"))

    def weight(x):
        return 1 / abs(loggamma(x))

    pieces = []
    for i in range(7):
        low, high = i * width, (i + 1) * width

        def f(x):
            return loggamma(1 + x if i < 3 else x)

        roots = {2: mpf(1), 4: mpf(2)}
        c = roots[i] if i in roots else centre(f, (low + high) / 2, bits)
        pieces.append(piece(f, c, low, high, n, weight))
    pieces.append(asymptotic(correction, 1 / mpf("2.5"), n, lambda y: weight(y + mpf(1) / 2)))
    rows(name, pieces)


if __name__ == "__main__":
    log2_gamma(9)
    ln_gamma("LN_GAMMA_F64", 14, 63)
    ln_gamma("LN_GAMMA_SHORT_F64", 7, 50)
