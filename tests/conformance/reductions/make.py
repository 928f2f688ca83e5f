"""The methods of ufuncs: `reduce`, `accumulate`, `reduceat`, `outer`, `at`, and calls with `out` and `where`.

A line is `case method ufunc type shape layout arguments : result`. The operand's elements are those of `values`, in row-major order
whatever the layout, which `operand.rs` makes in the same way. The result is its shape and its values, or `error`.
"""

import os

import numpy as np

DTYPES = {"bool": np.bool_, "f32": np.float32, "f64": np.float64, "i8": np.int8, "i16": np.int16, "i32": np.int32,
          "i64": np.int64, "u8": np.uint8, "u32": np.uint32, "u64": np.uint64}

# By ufunc: its types, and the kind of values. Sums of quarters and products of small powers of two are exact in any order.
REORDERABLE = {
    "add": ("f64 f32 i64 i32 u8 bool", "quarters"), "multiply": ("f64 i64 i32", "powers"),
    "maximum": ("f64 f32 i32 u8 bool", "special"), "minimum": ("f64 i64 bool", "special"), "fmax": ("f64", "special"),
    "fmin": ("f32", "special"), "bitwise_and": ("i32 u8 bool", "quarters"), "bitwise_or": ("u32 bool", "quarters"),
    "bitwise_xor": ("i64 bool", "quarters"), "logical_and": ("bool", "quarters"), "logical_or": ("bool", "quarters"),
    "logical_xor": ("bool", "quarters"), "gcd": ("i64 u32", "small"), "lcm": ("u64", "small"),
}
ORDERED = {"subtract": ("f64 i64 u8", "quarters"), "floor_divide": ("i64", "large"), "remainder": ("i32 f64", "large"),
           "left_shift": ("i32", "small"), "divide": ("f64", "powers"), "fmod": ("f64", "large"), "copysign": ("f32", "quarters"),
           "nextafter": ("f64", "quarters")}

SHAPES = [(), (1,), (7,), (70,), (300,), (0,), (3, 4), (40, 9), (9, 40), (0, 3), (3, 0), (1, 5), (2, 3, 4), (6, 1, 20), (2, 0, 3),
          (2, 3, 4, 5), (3, 2, 2, 40)]
LAYOUTS = ["c", "f", "strided", "reversed", "swapped", "repeated"]


def values(kind, name, n):
    dtype, i = DTYPES[name], np.arange(n)
    if name == "bool":
        return (i * 7 + n) % 5 < 3
    counted = (i * 37 + 11) % 101
    if kind == "quarters":
        return (counted / 4 - 12).astype(dtype) if name in ("f32", "f64") else (counted - (50 if name[0] == "i" else 0)).astype(dtype)
    if kind == "powers":
        return np.array([1, 2, 1, -1, 0.5, 1, -2, 0.25] if name in ("f32", "f64") else [1, 3, -1, 7, 2, 1], dtype)[i % (8 if name[0] == "f" else 6)]
    if kind == "special":
        x = counted.astype(dtype)
        if name in ("f32", "f64") and n > 5:
            x[i % 13 == 4] = np.nan
            x[i % 11 == 3] = np.inf
            x[i % 17 == 6] = -np.inf
        return x
    if kind == "small":
        return (counted % 6 + 1).astype(dtype)
    assert kind == "large"
    return (counted * 1009 + 7 - (30000 if name[0] == "i" else 0)).astype(dtype)


def lay(x, shape, layout):
    """The array of this shape with these elements, in a layout."""
    if layout == "repeated":
        if not shape:
            return x.reshape(())
        one = int(np.prod(shape[1:], dtype=int))
        return np.broadcast_to(np.resize(x, one).reshape(shape[1:]) if x.size else np.empty(shape[1:], x.dtype), shape)
    c = x.reshape(shape)
    if layout == "f":
        return np.array(c, order="F")
    if layout == "strided":
        wide = np.zeros([2 * n for n in shape], x.dtype)
        view = wide[(..., *(slice(None, None, 2) for _ in shape))]
        view[...] = c
        return view
    if layout == "reversed":
        every = (..., *(slice(None, None, -1) for _ in shape))
        return c[every].copy()[every]
    if layout == "swapped" and len(shape) > 1:
        return c.swapaxes(0, 1).copy().swapaxes(0, 1)
    return c


