"""Coefficients of rsqrt.rs: a start by pieces, rounded to 20 bits, and the correction.

Run: python3 rsqrt.py (needs mpmath)
"""

from mpmath import chebyfit, mp, mpf, sqrt

mp.prec = 200


def rounded(value):
    """`value` to 20 bits after the first."""
    mantissa, exponent = mp.frexp(value)
    return mp.nint(mantissa * 2**21) * mpf(2) ** (exponent - 21)


worst, rows = 0, [[], [], []]
for k in range(8):
    low = mpf(4 + k) / 8 if k < 4 else mpf(k) / 4
    high = low + (mpf(1) / 8 if k < 4 else mpf(1) / 4)
    # What rounding the upper coefficients changes is made up for by the lower ones.
    done = []
    for degree in (2, 1, 0):
        def rest(x):
            return 1 / sqrt(x) - sum(c * x**d for d, c in done)
        fit = chebyfit(rest, [low, high], degree + 1)
        done.append((degree, rounded(fit[0])))
    for degree, c in done:
        rows[degree].append(c)
    for i in range(401):
        x = low + (high - low) * i / 400
        worst = max(worst, abs(sum(c * x**d for d, c in done) * sqrt(x) - 1))

print("// start: 2^", mp.nstr(mp.log(worst, 2), 5))
for row in rows:
    print([float(c) for c in row])
end = 2 * worst + mpf(2) ** -24
correction = chebyfit(lambda h: ((1 - h) ** mpf(-0.5) - 1) / h if h else mpf(0.5), [-end, end], 4)
print("// correction")
print([float(c) for c in reversed(correction)])
