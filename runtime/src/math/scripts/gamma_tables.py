"""Prints the tables of gamma_tables.rs. Run: python3 gamma_tables.py | python3 tables.py (needs mpmath)"""

from erfinv import fit, nodes, rounded
from gamma import correction, half_nodes
from mpmath import digamma, findroot, log, loggamma, mpf, psi


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


def polynomial(title, x, factor, f, n, weight, first=None):
    """p of n coefficients with f = factor p(x); the first one, if it is given, in two parts."""
    values = [y / s for y, s in zip(f, factor)]
    weights = [s * w for s, w in zip(factor, weight)]
    parts = []
    if first:
        parts = [rounded(first, False), rounded(first - rounded(first, False), False)]
        values = [(value - first) / t for value, t in zip(values, x)]
        weights = [w * t for w, t in zip(weights, x)]
        n -= 1
    p, error = fit(x, weights, values, n, False)
    print(f"// {title}: 2^{float(log(error, 2)):.1f}")
    return parts + p


def piece(f, c, low, high, n, weight, slope=None):
    """c, f(c) and p of n coefficients with f(c + t) = f(c) + t p(t)."""
    v = rounded(f(c), False)
    points = nodes(low, high, 2 * n + 4)
    t = [x - c for x in points]
    values = [f(x) - v for x in points]
    return [c, v] + polynomial(
        f"{float(low)} to {float(high)}", t, t, values, n, [weight(x) for x in points], slope and slope(c)
    )


def asymptotic(f, power, n, weight, first=None):
    """The same for f = u^power p(u^2), u = 1 / y, y from 2.5."""
    points = half_nodes(1 / mpf("2.5"), 2 * n + 4)
    squares, factors = [u**2 for u in points], [u**power for u in points]
    values, weights = [f(1 / u) for u in points], [weight(1 / u) for u in points]
    return [mpf(0), mpf(0)] + polynomial("above", squares, factors, values, n, weights, first)


def seven(whole, shifted, roots, bits, n, slope=None):
    """Pieces 0 to 2 are for shifted(x), and the others for whole(x); weights are relative to that."""
    scale, offset = mpf("0.2873"), mpf("1.0118")
    pieces = []
    for i in range(7):
        low, high = (max(0, (1 + mpf(k) / 8 - offset) / scale) for k in (i, i + 1))
        f = shifted if i < 3 else whole
        c = roots[i] if i in roots else centre(f, (low + high) / 2, bits)
        slopes = slope and (lambda x: slope(1 + x) if i < 3 else slope(x))
        pieces.append(piece(f, c, low, high, n, lambda x: 1 / abs(whole(x)), slopes))
    return pieces


def ln_gamma(name, n, bits):
    """ln Gamma(1 + x) and ln Gamma(x); piece 7 is S."""
    pieces = seven(loggamma, lambda x: loggamma(1 + x), {2: mpf(1), 4: mpf(2)}, bits, n)
    pieces.append(asymptotic(correction, 1, n, lambda y: 1 / abs(loggamma(y + mpf(1) / 2))))
    rows(name, pieces)


def digamma_table(name, n, bits, fine):
    """psi(1 + x) and psi(x), which has a root in piece 3; piece 7 is psi(y + 1/2) - ln y."""
    root = rounded(findroot(digamma, 1.46), False)
    slope = (lambda x: psi(1, x)) if fine else None
    pieces = seven(digamma, lambda x: digamma(1 + x), {3: root}, bits, n, slope)

    def rest(y):
        return digamma(y + mpf(1) / 2) - log(y)

    pieces.append(asymptotic(rest, 2, n, lambda y: 1 / digamma(y + mpf(1) / 2), fine and mpf(1) / 24))
    rows(name, pieces)


if __name__ == "__main__":
    log2_gamma(9)
    ln_gamma("LN_GAMMA_F64", 15, 63)
    ln_gamma("LN_GAMMA_SHORT_F64", 7, 50)
    digamma_table("DIGAMMA_F64", 15, 63, True)
    digamma_table("DIGAMMA_SHORT_F64", 7, 50, False)
