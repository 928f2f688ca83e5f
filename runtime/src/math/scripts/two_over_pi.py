"""Prints the bits of 2/π after the binary point that reduce.rs needs, and π/2 in parts. Run: python3 two_over_pi.py"""

from fractions import Fraction

BITS = 1400


def arctan_inverse(n, one):
    """atan(1/n) times `one`."""
    term = total = one // n
    k, sign = 3, -1
    while term:
        term //= n * n
        total += sign * (term // k)
        k, sign = k + 2, -sign
    return total


one = 1 << BITS
pi = 4 * (4 * arctan_inverse(5, one) - arctan_inverse(239, one))
two_over_pi = 2 * one * one // pi
for word in range(19):
    print(f"0x{two_over_pi >> (BITS - 64 * (word + 1)) & (1 << 64) - 1:016x},")


def parts(*bits):
    """π/2 in floats: each the leading bits of what is left, rounded to nearest."""
    left = Fraction(pi, 2 * one)
    for precision in bits:
        scale = Fraction(1)
        while abs(left) * scale < 1 << (precision - 1):
            scale *= 2
        part = Fraction(round(left * scale)) / scale
        left -= part
        yield repr(float(part))


print("f64 FMA:", *parts(53, 31, 53))
print("f64 products:", *parts(31, 31, 31, 53))
print("f32 FMA:", *parts(24, 24, 24))
print("f32 as f64:", *parts(37, 53))
print("double-double:", *parts(53, 53))
