"""Prints the values of runtime/tests/math_bessel.rs, of tests that have no other oracle: rounded from 300 digits' arithmetic
where an argument needs it. Run: python3 bessel_values.py (needs mpmath)
"""

from bessel import Function
from mpmath import mp, mpf, pi

SMALL = [5e-324, 3e-310, 1e-300, 1e-40, 1e-12, 0.001, 0.03, 0.1, 0.31, 0.5, 0.77, 1.0, 1.2, 1.3, 1.54, 1.56, 1.9]
LARGE = [2.3, 2.5, 3.0, 3.7, 4.4, 5.1, 5.9, 6.6, 7.4, 8.1, 9.0, 9.7, 10.5, 10.95, 10.97, 11.5, 12.2, 12.3, 12.55, 12.57, 15.5,
         20.25, 50.5, 100.0, 1000.0, 12345.678, 4194303.5, 4194304.5, 1e9, 1e22, 1e100, 1e300, 1.7e308]


def value(f, x):
    mp.prec = 1400 if x > 1e15 else 200
    return f(mpf(x))


def rows(name, pairs):
    print(f"    pub(super) const {name}: [(f64, f64); {len(pairs)}] = [")
    for k in range(0, len(pairs), 2):
        print("        " + ", ".join(f"({x!r}, {float(y)!r})" for x, y in pairs[k : k + 2]) + ",")
    print("    ];")


def main():
    for name, first, count in (("j0", 2.4, 4), ("j1", 3.83, 3), ("y0", 0.89, 4), ("y1", 2.2, 3)):
        f = Function(name)
        mp.prec = 200
        zeros = [f.zero(mpf(first) if k == 0 else mpf(first) + k * pi) for k in range(count)]
        near = [x for z in zeros for x in (float(z), float(z) + 2.0**-40, float(z) - 0.001)]
        pairs = [(x, value(f, x)) for x in SMALL + LARGE]
        # Not where the result is infinite, and no zeros of the other kind.
        rows(name.upper(), [(x, y) for x, y in pairs + [(x, value(f, x)) for x in near] if abs(y) < 1e308])
        far = [float(f.zero(mpf(float(zeros[-1])) + k * pi)) for k in (1, 2, 9, 100, 12345, 10**6, 10**12)]
        rows(f"{name.upper()}_FAR", [(x, value(f, x)) for x in far])


if __name__ == "__main__":
    main()
