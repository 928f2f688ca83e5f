"""Prints tests/accuracy/bessel_centres.h: zeros and extrema of Bessel functions in two parts of 64 bits, with values and
slopes. Run: python3 bessel_centres.py (needs mpmath)
"""

from bessel import Function
from mpmath import ldexp, frexp, mp, mpf, nint, nstr, pi

mp.prec = 240


def part(value):
    mantissa, exponent = frexp(value)
    return ldexp(nint(ldexp(mantissa, 64)), exponent - 64)


def main():
    print("// Made by runtime/src/math/scripts/bessel_centres.py.\n")
    starts = {"j0": "2.405", "j1": "1.84", "y0": "0.8936", "y1": "2.197"}
    for name, start in starts.items():
        f = Function(name)
        print(f"static const struct centre {name}_centres[] = {{")
        x, at_zero = mpf(start), name != "j1"
        while x < 31:
            x = f.zero(x) if at_zero else f.extremum(x)
            hi = part(x)
            numbers = hi, x - hi, 0 if at_zero else f(x), f.slope(x) if at_zero else 0
            print("    {" + ", ".join(nstr(mpf(number), 26) + "L" for number in numbers) + "},")
            x += pi / 2 if x > 1 else mpf("1.3")
            at_zero = not at_zero
        print("};\n")


if __name__ == "__main__":
    main()
