"""Prints loose_erf_tables.rs, but for its head: least-squares polynomials on Chebyshev nodes, one coefficient rounded
after the other and the rest fitted anew. Run: python3 loose_erf.py (needs mpmath)
"""

import struct

from erfinv import nodes, rounded
from literals import shortest
from mpmath import erf, erfc, exp, findroot, floor, log, lu_solve, matrix, mp, mpf, sqrt

mp.prec = 170


def upper_half(value):
    """The number whose lower half is its upper half again."""
    bits = struct.unpack("Q", struct.pack("d", value))[0]
    half = (bits + (1 << 31)) >> 32
    return mpf(struct.unpack("d", struct.pack("Q", half << 32 | half))[0])


def scaled(x):
    """e^(x^2) erfc(x)"""
    return exp(x * x) * erfc(x)


def scaled_cdf(x):
    """e^(x^2 / 2) norm_cdf(-x)"""
    return scaled(x / sqrt(mpf(2))) / 2


def polynomial(low, high, weight, value, roundings, upwards=False):
    """p with weight(t) p(t) near value(t), its coefficients rounded so, the last first, or the first first: then those after
    it make up for what its rounding loses, as far as they can."""
    points = nodes(low, high, 3 * len(roundings))
    weights, rest = [weight(t) for t in points], [value(t) for t in points]
    left, coefficients = list(range(len(roundings))), [None] * len(roundings)
    while left:
        rows = [[w * t**k for k in left] for t, w in zip(points, weights)]
        normal, right = matrix(len(left), len(left)), matrix(len(left), 1)
        for i in range(len(left)):
            right[i] = sum(row[i] * r for row, r in zip(rows, rest))
            for j in range(len(left)):
                normal[i, j] = sum(row[i] * row[j] for row in rows)
        which = 0 if upwards else -1
        k = left.pop(which)
        c = coefficients[k] = roundings[k](list(lu_solve(normal, right))[which])
        rest = [r - row[which] * c for r, row in zip(rest, rows)]
    return coefficients, max(map(abs, rest))


double, single = (lambda c: rounded(c, False)), (lambda c: rounded(c, True))


def show(name, columns, kind):
    rows = list(zip(*columns))
    print(f"#[rustfmt::skip]\npub(super) const {name}: [[{kind}; {len(columns)}]; {len(rows)}] = [")
    for row in rows:
        values = [shortest(float(v), kind == "f32") for v in row]
        if kind == "f64" and len(values) == 8:
            print(f"    [{', '.join(values[:4])},\n     {', '.join(values[4:])}],")
        else:
            print(f"    [{', '.join(values)}],")
    print("];\n")


def tail(name, f, scale):
    """Pieces that end where the bits of 1.2109375 + scale x are those of the start and halves of an exponent more, in
    t = x - c, with c about in the middle, but 0 in the first: c and p. p(0) has 24 bits, nearly."""
    columns = []
    start = 1.2109375
    bits = struct.unpack("I", struct.pack("f", start))[0]
    ends = [struct.unpack("f", struct.pack("I", bits + (k << 22)))[0] for k in range(9)]
    ends = [(mpf(end) - start) / scale for end in ends]
    for low, high in zip(ends, ends[1:]):
        c = floor((low + high) * 2**15) / 2**16 if low else low
        while abs(single(f(c)) / f(c) - 1) > mpf(2) ** -33:
            c += mpf(2) ** -16
        first = single(f(c))
        p, error = polynomial(
            low - c, high - c, lambda t: t / f(c + t), lambda t: 1 - first / f(c + t), [single] * 7, True
        )
        print(f"// {float(low)} to {float(high)}: 2^{float(log(error, 2)):.1f}")
        columns.append([c, first] + p)
    show(name, columns, "f32")


def odd(name, y, limit, roundings, kind):
    """Pieces of erf that end where y is 1 and so many eighths: c, erf(c), p, with p in the first piece erf(x) / x."""
    columns = []
    ends = [mpf(0)] + [findroot(lambda x: y(x) - 1 - mpf(k) / 8, limit * k / 9) for k in range(1, 8)] + [mpf(limit)]
    for i, (low, high) in enumerate(zip(ends, ends[1:])):
        c = mpf(0) if i == 0 else (upper_half((low + high) / 2) if kind == "f64" else mpf(round((low + high) * 128)) / 256)
        v = (single if kind == "f32" else double)(erf(c))
        if i == 0:
            p, error = polynomial(low, high, lambda t: t / erf(t), lambda t: mpf(1), roundings)
        else:
            p, error = polynomial(low - c, high - c, lambda t: t, lambda t: erf(c + t) - v, roundings)
        print(f"// {float(low)} to {float(high)}: 2^{float(log(error, 2)):.1f}")
        columns.append([c, v] + p)
    show(name, columns, kind)


if __name__ == "__main__":
    odd("ERF_F64", lambda x: mpf(1.0175) + x * (mpf(0.245) - x * mpf(0.0136)), 6, [double] * 9 + [upper_half] * 4, "f64")
    tail("ERFC_F32", scaled, 1.806)
    tail("NORM_CDF_F32", scaled_cdf, 1.281)
    odd("ERF_F32", lambda x: mpf(1.0175) + x * mpf(0.245), 4, [single] * 6, "f32")
