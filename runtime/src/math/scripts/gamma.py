"""Prints the polynomials of gamma.rs and reflection.rs, and of the logarithms in cells.rs that only the gamma family
needs. From u = 1 / y for y from 3.5, S(y) = ln Gamma(y + 1/2) - y ln y + y - ln sqrt(2 pi) is u p(u^2).

Run: python3 gamma.py | python3 literals.py (needs mpmath)
"""

from erfinv import fit, nodes
from mpmath import cos, cot, log, log1p, loggamma, mpf, pi, sin


def correction(y):
    return loggamma(y + mpf(1) / 2) - y * log(y) + y - log(2 * pi) / 2


def half_nodes(end, count):
    """The positive Chebyshev nodes of an interval around 0: for even functions."""
    return [end * cos(pi * (2 * k + 1) / (4 * count)) for k in range(count)]


def even(title, f, end, n, weight=lambda u: u):
    """p(u^2) of n coefficients near f(u) for |u| to the end."""
    points = half_nodes(mpf(end), 2 * n + 4)
    p, error = fit([u * u for u in points], [weight(u) for u in points], [f(u) for u in points], n, False)
    print(f"// {title}: 2^{float(log(error, 2)):.1f}")
    for c in p:
        print(float(c))


if __name__ == "__main__":
    even("S", lambda u: correction(1 / u) / u, 1 / mpf("3.5"), 10)
    for title, power, f in ("sine", 3, lambda r: sin(pi * r)), ("cosine", 2, lambda r: cos(pi * r)):
        first = pi ** (power - 2)
        second = -(pi**power) / power / (power - 1)

        def q(r):
            return (f(r) / r ** (power - 2) - first - second * r * r) / r**4

        even(title, q, 0.25, 6, lambda r: r**4)
        print(float(second), float(second - float(second)), sep="\n")
    even("sin(pi r) / r for single precision", lambda r: sin(pi * r) / r, 0.5, 6, lambda r: r / sin(pi * r))

    def g(r):
        return pi * r * cot(pi * r) / (1 - 4 * r * r)

    even("pi r cot(pi r) / (1 - 4 r^2) for single precision", g, 0.5, 8, lambda r: 1 / g(r))

    end = mpf(1) / 16
    # The first to a relative error, the second to an absolute one.
    for title, power, weight, n, f in (
        ("ln_short: ln(1 + r) / r", 1, 0, 6, log1p),
        ("fine_ln: (ln(1 + r) - r + r^2 / 2) / r^3", 3, 3, 10, lambda r: log1p(r) - r + r * r / 2),
    ):
        points = nodes(-end, end, 2 * n + 4)
        weights = [abs(r) ** weight for r in points]
        p, error = fit(points, weights, [f(r) / r**power for r in points], n, False)
        print(f"// {title}: 2^{float(log(error, 2)):.1f}")
        for c in p:
            print(float(c))
