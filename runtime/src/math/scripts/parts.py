"""Splits constants in two parts of a format, the first with few enough bits for exact products.

Run: python3 parts.py (needs mpmath)
"""

import struct

from mpmath import floor, log, mp, mpf

mp.prec = 300


def head(value, bits):
    """`value` cut to its first `bits` bits."""
    unit = mpf(2) ** (int(floor(log(value, 2))) - bits + 1)
    return floor(value / unit) * unit


def single(value):
    value = struct.unpack("f", struct.pack("f", float(value)))[0]
    for digits in range(1, 10):
        text = f"{value:.{digits}g}"
        if struct.unpack("f", struct.pack("f", float(text)))[0] == value:
            return text


ln_2, ln_10 = log(2), log(10)
for name, value, bits64, bits32 in [
    ("ln 2", ln_2, 42, 15),
    ("1 / ln 2", 1 / ln_2, 26, 12),
    ("1 / ln 10", 1 / ln_10, 26, 12),
    ("log10 2", ln_2 / ln_10, 42, 15),
]:
    high = head(value, bits64)
    print(f"{name} f64: {float(high)!r}, {float(value - high)!r}")
    high = head(value, bits32)
    print(f"{name} f32: {single(high)}, {single(value - high)}")

rounded = mpf(float(ln_2))
print(f"(ln 2 - LN_2) / LN_2: {float((ln_2 - rounded) / rounded)!r}")
