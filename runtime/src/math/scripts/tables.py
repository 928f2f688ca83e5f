"""Turns the tables that erf.sollya and erfinv.sollya print, a row of eight after the other, into Rust constants.

Run: sollya erf.sollya | python3 tables.py
"""

import sys

from literals import shortest

name, values = None, []


def flush():
    if name:
        kind = name[-3:].lower()
        print(f"#[rustfmt::skip]\npub(super) const {name}: [[{kind}; 8]; {len(values) // 8}] = [")
        for k in range(0, len(values), 8):
            first, second = (", ".join(values[k + half : k + half + 4]) for half in (0, 4))
            print(f"    [{first},\n     {second}]," if kind == "f64" else f"    [{first}, {second}],")
        print("];\n")


for line in sys.stdin:
    words = line.split()
    if words[:2] == ["//", "table"]:
        flush()
        name, values = words[2], []
    elif words and words[0] != "//":
        values.append(shortest(float(words[0]), name.endswith("F32")))
flush()