def mask(name, shape):
    n = int(np.prod(shape, dtype=int))
    if name == "checker":
        return ((np.arange(n) * 5 + 3) % 3 != 0).reshape(shape)
    if name == "row":
        return np.arange(shape[-1]) % 2 == 0 if shape else np.array(True)
    if name == "never":
        return np.zeros((), bool)
    raise ValueError(name)


def text(x):
    if isinstance(x, np.bool_):
        return str(int(x))
    if isinstance(x, np.floating):
        return "nan" if np.isnan(x) else np.format_float_scientific(x, trim="-", exp_digits=1).replace("e+0", "") if np.isfinite(x) else ("inf" if x > 0 else "-inf")
    return str(int(x))


def sized(shape):
    return "x".join(map(str, shape)) if shape else "scalar"


class Cases:
    def __init__(self):
        self.lines, self.number = [], 0

    def add(self, method, op, name, shape, layout, arguments, run):
        try:
            found = np.asarray(run())
            if found.dtype != DTYPES[name]:
                raise SystemExit(f"{method} {op} {name}: the result has type {found.dtype}")
            result = f"{sized(found.shape)} " + " ".join(map(text, found.ravel()))
        except (ValueError, IndexError, np.exceptions.AxisError):
            result = "error"
        except TypeError as error:
            if "scalar" not in str(error):
                raise
            result = "error"
        self.lines.append(f"case {method} {op} {name} {sized(shape)} {layout} {' '.join(arguments)}: {result}".replace("  ", " "))

    def layout(self):
        self.number += 1
        return LAYOUTS[self.number % len(LAYOUTS)]


def operand(kind, name, shape, layout):
    return lay(values(kind, name, int(np.prod(shape, dtype=int))), shape, layout)


def reduce(cases, op, name, kind, shape, arguments):
    layout = cases.layout()
    x = operand(kind, name, shape, layout)
    options, axes = {"dtype": DTYPES[name]}, arguments.get("axis", "0")
    options["axis"] = None if axes == "none" else tuple(int(axis) for axis in axes.split(","))
    if "keepdims" in arguments:
        options["keepdims"] = True
    if "initial" in arguments:
        options["initial"] = DTYPES[name](int(arguments["initial"]))
    if "where" in arguments:
        options["where"] = mask(arguments["where"], shape)
    listed = [key if value is None else f"{key}={value}" for key, value in arguments.items()]
    cases.add("reduce", op, name, shape, layout, listed, lambda: getattr(np, op).reduce(x, **options))


def reductions(cases):
    for ops, reorders in ((REORDERABLE, True), (ORDERED, False)):
        for op, (names, kind) in ops.items():
            for number, name in enumerate(names.split()):
                # Further types have every third shape.
                for shape in SHAPES[number:: 3 if number else 1]:
                    n = len(shape)
                    axes = ["none"] + [str(axis) for axis in range(n)] + (["-1"] if n else [])
                    for axis in axes if reorders else axes[:3]:
                        reduce(cases, op, name, kind, shape, {"axis": axis})
                    if n > 1 and (reorders or shape == (3, 4)):
                        for axis in ["0,1", "-1,0"]:
                            reduce(cases, op, name, kind, shape, {"axis": axis, "keepdims": None})
                for shape in [(7,), (3, 4), (40, 9), (0, 3), (2, 3, 4)]:
                    for arguments in [{"axis": "0", "initial": "1"}, {"axis": "-1", "initial": "1", "keepdims": None},
                                      {"axis": "0", "where": "checker"}, {"axis": "0", "where": "checker", "initial": "1"},
                                      {"axis": "-1", "where": "row", "initial": "1"}, {"axis": "0", "where": "never", "initial": "1"},
                                      {"axis": str(len(shape))}, {"axis": "0,0"}]:
                        reduce(cases, op, name, kind, shape, arguments)


