#!/usr/bin/env python3
"""Writes what NumPy computes, for the tests to compare with: `python3 tests/conformance/make.py`.

Needs Python with NumPy 2. The files are the same after every run with the same NumPy and C library.
"""

import os
import sys
import warnings

# What NumPy computes on every x86-64 processor: it has other functions, with other last bits, on those with these.
os.environ["NPY_DISABLE_CPU_FEATURES"] = (
    "X86_V3 X86_V4 AVX2 FMA3 AVX512F AVX512CD AVX512_KNL AVX512_KNM AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR"
)
# Each version of NumPy knows only some of the names.
warnings.simplefilter("ignore", ImportWarning)
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

if __name__ == "__main__":
    import elementwise.make
    import general.make
    import reductions.make

    elementwise.make.write()
    reductions.make.write()
    general.make.write()
