"""Prints bessel_tables.rs: zeros and values by mpmath, least-squares polynomials as in erfinv.py. Run: python3 bessel.py
(needs mpmath); the largest relative errors go to stderr.
"""

import sys

from erfinv import fit, nodes, rounded
from literals import shortest
from mpmath import atan2, bessely, besselj, cos, log, mp, mpf, nint, pi, sin, sqrt

mp.prec = 200

# Up to here, functions of the second kind are computed with a logarithm.
LOG_END = mpf("1.55")


class Function:
    def __init__(self, name):
        self.name, self.order = name, int(name[1])
        self.kind = besselj if name[0] == "j" else bessely

    def __call__(self, x):
        return self.kind(self.order, x)

    def slope(self, x):
        return -self.kind(1, x) if self.order == 0 else self.kind(0, x) - self.kind(1, x) / x

    def second(self, x):
        return -self.slope(x) / x - (1 - mpf(self.order) ** 2 / x**2) * self(x)

    def zero(self, near):
        x = mpf(near)
        for _ in range(12):
            x -= self(x) / self.slope(x)
        return x

    def extremum(self, near):
        x = mpf(near)
        for _ in range(12):
            x -= self.slope(x) / self.second(x)
        return x


def report(text):
    print(text, file=sys.stderr)


def two(value, single):
    hi = rounded(value, single)
    return hi, rounded(value - hi, single)


def literal(value, single):
    return shortest(float(value), single)


def array(name, values, single):
    numbers = [literal(value, single) for value in values]
    print(f"#[rustfmt::skip]\npub(super) const {name}: [{'f32' if single else 'f64'}; {len(values)}] = [")
    for k in range(0, len(numbers), 4):
        print(f"    {', '.join(numbers[k : k + 4])},")
    print("];\n")


def expansion(f, slope, c, low, high, n, single, size=None):
    """f near c: the value and the slope in two parts each, and n coefficients of what remains, over t squared. What is
    nearly zero has only the second part."""
    value = f(c)

    def parts(value):
        return (mpf(0), rounded(value, single)) if abs(value) < mpf(2) ** -20 else two(value, single)

    v, v_lo = parts(value)
    s, s_lo = parts(slope(c))
    points = [x for x in nodes(low, high, 2 * n + 4) if abs(x - c) > mpf(2) ** -30]
    t = [x - c for x in points]
    values = [f(x) for x in points]
    weights = [d * d / abs(size(x) if size else y) for d, x, y in zip(t, points, values)]
    rest = [(y - value - d * (s + s_lo)) / (d * d) for d, y in zip(t, values)]
    p, error = fit(t, weights, rest, n, single)
    report(f"{float(low):.3f} to {float(high):.3f} about {float(c):.3f}: 2^{float(log(error, 2)):.1f}")
    return [c, v, v_lo, s, s_lo] + p


def table(name, borders, centres, n, single):
    f = Function(name)
    rows = []
    for k, centre in enumerate(centres):
        kind, near = centre.split()
        c = {"zero": f.zero, "extremum": f.extremum, "number": mpf}[kind](near) if near != "0" else mpf(0)
        slope = f.slope if near != "0" else lambda x: mpf(1) / 2
        rows.append(expansion(f, slope, rounded(c, single), borders[k], borders[k + 1], n, single))
    kind = "f32" if single else "f64"
    print(f"#[rustfmt::skip]\npub(super) const {name.upper()}_{kind.upper()}: [[{kind}; 8]; {n + 5}] = [")
    # Quarters of octaves from 1 on begin in the middle of what bits count.
    rows = rows[4:] + rows[:4] if name[0] == "y" else rows
    for row in zip(*rows):
        first, second = (", ".join(literal(v, single) for v in row[half : half + 4]) for half in (0, 4))
        print(f"    [{first}, {second}]," if single else f"    [{first},\n     {second}],")
    print("];\n")


def far(order, phases, amplitudes, single):
    """The phase beside x - (2 order + 1) pi/4 - phase0 / x, times x^3, and the amplitude, times sqrt(x): in 1/x^2."""
    first = (mpf(-1) if order == 0 else mpf(3)) / 8
    suffix = f"{order}_{'F32' if single else 'F64'}"

    def at(u):
        x = 1 / sqrt(u)
        j, y = besselj(order, x), bessely(order, x)
        angle = atan2(y, j) - (x - (2 * order + 1) * pi / 4)
        return angle - 2 * pi * nint(angle / (2 * pi)), sqrt((j * j + y * y) * x)

    points = nodes(mpf(0), 1 / mpf("10.96") ** 2, 2 * max(phases, amplitudes) + 8)
    values = [at(u) for u in points]
    phase, error = fit(
        points, [u * sqrt(u) for u in points], [(value[0] / sqrt(u) - first) / u for u, value in zip(points, values)],
        phases, single,
    )
    report(f"phase: 2^{float(log(error, 2)):.1f}")
    array("PHASE" + suffix, phase, single)
    hi, lo = two(sqrt(2 / pi), single)
    amplitude, error = fit(points, points, [(value[1] - hi - lo) / u for u, value in zip(points, values)], amplitudes, single)
    report(f"amplitude: 2^{float(log(error, 2)):.1f}")
    array("AMPLITUDE" + suffix, [hi, lo] + amplitude, single)


