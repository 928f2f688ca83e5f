"""Elementwise calls: every ufunc that `ufunc::ops` has, with every loop among its types.

A line is `ufunc name: loops`, `alias name: ufunc`, `set type name: values` or `case`: the ufunc, its loop, the layout, the
operands' sets, the result's shape, and after `:` the results' values in row-major order, those of several results after `|`.
"""

import os

import numpy as np

TYPES = {"?": "bool", "b": "i8", "h": "i16", "i": "i32", "l": "i64", "q": "i64", "B": "u8", "H": "u16", "I": "u32",
         "L": "u64", "Q": "u64", "f": "f32", "d": "f64"}
DTYPES = {"bool": np.bool_, "f32": np.float32, "f64": np.float64,
          **{f"{k}{n}": np.dtype(f"{k}{n // 8}").type for k in "iu" for n in (8, 16, 32, 64)}}

# As the modules of `ufunc::ops`.
FAMILIES = {
    "arithmetic": "add subtract multiply negative positive conjugate absolute fabs sign square",
    "division": "divide floor_divide remainder fmod divmod reciprocal",
    "powers": "power float_power gcd lcm logaddexp logaddexp2 hypot",
    "bitwise": "bitwise_and bitwise_or bitwise_xor invert left_shift right_shift bitwise_count",
    "logic": "logical_and logical_or logical_xor logical_not",
    "comparison": "greater greater_equal less less_equal equal not_equal",
    "extrema": "maximum minimum fmax fmin clip",
    "parts": "frexp ldexp modf spacing nextafter copysign heaviside isnan isinf isfinite signbit floor ceil trunc rint",
    "math": "exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan arctan2 sinh cosh tanh arcsinh arccosh "
            "arctanh sqrt cbrt degrees radians deg2rad rad2deg",
}

# Operands that are not the edges of their type: NumPy refuses negative powers, and gives for the reciprocal of an integer
# zero what the processor does.
SETS = {("power", 1): "counts", ("reciprocal", 0): "nonzero", ("ldexp", 1): "exponents"}


