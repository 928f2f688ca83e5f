#!/usr/bin/env python3
"""Writes what NumPy computes, for the tests to compare with: `python3 tests/conformance/make.py`.

Needs Python with NumPy 2. The files are the same after every run with the same NumPy and C library.
"""

import os
import sys

# NumPy has other functions, with other last bits, on processors with these: none of them.
os.environ.setdefault(
    "NPY_DISABLE_CPU_FEATURES", "AVX512F AVX512CD AVX512_KNL AVX512_KNM AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR"
)
os.environ.setdefault("PYTHONWARNINGS", "ignore")
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

if __name__ == "__main__":
    import elementwise.make
    import reductions.make

    elementwise.make.write()
    reductions.make.write()