def circle(sines, cosines, single):
    """(sin a - a) / a^3 and (cos a - 1 + a^2 / 2) / a^4 in a^2, a little beyond pi/4, as the phase can be."""
    points = nodes(mpf(2) ** -40, mpf("0.8206") ** 2, 2 * sines + 4)
    for name, n, weight, value in (
        ("SINE", sines, lambda a: a**3 / sin(a), lambda a: (sin(a) - a) / a**3),
        ("COSINE", cosines, lambda a: a**4 / cos(a), lambda a: (cos(a) - 1 + a * a / 2) / a**4),
    ):
        roots = [sqrt(z) for z in points]
        p, error = fit(points, [weight(a) for a in roots], [value(a) for a in roots], n, single)
        report(f"2^{float(log(error, 2)):.1f}")
        array(f"{name}_{'F32' if single else 'F64'}", p, single)


def near_y0(smooths, factors, single):
    """y0 = 2/pi ln(x/z) (1 - x^2/4 + x^4 K(x^2)) + R(x - c), where z is the zero and c the number next to it."""
    kind = "F32" if single else "F64"
    f = Function("y0")
    zero = f.zero("0.8936")
    c = rounded(zero, single)
    whole = lambda x: f(x) - 2 / pi * log(x / zero) * besselj(0, x)
    slope = lambda x: f.slope(x) - 2 / pi * besselj(0, x) / x + 2 / pi * log(x / zero) * besselj(1, x)
    rows = expansion(whole, slope, c, mpf(2) ** -40, LOG_END, smooths, single, size=f)
    array(f"Y0_SMOOTH_{kind}", rows, single)
    points = nodes(mpf(2) ** -60, LOG_END**2, 2 * factors + 4)
    roots = [sqrt(z) for z in points]
    factor, error = fit(
        points, [z * z * 2 / pi * log(x / zero) / f(x) for z, x in zip(points, roots)],
        [(besselj(0, x) - 1 + z / 4) / (z * z) for z, x in zip(points, roots)], factors, single,
    )
    report(f"2^{float(log(error, 2)):.1f}")
    array(f"Y0_FACTOR_{kind}", factor, single)
    array(f"Y0_PER_ZERO_{kind}", two(1 / zero, single), single)


def near_y1(smooths, factors, single):
    """y1 = -2/pi/x + x (ln(x) - shift) P(x^2) + S(x - 3/2); the others are small where the first term is."""
    kind = "F32" if single else "F64"
    f = Function("y1")
    points = nodes(mpf(2) ** -60, LOG_END**2, 2 * max(smooths, factors) + 4)
    roots = [sqrt(z) for z in points]
    shift = mpf("0.40625")
    hi, lo = two(1 / pi, single)
    factor, error = fit(
        points, [z * x * (log(x) - shift) / f(x) for z, x in zip(points, roots)],
        [(2 / pi * besselj(1, x) / x - hi - lo) / (x * x) for x in roots], factors, single,
    )
    report(f"2^{float(log(error, 2)):.1f}")
    array(f"Y1_FACTOR_{kind}", [hi, lo] + factor, single)
    points = nodes(mpf(2) ** -60, LOG_END, 2 * smooths + 4)
    smooth, error = fit(
        [x - mpf("1.5") for x in points], [1 / f(x) for x in points],
        [f(x) + 2 / pi / x - 2 / pi * (log(x) - shift) * besselj(1, x) for x in points], smooths, single,
    )
    report(f"2^{float(log(error, 2)):.1f}")
    array(f"Y1_SMOOTH_{kind}", smooth, single)


if __name__ == "__main__":
    print('''//! The coefficients of [`bessel`](super::bessel). Made by `scripts/bessel.py`.

#![allow(clippy::approx_constant, reason = "coefficients may be near anything")]
''')
    even = [k * pi / 2 for k in range(9)]
    odd = [mpf(0)] + [mpf("1.3") + k * pi / 2 for k in range(8)]
    quarters = [mpf("1.55") + mpf("0.785") * k for k in (0, 1, 2, 3, 4, 6, 8, 10, 12)]
    j0 = ["number 0.7", "zero 2.405", "extremum 3.832", "zero 5.52", "extremum 7.016", "zero 8.654", "extremum 10.17",
          "zero 11.79"]
    j1 = ["zero 0", "extremum 1.84", "zero 3.832", "extremum 5.33", "zero 7.016", "extremum 8.54", "zero 10.17",
          "extremum 11.71"]
    y0 = ["number 1.9", "extremum 2.197", "zero 3.957", "zero 3.957", "extremum 5.43", "zero 7.086", "extremum 8.596",
          "zero 10.22"]
    y1 = ["zero 2.197", "zero 2.197", "extremum 3.683", "number 4.2", "zero 5.43", "extremum 6.94", "zero 8.596",
          "extremum 10.12"]
    for single in (False, True):
        n = 7 if single else 13
        table("j0", even, j0, n, single)
        table("j1", odd, j1, n, single)
        table("y0", quarters, y0, 7 if single else 15, single)
        table("y1", quarters, y1, 7 if single else 16, single)
        for order in (0, 1):
            far(order, 4 if single else 12, 4 if single else 11, single)
        circle(*((4, 3) if single else (6, 6)), single)
        near_y0(*((7, 4) if single else (14, 8)), single)
        near_y1(*((9, 4) if single else (14, 9)), single)