def edges(name):
    """The values of a type at which functions are likely to go wrong."""
    dtype = DTYPES[name]
    if name == "bool":
        return [False, True]
    if name in ("f32", "f64"):
        info = np.finfo(dtype)
        one_more = np.nextafter(dtype(1), dtype(2))
        positive = [0, info.smallest_subnormal, info.smallest_normal, 0.1, 0.5, 1, one_more, 2, 2.5, np.pi, 7.25, 1e10,
                    info.max, np.inf]
        return [dtype(sign * dtype(x)) for x in positive for sign in (1, -1)] + [dtype(np.nan)]
    info = np.iinfo(dtype)
    low = [] if info.min == 0 else [info.min, info.min + 1, -(info.max // 5), -100, -8, -7, -3, -2, -1]
    values = low + [0, 1, 2, 3, 7, 8, 10, 100, info.bits - 1, info.bits, info.max // 3, info.max // 2 + 1, info.max - 1, info.max]
    return sorted(set(values))


def sets(name):
    """The named sets of a type's values."""
    dtype, found = DTYPES[name], {"edges": edges(name)}
    if name in ("f32", "f64"):
        scales = [1e-30, 1e-9, 1e-4, 1e-2, 0.3, 0.9, 1, 3, 10, 40, 90, 600, 1e4, 1e8, 1e30]
        found["spread"] = [dtype(sign * scale * x) for scale in scales for x in (1, 1.7) for sign in (1, -1)]
        found["few"] = [dtype(x) for x in (0, -0.0, 1, -2.5, np.inf, np.nan)]
    elif name == "bool":
        found["few"] = found["edges"]
    else:
        info = np.iinfo(dtype)
        found["counts"] = [x for x in (0, 1, 2, 3, 5, 7, 31, 63, 64, 101, int(info.max)) if x <= info.max]
        found["nonzero"] = [x for x in found["edges"] if x != 0]
        found["few"] = [info.min, 0, 1, 7, info.max]
        found["exponents"] = [x for x in (0, 1, -1, 3, -30, 60, -200, 127, 128, -149, 1023, -1074, 2000, -2200,
                                          2**31 - 1, -2**31, 2**32 + 1, -2**40) if info.min <= x <= info.max]
    return {key: np.array(values, dtype) for key, values in found.items()}


def arrange(layout, k, values, nin):
    """Operand number `k` in a layout: a view that `layout.rs` makes in the same way."""
    if layout == "outer":
        return values.reshape([-1 if axis == k else 1 for axis in range(nin)])
    x = values[(np.arange(24) + 5 * k) % len(values)]
    if layout == "strided":
        return [x[::2], x[:12], x[12:]][k]
    if layout == "reversed":
        return [x[11::-1], x[12:], x[::-2]][k]
    if layout == "transposed":
        return [x[:12].reshape(4, 3).T, x[:3].reshape(3, 1), x[:4]][k]
    if layout == "cube":
        return [x[:6].reshape(2, 1, 3), x[:4].reshape(4, 1), x[:3]][k]
    if layout == "scalar":
        return x[5].reshape(()) if k > 0 or nin == 1 else x[:12].reshape(3, 4)
    if layout == "repeated":
        return np.broadcast_to(x[3], (4, 3)) if k == 0 else x[:3]
    if layout == "empty":
        return x[:0] if k == 0 else x[0].reshape(())
    raise ValueError(layout)


LAYOUTS = ["strided", "reversed", "transposed", "cube", "scalar", "repeated", "empty"]


def text(value):
    """A number as short as it can be read back."""
    if isinstance(value, np.bool_):
        return str(int(value))
    if isinstance(value, np.floating):
        number = "nan" if np.isnan(value) else str(value)
        return number.removesuffix(".0")
    return str(value)


def words(values):
    return " ".join(text(value) for value in values)


def loops(ufunc):
    """The loops among our types, each once."""
    found = []
    for types in ufunc.types:
        ins, outs = types.split("->")
        if set(ins + outs) <= set(TYPES):
            loop = tuple(TYPES[t] for t in ins), tuple(TYPES[t] for t in outs)
            if loop not in found:
                found.append(loop)
    return found


def named(loop):
    return f"{','.join(loop[0])}->{','.join(loop[1])}"


def cases(name, ufunc, values):
    """The lines of a ufunc."""
    wanted = loops(ufunc)
    if name == "divide":
        # No loop of its own, but a result of its own.
        wanted += [((t, t), ("f64",)) for t in DTYPES if t[0] in "iu"]
    for number, (ins, outs) in enumerate(wanted):
        if len(set(ins)) > 1 and name != "ldexp":
            continue
        default = "few" if len(ins) > 2 else "edges"
        chosen = [SETS.get((name, k), default) if ins[k][0] in "iu" else default for k in range(len(ins))]
        plans = [("outer", chosen)] + [(LAYOUTS[(number + step) % len(LAYOUTS)], chosen) for step in (0, 2, 4)]
        if len(ins) == 1 and ins[0] in ("f32", "f64"):
            plans.append(("outer", ["spread"]))
        for layout, sets in plans:
            operands = [arrange(layout, k, values[t][s], len(ins)) for k, (t, s) in enumerate(zip(ins, sets))]
            with np.errstate(all="ignore"):
                results = ufunc(*operands)
            results = results if isinstance(results, tuple) else (results,)
            results = [np.asarray(result) for result in results]
            assert [DTYPES[t] for t in outs] == [r.dtype.type for r in results], (name, ins, outs)
            shape = "x".join(map(str, results[0].shape)) or "scalar"
            numbers = " | ".join(words(result.flat) for result in results)
            yield f"case {name} {named((ins, outs))} {layout} {','.join(sets)} {shape}: {numbers}".rstrip()


def write():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
    os.makedirs(folder, exist_ok=True)

    def save(name, lines):
        with open(os.path.join(folder, f"{name}.txt"), "w", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)

    values = {name: sets(name) for name in DTYPES}
    ufuncs = {name: value for name, value in sorted(vars(np).items()) if isinstance(value, np.ufunc)}
    ufuncs["clip"] = np._core.umath.clip
    lines = [f"set {name} {key}: {words(numbers)}" for name in DTYPES for key, numbers in values[name].items()]
    for name, ufunc in sorted(ufuncs.items()):
        if name == ufunc.__name__:
            lines.append(f"ufunc {name}: {' '.join(map(named, loops(ufunc)))}".rstrip())
        else:
            lines.append(f"alias {name}: {ufunc.__name__}")
    save("numpy", lines)
    for family, names in FAMILIES.items():
        save(family, [line for name in names.split() for line in cases(name, ufuncs[name], values)])
