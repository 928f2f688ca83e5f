"""Generalized ufuncs: NumPy's own, those of its tests, and Python functions of cores under `np.vectorize`.

A line is `case function operands arguments : result`. An operand is its shape and layout, as in `2x3/strided`; its elements are those
of `values`, in row-major order whatever the layout. The result is its shape and its values, or `error`, with the core dimension that
NumPy names if it names one.
"""

import os
import re

import numpy as np
import numpy._core._umath_tests as tests

from reductions.make import lay

LAYOUTS = ["c", "f", "strided", "reversed", "swapped", "repeated"]


def values(kind, operand, n):
    i = np.arange(n)
    if kind == "matrix":
        # Of another degree than the rows' number: no row is a sum of others.
        return ((7 * i**3 + 37 * i**2 + 11 * i + 29 * operand) % 101) / 4 - 12
    counted = (i * 37 + 11 + 29 * operand) % 101
    if kind == "width":
        return (counted % 4 + 1).astype(np.float64)
    x = counted / 4 - 12
    if kind == "nan":
        x[i % 7 == 3] = np.nan
    return x


def by_core(function, signature):
    """A gufunc of a Python function of cores: `axes` and `axis` by moving axes."""
    inputs, output = signature.split("->")
    ranks = [0 if core == "" else core.count(",") + 1 for core in re.findall(r"\(([^)]*)\)", inputs)]
    out_rank = 0 if output == "()" else output.count(",") + 1
    vectorized = np.vectorize(function, signature=signature, otypes=[np.float64])

    def call(*operands, axes=None, axis=None):
        if axis is not None:
            axes = [(axis,) if rank else () for rank in ranks] + [(axis,) if out_rank else ()]
        if axes is not None:
            for x, rank, own in zip(operands, ranks, axes):
                if len(own) != rank:
                    raise ValueError("axes")
            operands = [np.moveaxis(x, own, range(-rank, 0)) for x, rank, own in zip(operands, ranks, axes)]
        loops = [x.shape[:x.ndim - rank] for x, rank in zip(operands, ranks)]
        if 0 in np.broadcast_shapes(*loops):
            # `vectorize` does not know sizes of outputs then: compute one core, and take none.
            one = [np.zeros(x.shape[x.ndim - rank:]) for x, rank in zip(operands, ranks)]
            core = np.shape(function(*one))
            result = np.zeros(np.broadcast_shapes(*loops) + core)
        else:
            result = vectorized(*operands)
        if axes is not None and out_rank:
            result = np.moveaxis(result, range(-out_rank, 0), axes[len(ranks)])
        return result

    return call


def pdist(x):
    n = len(x)
    return np.array([np.sqrt(sum((x[i] - x[j]) ** 2)) for i in range(n) for j in range(i + 1, n)])


def convolve(x, y):
    out = np.zeros(max(len(x) + len(y) - 1, 0))
    for i, a in enumerate(x):
        for j, b in enumerate(y):
            out[i + j] += a * b
    return out


def nanmean(x):
    x = x[~np.isnan(x)]
    return x.sum() / len(x) if len(x) else np.nan


def moving_mean(x, width):
    width = int(width)
    return np.array([x[max(0, i + 1 - width):i + 1].mean() for i in range(len(x))])


def softmax(x):
    power = np.exp(x - x.max())
    return power / power.sum()


def solve(a, b, **options):
    axes = options.get("axes")
    if axes is not None:
        a, b = np.moveaxis(a, axes[0], (-2, -1)), np.moveaxis(b, axes[1], -1)
    if a.shape[-1] != b.shape[-1]:
        raise ValueError("core dimension")
    result = np.linalg._umath_linalg.solve(a, b[..., None])[..., 0]
    return result if axes is None else np.moveaxis(result, -1, axes[2])


