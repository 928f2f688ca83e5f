// Functions that the C library lacks, in arithmetic of the type REAL.

// sin(pi x), cos(pi x) and tan(pi x): x is reduced to the nearest half, exactly.
static REAL NAME(pi_times)(REAL r) {
    const REAL pi = PI, rest = PI - (REAL)PI - 5.01655761266833202345e-20L;
    return pi * r + rest * r;
}

// n - 4 floor(n / 4) for an integer.
static int NAME(quarters)(REAL n) {
    return (int)(n - 4 * floor(n / 4));
}

static REAL NAME(sinpi)(REAL x) {
    if (isinf(x)) return NAN;
    REAL n = rint(2 * x), r = NAME(pi_times)(x - n / 2);
    switch (NAME(quarters)(n)) {
        case 0: return n == 2 * x ? copysign((REAL)0, x) : sin(r);
        case 1: return cos(r);
        case 2: return n == 2 * x ? copysign((REAL)0, x) : -sin(r);
        default: return -cos(r);
    }
}

static REAL NAME(cospi)(REAL x) {
    if (isinf(x)) return NAN;
    REAL n = rint(2 * x), r = NAME(pi_times)(x - n / 2);
    switch (NAME(quarters)(n)) {
        case 0: return cos(r);
        case 1: return n == 2 * x ? 0 : -sin(r);
        case 2: return -cos(r);
        default: return n == 2 * x ? 0 : sin(r);
    }
}

static REAL NAME(tanpi)(REAL x) {
    if (isinf(x)) return NAN;
    REAL n = rint(2 * x), r = NAME(pi_times)(x - n / 2);
    if (NAME(quarters)(n) & 1) {
        if (n == 2 * x) return NAME(quarters)(n) == 1 ? INFINITY : -INFINITY;
        return -1 / tan(r);
    }
    return n == 2 * x ? 0 : tan(r);
}

// erfc(-x / sqrt 2) / 2, with what rounding the quotient loses: erfc' (t) = -2 / sqrt(pi) e^(-t²).
static REAL NAME(norm_cdf)(REAL x) {
    const REAL root = SQRT_HALF, rest = SQRT_HALF - (REAL)SQRT_HALF + 1.89503255889325708e-20L;
    const REAL two_per_sqrt_pi = 1.12837916709551257390L;
    REAL t = -x * root;
    if (isinf(t) || t != t) return erfc(t) / 2;
    REAL lost = fma(-x, root, -t) - x * rest;
    return (erfc(t) - lost * two_per_sqrt_pi * exp(-t * t)) / 2;
}

static REAL NAME(logistic)(REAL x) {
    return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
}

