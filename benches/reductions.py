"""Reductions for `reductions.rs`: reads lines of "method ufunc type rows columns order axis calls", writes nanoseconds for one call."""

import sys
from time import perf_counter_ns

import numpy as np


def main():
    of, x, out = None, None, None
    for line in sys.stdin:
        method, op, kind, rows, columns, order, axis, calls = line.rstrip("\n").split("\t")
        if of != (kind, rows, columns, order):
            x = None
            x = np.empty((int(rows), int(columns)), kind, order)
            x.fill(1.5)
            if int(rows) == 1:
                x = x[0]
            of = (kind, rows, columns, order)
        run = getattr(getattr(np, op), method)
        axis = None if axis == "all" else int(axis)
        # In the operand's type, as here.
        out = np.empty_like(run(x, axis=axis, dtype=x.dtype))
        calls = int(calls)

        def call():
            run(x, axis, x.dtype, out)
        call()
        call()
        start = perf_counter_ns()
        for _ in range(calls):
            call()
        print((perf_counter_ns() - start) / calls, flush=True)


main()
