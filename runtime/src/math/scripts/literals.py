"""Turns the decimals that the Sollya scripts print into the shortest Rust literals.

Run: sollya exp.sollya | python3 literals.py
Lines that start with // pass through; one that names f32 switches the format.
"""

import struct
import sys


def shortest(value, single):
    if not single:
        return repr(value)
    for digits in range(1, 10):
        text = f"{value:.{digits}g}"
        if struct.pack("f", float(text)) == struct.pack("f", value):
            return repr(float(text))


def main():
    single = False
    for line in sys.stdin:
        line = line.strip()
        if line.startswith("//"):
            single = "f32" in line
            print(line)
        elif line:
            print(f"    {shortest(float(line), single)},")


if __name__ == "__main__":
    main()