def is_regular(x, axes):
    """Whether matrices are far from singular: of others no digit of a solution is certain."""
    if axes is not None:
        x = np.moveaxis(x, axes[0], (-2, -1))
    return x.ndim < 2 or x.shape[-1] != x.shape[-2] or x.size == 0 or np.linalg.cond(x).max() < 1e4


# By function: NumPy's, the signature in our names, and the kinds of values.
FUNCTIONS = {
    "matmul": (np.matmul, "(m?,n),(n,p?)->(m?,p?)", "quarters"),
    "vecdot": (np.vecdot, "(n),(n)->()", "quarters"),
    "inner1d": (tests.inner1d, "(n),(n)->()", "quarters"),
    "cross": (tests.cross1d, "(3),(3)->(3)", "quarters"),
    "outer": (by_core(np.outer, "(m),(n)->(m,n)"), "(m),(n)->(m,n)", "quarters"),
    "convolve": (by_core(convolve, "(m),(n)->(p)"), "(m),(n)->(p)", "quarters"),
    "euclidean_pdist": (by_core(pdist, "(n,d)->(p)"), "(n,d)->(p)", "quarters"),
    "nanmean": (by_core(nanmean, "(n)->()"), "(n)->()", "nan"),
    "moving_mean": (by_core(moving_mean, "(n),()->(n)"), "(n),()->(n)", "quarters width"),
    "cumsum": (by_core(np.cumsum, "(n)->(n)"), "(n)->(n)", "quarters"),
    "softmax": (by_core(softmax, "(n)->(n)"), "(n)->(n)", "quarters"),
}
for size in (2, 3, 4):
    FUNCTIONS[f"det{size}"] = (np.linalg._umath_linalg.det, f"({size},{size})->()", "matrix")
    FUNCTIONS[f"inv{size}"] = (np.linalg._umath_linalg.inv, f"({size},{size})->({size},{size})", "matrix")
    FUNCTIONS[f"solve{size}"] = (solve, f"({size},{size}),({size})->({size})", "matrix quarters")


def sized(shape):
    return "x".join(map(str, shape)) or "scalar"


class Cases:
    def __init__(self):
        self.lines = []
        self.turn = 0

    def add(self, name, shapes, layouts=None, **options):
        function, signature, kinds = FUNCTIONS[name]
        kinds = (kinds.split() * 2)[:2]
        if layouts is None:
            self.turn += 1
            layouts = [LAYOUTS[(self.turn + 2 * k) % len(LAYOUTS)] for k in range(len(shapes))]
        operands = []
        for k, (shape, layout) in enumerate(zip(shapes, layouts)):
            n = int(np.prod(shape, dtype=int))
            operands.append(lay(values(kinds[k], k, n), shape, layout))
        if "matrix" in kinds and not is_regular(operands[0], options.get("axes")):
            return
        words = [f"{sized(shape)}/{layout}" for shape, layout in zip(shapes, layouts)]
        if "axes" in options:
            words.append("axes=" + ";".join(",".join(map(str, own)) for own in options["axes"]))
        if "axis" in options:
            words.append(f"axis={options['axis']}")
        if options.get("keepdims"):
            words.append("keepdims")
        try:
            result = np.asarray(function(*operands, **options))
            text = sized(result.shape) + "".join(f" {x:.17g}" for x in result.ravel())
        except (ValueError, np.exceptions.AxisError, TypeError) as error:
            text = "error"
            found = re.search(r"operand (\d+) has a mismatch in its core dimension (\d+)", str(error))
            if found:
                core = re.findall(r"\(([^)]*)\)", signature)[int(found[1])].split(",")
                text += " " + core[int(found[2])].rstrip("?")
        self.lines.append(f"case {name} {' '.join(words)} : {text}")