def others(cases):
    for op, (names, kind) in [*REORDERABLE.items(), *ORDERED.items()]:
        ufunc = getattr(np, op)
        for name in names.split():
            dtype = DTYPES[name]
            for shape in [(1,), (70,), (0,), (3, 4), (40, 9), (2, 3, 4), (0, 3), ()]:
                for axis in [*range(len(shape)), -1, len(shape)]:
                    layout = cases.layout()
                    x = operand(kind, name, shape, layout)
                    cases.add("accumulate", op, name, shape, layout, [f"axis={axis}"], lambda: ufunc.accumulate(x, axis, dtype=dtype))
            for shape, axis, indices in [((8,), 0, [0, 4, 1, 5, 2, 6, 3, 7]), ((8,), 0, [3, 3, 7]), ((8,), 0, [0, 8]), ((8,), 0, [5]),
                                         ((4, 5), 0, [0, 3, 1, 2, 0]), ((4, 5), 1, [1, 3, 4]), ((3, 4, 70), -1, [0, 30, 64]),
                                         ((70, 12), 0, [5, 66, 2]), ((4, 5), 2, [0])]:
                layout = cases.layout()
                x = operand(kind, name, shape, layout)
                arguments = [f"axis={axis}", "indices=" + ",".join(map(str, indices))]
                cases.add("reduceat", op, name, shape, layout, arguments, lambda: ufunc.reduceat(x, indices, axis, dtype=dtype))
            for shape, other in [((3,), (4,)), ((2, 3), (5,)), ((), (3,)), ((2, 2), (2, 3)), ((0,), (3,))]:
                layout = cases.layout()
                x = operand(kind, name, shape, layout)
                y = operand(kind, name, other, "c")
                cases.add("outer", op, name, shape, layout, [f"other={sized(other)}"], lambda: ufunc.outer(x, y))
            for shape, indices, other in [((5,), [1, 3, 1, 1, 4], (5,)), ((5,), [0, 0], ()), ((5,), [5], ()), ((4, 20), [2, 0, 2], (3, 20)),
                                          ((4, 20), [3, 3], (20,)), ((4, 20), [1], (2,)), ((5,), [2, 1], (3,))]:
                layout = cases.layout()
                if layout == "repeated":
                    layout = "f"
                y = operand(kind, name, other, "c")

                def at():
                    target = operand(kind, name, shape, layout).copy(order="K")
                    ufunc.at(target, np.array(indices), y)
                    return target
                arguments = ["indices=" + ",".join(map(str, indices)), f"other={sized(other)}"]
                cases.add("at", op, name, shape, layout, arguments, at)
            for shape, other, target in [((3, 4), (4,), (3, 4)), ((5,), (), (5,)), ((4,), (3, 1), (3, 4)), ((4,), (4,), (2, 4)),
                                         ((3, 4), (4,), (4,)), ((3,), (4,), (3,)), ((0, 3), (3,), (0, 3))]:
                for where in ["checker", "row", "never", None]:
                    layout = cases.layout()
                    x, y = operand(kind, name, shape, layout), operand(kind, name, other, "c")

                    def call():
                        out = lay(np.ones(int(np.prod(target, dtype=int)), dtype), target, "strided")
                        ufunc(x, y, out=out, **({"where": mask(where, target)} if where else {}))
                        return out
                    arguments = [f"other={sized(other)}", f"out={sized(target)}"] + ([f"where={where}"] if where else [])
                    cases.add("call", op, name, shape, layout, arguments, call)


def write():
    np.seterr(all="ignore")
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
    os.makedirs(folder, exist_ok=True)
    for name, make in [("reduce", reductions), ("others", others)]:
        cases = Cases()
        make(cases)
        with open(os.path.join(folder, name + ".txt"), "w") as file:
            file.write("\n".join(cases.lines) + "\n")