static REAL NAME(softplus)(REAL x) {
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

// The sign that the C library leaves elsewhere is no part of the result.
static REAL NAME(lgamma)(REAL x) {
    return lgamma(x);
}

// The digamma function of a positive number, by its distance d from the root x0: all is a multiple of d, and the largest
// terms have its sign. First psi(x) - psi(x0) = psi(x + n) - psi(x0 + n) + d sum 1 / ((x + k) (x0 + k)), then by
// psi(X) = ln X - 1 / 2X - sum B_2k / (2k X^2k).
static REAL NAME(positive_digamma)(REAL x) {
    const REAL root = PSI_ROOT, rest = PSI_ROOT - (REAL)PSI_ROOT + 9.01631209325869591861442831156e-20L;
    static const REAL bernoulli[] = {1 / 12.L, -1 / 120.L, 1 / 252.L, -1 / 240.L, 1 / 132.L, -691 / 32760.L, 1 / 12.L,
                                     -3617 / 8160.L, 43867 / 14364.L, -174611 / 6600.L};
    const int n = 16;
    REAL d = (x - root) - rest, sum = 0;
    for (int k = n - 1; k >= 0; k--) sum += 1 / (x + k) / (root + k);
    REAL far = x + n, near = root + n;
    sum += 1 / (2 * far) / near;
    // p^k - q^k = (p - q) s for p = far^-2, q = near^-2, where s goes on by s' = p s + q^k.
    REAL p = 1 / far / far, q = 1 / near / near, power = q, s = 1;
    REAL step = (far + near) / far / far / near / near, series = 0;
    for (int k = 0; k < 10; k++) {
        series += bernoulli[k] * s;
        s = p * s + power;
        power *= q;
    }
    return log1p(d / near) + d * (sum + step * series);
}

static REAL NAME(digamma)(REAL x) {
    if (x > 0) return isinf(x) ? x : NAME(positive_digamma)(x);
    if (x == 0) return -1 / x;
    if (isinf(x) || x == rint(x)) return NAN;
    REAL t = NAME(tanpi)(x);
    return NAME(positive_digamma)(1 - x) - (isinf(t) ? 0 : (REAL)PI / t);
}

// The inverse functions by Newton's method from the result itself: a step from y to y - (f(y) - x) / f'(y) squares its
// relative error. Of the differences f(y) - x that one is taken in which no bits cancel.
static REAL NAME(erfinv)(REAL x, double y) {
    if (fabs(x) >= 1 || x != x) return fabs(x) == 1 ? copysign((REAL)INFINITY, x) : NAN;
    if (x == 0 || isinf(y) || y != y) return x == 0 ? 0 : (REAL)NAN;
    REAL size = fabs(x), r = fabs(y);
    for (int step = 0; step < 3; step++) {
        REAL off = size < 0.5 ? erf(r) - size : (1 - size) - erfc(r);
        r -= off * (REAL)SQRT_PI_HALF * exp(r * r);
    }
    return copysign(r, x);
}

static REAL NAME(erfcinv)(REAL x, double y) {
    if (!(x > 0 && x < 2)) return x == 0 ? (REAL)INFINITY : x == 2 ? -INFINITY : NAN;
    if (x > 0.5) return -NAME(erfinv)(x - 1, -y);
    if (isinf(y) || y != y) return NAN;
    REAL r = y;
    for (int step = 0; step < 3; step++) r += (erfc(r) - x) * (REAL)SQRT_PI_HALF * exp(r * r);
    return r;
}

static REAL NAME(norm_ppf)(REAL x, double y) {
    const REAL sqrt_half = SQRT_HALF;
    const REAL sqrt_two_pi = 2.50662827463100050241576528481104525300698674L;
    if (!(x > 0 && x < 1)) return x == 0 ? -INFINITY : x == 1 ? INFINITY : NAN;
    if (x == 0.5 || isinf(y) || y != y) return x == 0.5 ? 0 : (REAL)NAN;
    REAL r = y;
    for (int step = 0; step < 3; step++) {
        REAL off = fabs(x - 0.5) < 0.25 ? erf(r * sqrt_half) / 2 - (x - 0.5)
                   : x < 0.5            ? erfc(-r * sqrt_half) / 2 - x
                                        : (1 - x) - erfc(r * sqrt_half) / 2;
        r -= off * sqrt_two_pi * exp(r * r / 2);
    }
    return r;
}

// Bessel functions, relatively accurate at the zeros below 31: near zero by power series, else up to 31 by the Taylor series
// about the nearest zero or extremum, and from there on by Hankel's series, whose error is less than e^-60.
static REAL NAME(taylor)(REAL x, const struct centre *centres, REAL (*series)[TERMS], unsigned count) {
    unsigned nearest = 0;
    for (unsigned i = 1; i < count; i++)
        if (fabs(x - centres[i].hi) < fabs(x - centres[nearest].hi)) nearest = i;
    REAL t = (x - centres[nearest].hi) - centres[nearest].lo, power = t * t, fourth = power * power, sum = 0;
    // From the second on, terms only become smaller.
    int n = 2;
    for (; n < TERMS && fabs(series[nearest][n] * power) > TINY * fabs(t); n += 4) power *= fourth;
    for (int k = n < TERMS ? n : TERMS - 1; k > 0; k--) sum = (sum + series[nearest][k]) * t;
    return sum + series[nearest][0];
}

// sin a and cos a for a = x - pi/4: the small one from cos 2x = -sin 2a, relatively accurate.
static void NAME(less_quarter)(REAL x, REAL *sine, REAL *cosine) {
    const REAL root = SQRT_HALF;
    REAL s = sin(x), c = cos(x);
    *sine = (s - c) * root;
    *cosine = (s + c) * root;
    if (fabs(*sine) > fabs(*cosine)) *cosine = -cos(2 * x) / (2 * *sine);
    else *sine = -cos(2 * x) / (2 * *cosine);
}

// The function that is amplitude times cosine, or sine, of the phase.
static REAL NAME(hankel)(int order, REAL x, int second) {
    REAL s, c;
    NAME(less_quarter)(x, &s, &c);
    if (order == 1) {
        REAL swapped = s;
        s = -c;
        c = swapped;
    }
    REAL sums[2] = {0, 0}, term = 1;
    for (int k = 0; k < 40 && fabs(term) > TINY; k++) {
        sums[k & 1] += k & 2 ? -term : term;
        term *= ((REAL)4 * order * order - ((REAL)2 * k + 1) * (2 * k + 1)) / ((k + 1) * 8) / x;
    }
    REAL amplitude = (REAL)SQRT_TWO_PER_PI / sqrt(x);
    return amplitude * (second ? sums[0] * s + sums[1] * c : sums[0] * c - sums[1] * s);
}

// J of the order, and the sum of its terms times harmonic numbers that Y has.
static REAL NAME(power_series)(int order, REAL x, REAL *harmonic) {
    REAL q = x * x / 4, term = order ? x / 2 : 1, sum = 0, h = order ? 0.5 : 0;
    *harmonic = 0;
    for (int k = 1; k < 40 && fabs(term) >= TINY * fabs(sum); k++) {
        sum += term;
        *harmonic += h * term;
        term *= -q / (k * (k + order));
        h += order ? ((REAL)1 / k + (REAL)1 / (k + 1)) / 2 : (REAL)1 / k;
    }
    return sum;
}

static REAL NAME(j)(int order, REAL x) {
    REAL harmonic, size = fabs(x), sign = order && signbit(x) ? -1 : 1;
    if (size >= 31) return isinf(x) ? copysign(0, sign) : sign * NAME(hankel)(order, size, 0);
    if (size < (order ? 1 : 0.8)) return sign * NAME(power_series)(order, size, &harmonic);
    return sign * (order ? NAME(taylor)(size, j1_centres, NAME(j1_series), CENTRES(j1_centres))
                         : NAME(taylor)(size, j0_centres, NAME(j0_series), CENTRES(j0_centres)));
}

static REAL NAME(y)(int order, REAL x) {
    if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
    if (x >= 31) return isinf(x) ? 0 : NAME(hankel)(order, x, 1);
    if (x < (order ? 1.5 : 0.5)) {
        REAL harmonic, j = NAME(power_series)(order, x, &harmonic);
        REAL main = (log(x / 2) + (REAL)EULER) * j;
        // Of order 1, the harmonic numbers' mean: psi(k + 1) + psi(k + 2) is 2 (h - gamma).
        return (REAL)TWO_PER_PI * (order ? main - harmonic - 1 / x : main - harmonic);
    }
    return order ? NAME(taylor)(x, y1_centres, NAME(y1_series), CENTRES(y1_centres))
                 : NAME(taylor)(x, y0_centres, NAME(y0_series), CENTRES(y0_centres));
}