def write():
    np.seterr(all="ignore")
    cases = Cases()
    pairs = [((5,), (5,)), ((1,), (1,)), ((0,), (0,)), ((20, 5), (5,)), ((5,), (3, 5)), ((4, 1, 5), (3, 5)), ((33, 7), (33, 7)),
             ((0, 5), (5,)), ((2, 0, 5), (1, 5)), ((3, 0), (3, 0)), ((5,), (4,)), ((2, 5), (3, 5)), ((2, 3, 4), (2, 1, 4)),
             ((), (5,)), ((17, 2, 3), (3,)), ((2, 1, 40), (18, 40)), ((5,), (1,))]
    for name in ("vecdot", "inner1d"):
        for a, b in pairs:
            cases.add(name, (a, b))
        for axis in (0, 1, -1, -2, 2, -3):
            cases.add(name, ((5, 5), (5, 5)), axis=axis)
            cases.add(name, ((4, 6), (4, 6)), axis=axis)
            cases.add(name, ((4, 6), (4, 6)), axis=axis, keepdims=True)
        cases.add(name, ((4, 6), (4, 6)), keepdims=True)
        cases.add(name, ((3, 4, 6), (6,)), keepdims=True)
        cases.add(name, ((0, 6), (6,)), keepdims=True)
        for axes in ([(0,), (1,)], [(0,), (-1,)], [(1,), (0,)], [(0,), (1,), ()], [(0,), (2,)], [(0,)], [(0, 1), (0,)]):
            cases.add(name, ((4, 6), (6, 4)), axes=axes)
        cases.add(name, ((4, 6), (6, 4)), axes=[(0,), (1,), (0,)], keepdims=True)
        cases.add(name, ((4, 6), (6, 4)), axes=[(0,), (1,), (1,)], keepdims=True)
    for a, b in [((2, 3), (3, 4)), ((3,), (3, 4)), ((2, 3), (3,)), ((3,), (3,)), ((5, 2, 3), (3, 4)), ((5, 2, 3), (5, 3, 4)),
                 ((5, 1, 2, 3), (4, 3, 2)), ((0, 2, 3), (3, 4)), ((2, 0), (0, 4)), ((0, 3), (3, 4)), ((2, 3), (3, 0)), ((2, 3), (4, 2)),
                 ((3,), (4,)), ((2, 2, 3), (3, 3, 4)), ((20, 4, 4), (20, 4, 4)), ((1, 1), (1, 1)), ((70, 3, 2), (2,)), ((3,), (40, 3, 2)),
                 ((), (3, 3)), ((3, 3), ())]:
        for _ in range(2):
            cases.add("matmul", (a, b))
    for axes in ([(0, 1), (0, 1), (0, 1)], [(1, 0), (-2, -1), (-1, -2)], [(0, 2), (1, 2), (0, 1)], [(-1, -2), (0, 1), (2, 0)],
                 [(0, 0), (0, 1), (0, 1)], [(0, 3), (0, 1), (0, 1)], [(0, 1), (0, 1)]):
        cases.add("matmul", ((3, 3, 3), (3, 3, 3)), axes=axes)
        cases.add("matmul", ((4, 4, 4), (4, 4, 4)), axes=axes)
    for a, b in [((3,), (3,)), ((7, 3), (3,)), ((3,), (2, 4, 3)), ((50, 3), (50, 3)), ((5, 1, 3), (6, 3)), ((0, 3), (3,)), ((4,), (3,)),
                 ((3,), (2,)), ((2, 3), (3, 3)), ((3, 3), (3, 1, 3)), ((2, 2), (3,))]:
        for _ in range(2):
            cases.add("cross", (a, b))
    for axis in (0, 1, -1, -2, 2):
        cases.add("cross", ((3, 3), (3, 3)), axis=axis)
        cases.add("cross", ((3, 20), (3, 20)), axis=axis)
    for axes in ([(0,), (1,), (0,)], [(0,), (1,), (1,)], [(-2,), (-1,), (-1,)], [(1,), (1,), (0,)]):
        cases.add("cross", ((3, 9), (9, 3)), axes=axes)
    for a, b in [((2,), (3,)), ((4, 2), (3,)), ((4, 2), (4, 3)), ((5, 1, 2), (3, 4)), ((0,), (3,)), ((0, 2), (3,)), ((2, 2), (3, 3)),
                 ((20, 6), (20, 7))]:
        for _ in range(2):
            cases.add("outer", (a, b))
    cases.add("outer", ((4, 5), (6, 5)), axes=[(0,), (0,), (1, 2)])
    cases.add("outer", ((4, 5), (6, 5)), axes=[(0,), (0,), (2, 0)])
    for a, b in [((4,), (3,)), ((3,), (4,)), ((1,), (1,)), ((2, 6), (3,)), ((2, 6), (2, 3)), ((5, 1, 4), (2, 2)), ((0, 4), (3,)),
                 ((18, 8), (18, 2)), ((2, 4), (3, 4))]:
        for _ in range(2):
            cases.add("convolve", (a, b))
    cases.add("convolve", ((4, 3), (2, 3)), axes=[(0,), (0,), (0,)])
    for shape in [(3, 2), (1, 2), (5, 4, 3), (2, 3, 4, 2), (0, 3, 2), (3, 0), (17, 3, 3), (4,), ()]:
        for _ in range(2):
            cases.add("euclidean_pdist", (shape,))
    cases.add("euclidean_pdist", ((3, 2, 4),), axes=[(2, 1), (0,)])
    for name in ("nanmean", "cumsum", "softmax"):
        for shape in [(5,), (1,), (4, 5), (5, 5), (3, 4, 5), (0, 5), (40, 8), (2, 0, 5), (1, 1, 64), (130, 3), (), (7, 2, 2, 3)]:
            for _ in range(2):
                cases.add(name, (shape,))
        for axis in (0, 1, -1, -3, 2, 3):
            cases.add(name, ((3, 4, 5),), axis=axis)
        if name != "nanmean":
            cases.add(name, ((3, 4, 5),), axes=[(0,), (2,)])
            cases.add(name, ((3, 4, 5),), axes=[(1,), (0,)])
            cases.add(name, ((3, 4, 5),), axes=[(1,), (3,)])
    for a, b in [((8,), ()), ((4, 8), ()), ((4, 8), (4,)), ((8,), (5,)), ((3, 1, 8), (4,)), ((0, 8), ()), ((40, 12), (40,)), ((2, 8), (3,)),
                 ((), ())]:
        for _ in range(2):
            cases.add("moving_mean", (a, b))
    cases.add("moving_mean", ((8, 4), (4,)), axes=[(0,), (), (0,)])
    cases.add("moving_mean", ((8, 4), (4,)), axes=[(0,), (), (1,)])
    for m in (2, 3, 4):
        for name in (f"det{m}", f"inv{m}"):
            for loop in [(), (1,), (5,), (2, 3), (0,), (40,), (3, 0, 2)]:
                cases.add(name, (loop + (m, m),))
            cases.add(name, ((m, m + 1),))
            cases.add(name, ((m,),))
            axes = [(0, 1), (0, 1)] if name[0] == "i" else [(0, 1)]
            cases.add(name, ((m, m, 6),), axes=axes)
            cases.add(name, ((m, 6, m),), axes=[(2, 0), (0, 1)] if name[0] == "i" else [(2, 0)])
        cases.add(f"det{m}", ((6, m, m),), keepdims=True)
        for a, b in [((m, m), (m,)), ((6, m, m), (m,)), ((m, m), (4, m)), ((20, m, m), (20, m)), ((0, m, m), (m,)), ((3, 1, m, m), (2, m)),
                     ((2, m, m), (3, m)), ((m, m), (m + 1,)), ((7, m, m), (7, m)), ((2, 1, m, m), (3, m)), ((17, m, m), (m,))]:
            cases.add(f"solve{m}", (a, b))
        cases.add(f"solve{m}", ((m, m, 5), (m, 5)), axes=[(0, 1), (0,), (1,)])
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "cases.txt"), "w") as file:
        file.write("\n".join(cases.lines) + "\n")
