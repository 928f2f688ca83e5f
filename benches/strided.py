"""np.add for `strided.rs`: reads lines of "layout type rows columns calls", writes nanoseconds for one call."""

import sys
from time import perf_counter_ns

import numpy as np


def operands(layout, kind, rows, columns):
    """Two operands and an output: the same as in strided.rs."""

    def new(*shape, order="C"):
        array = np.empty(shape, kind, order)
        array.fill(1.5)
        return array

    def f(*shape):
        return new(*shape, order="F")

    n = rows * columns
    return {
        "contiguous": lambda: (new(n), new(n), new(n)),
        "and a scalar": lambda: (new(n), new(), new(n)),
        "every 2nd": lambda: (new(2 * n)[::2], new(2 * n)[::2], new(n)),
        "every 2nd to every 2nd": lambda: (new(2 * n)[::2], new(2 * n)[::2], new(2 * n)[::2]),
        "reversed": lambda: (new(n)[::-1], new(n), new(n)),
        "all reversed": lambda: (new(n)[::-1], new(n)[::-1], new(n)[::-1]),
        "F and F to F": lambda: (f(rows, columns), f(rows, columns), f(rows, columns)),
        "C and F to C": lambda: (new(rows, columns), f(rows, columns), new(rows, columns)),
        "F and F to C": lambda: (f(rows, columns), f(rows, columns), new(rows, columns)),
        "C and C to F": lambda: (new(rows, columns), new(rows, columns), f(rows, columns)),
        "C and a row": lambda: (new(rows, columns), new(columns), new(rows, columns)),
        "C and a column": lambda: (new(rows, columns), new(rows, 1), new(rows, columns)),
        "a column and a row": lambda: (new(rows, 1), new(columns), new(rows, columns)),
        "windows": lambda: (new(rows, columns + 3)[:, 1:-2], new(rows, columns), new(rows, columns)),
        "rows of 4 and a row": lambda: (new(n // 4, 4), new(4), new(n // 4, 4)),
        "every 2nd column": lambda: (new(rows, 2 * columns)[:, ::2], new(rows, columns), new(rows, columns)),
    }[layout]()


def main():
    of, arrays = None, None
    for line in sys.stdin:
        layout, kind, rows, columns, calls = line.rstrip("\n").split("\t")
        if of != line.rsplit("\t", 1)[0]:
            arrays = None
            arrays = operands(layout, kind, int(rows), int(columns))
            of = line.rsplit("\t", 1)[0]
        a, b, out = arrays
        calls = int(calls)
        add = np.add
        add(a, b, out=out)
        add(a, b, out=out)
        start = perf_counter_ns()
        for _ in range(calls):
            add(a, b, out=out)
        print((perf_counter_ns() - start) / calls, flush=True)


main()
