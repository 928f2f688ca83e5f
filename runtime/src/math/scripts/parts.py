"""Splits constants in two parts of a format, of some the first with few enough bits for exact products and sums.

Run: python3 parts.py (needs mpmath)
"""

import struct

from mpmath import euler, floor, log, mp, mpf, pi

mp.prec = 300


def head(value, bits):
    """`value` cut to its first `bits` bits."""
    unit = mpf(2) ** (int(floor(log(value, 2))) - bits + 1)
    return floor(value / unit) * unit


def to_single(value):
    return struct.unpack("f", struct.pack("f", float(value)))[0]


def single(value):
    value = to_single(value)
    for digits in range(1, 10):
        text = f"{value:.{digits}g}"
        if struct.unpack("f", struct.pack("f", float(text)))[0] == value:
            return text


ln_2 = log(2)
for name, value, bits64, bits32 in [("ln 2", ln_2, 42, 15), ("log10 2", ln_2 / log(10), None, 15)]:
    if bits64:
        high = head(value, bits64)
        print(f"{name} f64: {float(high)!r}, {float(value - high)!r}")
    high = head(value, bits32)
    print(f"{name} f32: {single(high)}, {single(value - high)}")

ln_sqrt_tau = log(2 * pi) / 2
high = head(ln_sqrt_tau, 42)
print(f"ln sqrt(2 pi) f64, a multiple of 2^-42: {float(high)!r}, {float(ln_sqrt_tau - high)!r}")
for name, value in [("ln sqrt(2 pi)", ln_sqrt_tau), ("1 / pi", 1 / pi), ("2 / pi", 2 / pi)]:
    print(f"{name} f64, all bits: {float(value)!r}, {float(value - float(value))!r}")
high = single(2 / pi)
print(f"2 / pi f32, all bits: {high}, {single(2 / pi - mpf(to_single(2 / pi)))}")
print(f"2 / pi (gamma - ln 2), for y0: {float(2 / pi * (euler - ln_2))!r}")

half_pi, half_pi_32 = mpf(float(pi / 2)), mpf(to_single(pi / 2))
print(f"(ln 2 - LN_2) / LN_2: {float((ln_2 - float(ln_2)) / float(ln_2))!r}")
print(f"(pi / 2 - FRAC_PI_2) / FRAC_PI_2 f64: {float((pi / 2 - half_pi) / half_pi)!r}")
print(f"(pi / 2 - FRAC_PI_2) / FRAC_PI_2 f32: {single((pi / 2 - half_pi_32) / half_pi_32)}")
