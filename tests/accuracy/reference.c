// The error of results, in units of the exact result's last place: against the C library in 80-bit arithmetic for
// f64 (11 bits more than are judged), in f64 for f32 (29 bits more). Where a function is not relatively accurate at
// its zeros, units are those of a floor under the exact result's magnitude.

#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "bessel.h"

// The exponent of a normal number.
static int exponent_l(long double r) {
    uint16_t top;
    memcpy(&top, (const char *)&r + 8, sizeof top);
    return (top & 0x7fff) - 16383;
}

static int exponent_d(double r) {
    uint64_t bits;
    memcpy(&bits, &r, sizeof bits);
    return (int)(bits >> 52 & 0x7ff) - 1023;
}

static double power_of_two(int n) {
    uint64_t bits = (uint64_t)(n + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

// |got - r| in units of 2^(exponent - bits), the format's smallest exponent and that of the floor at least. An infinite result stands for
// the number that follows the largest one.
#define ERROR(T, fabs_, exponent, r, got, floor, bits, least, most)                                      \
    T r_ = (r);                                                                                          \
    double got_ = (got);                                                                                 \
    if (r_ != r_ || got_ != got_) return r_ != r_ && got_ != got_ ? 0 : INFINITY;                         \
    if (isinf(r_) && isinf(got_)) return (r_ > 0) == (got_ > 0) ? 0 : INFINITY;                            \
    T beyond = (T)2 * (T)power_of_two(most);                                                              \
    if (isinf(r_)) r_ = r_ > 0 ? beyond : -beyond;                                                         \
    T value = isinf(got_) ? (got_ > 0 ? beyond : -beyond) : (T)got_;                                       \
    if (fabs_(r_) >= beyond && isinf(got_)) return (r_ > 0) == (got_ > 0) ? 0 : INFINITY;                  \
    T size = fabs_(r_) < (T)floor ? (T)floor : fabs_(r_);                                                 \
    int e = size == 0 ? least : exponent(size);                                                           \
    if (e < least) e = least;                                                                             \
    if (e > most) e = most;                                                                               \
    T error = fabs_(value - r_);                                                                          \
    /* In two steps: the unit of a subnormal number has no reciprocal. */                                 \
    return (double)(error * (T)power_of_two(bits / 2) * (T)power_of_two(-e / 2) * (T)power_of_two(-e - -e / 2) \
                    * (T)power_of_two(bits - bits / 2));

static double error_f64(long double exact, double result, double floor) {
    ERROR(long double, fabsl, exponent_l, exact, result, floor, 52, -1022, 1023)
}

static double error_f32(double exact, double result, double floor) {
    ERROR(double, fabs, exponent_d, exact, result, floor, 23, -126, 127)
}

#define FUNCTION(name, f64, f32) FUNCTION_WITH_FLOOR(name, f64, f32, 0)

// The floor is a function of x.
#define FUNCTION_WITH_FLOOR(name, f64, f32, floor)                                                            \
    void name##_f64(const double *xs, const double *ys, const double *results, long n, double *errors) {      \
        for (long i = 0; i < n; i++) {                                                                        \
            long double x = xs[i], y = ys[i];                                                                 \
            (void)y;                                                                                          \
            errors[i] = error_f64(f64, results[i], floor);                                                    \
        }                                                                                                     \
    }                                                                                                         \
    void name##_f32(const float *xs, const float *ys, const float *results, long n, double *errors) {         \
        for (long i = 0; i < n; i++) {                                                                        \
            double x = xs[i], y = ys[i];                                                                      \
            (void)y;                                                                                          \
            errors[i] = error_f32(f32, results[i], floor);                                                    \
        }                                                                                                     \
    }

// sin(pi x), cos(pi x) and tan(pi x): x is reduced to the nearest half, exactly.
static long double pi_times(long double r) {
    return 3.14159265358979323851280895940618620443274267017841L * r + -5.01655761266833202345e-20L * r;
}

static long double sinpi_l(long double x) {
    if (isinf(x)) return NAN;
    long double n = rintl(2 * x), r = pi_times(x - n / 2);
    switch ((int)fmodl(n, 4) & 3) {
        case 0: return n == 2 * x ? copysignl(0, x) : sinl(r);
        case 1: return cosl(r);
        case 2: return n == 2 * x ? copysignl(0, x) : -sinl(r);
        default: return -cosl(r);
    }
}

static long double cospi_l(long double x) {
    if (isinf(x)) return NAN;
    long double n = rintl(2 * x), r = pi_times(x - n / 2);
    switch ((int)fmodl(n, 4) & 3) {
        case 0: return cosl(r);
        case 1: return n == 2 * x ? 0 : -sinl(r);
        case 2: return -cosl(r);
        default: return n == 2 * x ? 0 : sinl(r);
    }
}

static long double tanpi_l(long double x) {
    if (isinf(x)) return NAN;
    long double n = rintl(2 * x), r = pi_times(x - n / 2);
    if ((int)fmodl(n, 2) & 1) {
        if (n == 2 * x) return fmodl((n - 1) / 2, 2) == 0 ? INFINITY : -INFINITY;
        return -1 / tanl(r);
    }
    return n == 2 * x ? 0 : tanl(r);
}

// erfc(-x / sqrt 2) / 2, with what rounding the quotient loses: erfc' (t) = -2 / sqrt(pi) e^(-t²).
static long double norm_cdf_l(long double x) {
    const long double root = 0.707106781186547524400844362104849039L, rest = 1.89503255889325708e-20L;
    long double t = -x * root;
    if (isinf(t) || t != t) return erfcl(t) / 2;
    long double lost = fmal(-x, root, -t) - x * rest;
    return (erfcl(t) - lost * 1.12837916709551257390L * expl(-t * t)) / 2;
}

static long double logistic_l(long double x) {
    return x < 0 ? expl(x) / (1 + expl(x)) : 1 / (1 + expl(-x));
}

static long double softplus_l(long double x) {
    return x > 0 ? x + log1pl(expl(-x)) : log1pl(expl(x));
}

// Bessel functions are relatively accurate up to the end, and from there on to 1/512 of their amplitude.
static double bessel_floor(double x, double end) {
    return fabs(x) < end || isinf(x) ? 0 : 0.8 / sqrt(fabs(x)) / 512;
}

FUNCTION_WITH_FLOOR(j0, j_l(0, x), j_l(0, x), bessel_floor(x, 12.56))
FUNCTION_WITH_FLOOR(j1, j_l(1, x), j_l(1, x), bessel_floor(x, 12.29))
FUNCTION_WITH_FLOOR(y0, y_l(0, x), y_l(0, x), bessel_floor(x, 10.96))
FUNCTION_WITH_FLOOR(y1, y_l(1, x), y_l(1, x), bessel_floor(x, 10.96))
// The logarithm alone: the sign is no part of the result.
static long double lgamma_l(long double x) {
    int sign;
    return lgammal_r(x, &sign);
}

// The digamma function of a positive number, by its distance d from the root x0: all is a multiple of d, and the largest
// terms have its sign. First psi(x) - psi(x0) = psi(x + n) - psi(x0 + n) + d sum 1 / ((x + k) (x0 + k)), then by
// psi(X) = ln X - 1 / 2X - sum B_2k / (2k X^2k).
static long double positive_digamma(long double x) {
    const long double root = 1.461632144968362341172496421393134369282L, rest = 9.01631209325869591861442831156e-20L;
    static const long double bernoulli[] = {1 / 12.L, -1 / 120.L, 1 / 252.L, -1 / 240.L, 1 / 132.L, -691 / 32760.L, 1 / 12.L,
                                            -3617 / 8160.L, 43867 / 14364.L, -174611 / 6600.L};
    const int n = 16;
    long double d = (x - root) - rest, sum = 0;
    for (int k = n - 1; k >= 0; k--) sum += 1 / (x + k) / (root + k);
    long double far = x + n, near = root + n;
    sum += 1 / (2 * far) / near;
    // p^k - q^k = (p - q) s for p = far^-2, q = near^-2, where s goes on by s' = p s + q^k.
    long double p = 1 / far / far, q = 1 / near / near, power = q, s = 1;
    long double step = (far + near) / far / far / near / near, series = 0;
    for (int k = 0; k < 10; k++) {
        series += bernoulli[k] * s;
        s = p * s + power;
        power *= q;
    }
    return log1pl(d / near) + d * (sum + step * series);
}

static long double digamma_l(long double x) {
    if (x > 0) return isinf(x) ? x : positive_digamma(x);
    if (x == 0) return -1 / x;
    if (isinf(x) || x == rintl(x)) return NAN;
    long double t = tanpi_l(x);
    return positive_digamma(1 - x) - (isinf(t) ? 0 : 3.14159265358979323846264338327950288L / t);
}

// The inverse functions by Newton's method from the result itself: a step from y to y - (f(y) - x) / f'(y) squares its
// relative error. Of the differences f(y) - x that one is taken in which no bits cancel.
static const long double sqrt_pi_half = 0.886226925452758013649083741670572591398774728061193564106904L;

static long double erfinv_l(long double x, double y) {
    if (fabsl(x) >= 1 || x != x) return fabsl(x) == 1 ? copysignl(INFINITY, x) : NAN;
    if (x == 0 || isinf(y) || y != y) return x == 0 ? 0 : (long double)NAN;
    long double size = fabsl(x), r = fabs(y);
    for (int step = 0; step < 3; step++) {
        long double off = size < 0.5L ? erfl(r) - size : (1 - size) - erfcl(r);
        r -= off * sqrt_pi_half * expl(r * r);
    }
    return copysignl(r, x);
}

static long double erfcinv_l(long double x, double y) {
    if (!(x > 0 && x < 2)) return x == 0 ? INFINITY : x == 2 ? -INFINITY : NAN;
    if (x > 0.5L) return -erfinv_l(x - 1, -y);
    if (isinf(y) || y != y) return NAN;
    long double r = y;
    for (int step = 0; step < 3; step++) r += (erfcl(r) - x) * sqrt_pi_half * expl(r * r);
    return r;
}

static long double norm_ppf_l(long double x, double y) {
    const long double sqrt_half = 0.707106781186547524400844362104849039284835937688474036588339L;
    const long double sqrt_two_pi = 2.50662827463100050241576528481104525300698674060993831662992L;
    if (!(x > 0 && x < 1)) return x == 0 ? -INFINITY : x == 1 ? INFINITY : NAN;
    if (x == 0.5L || isinf(y) || y != y) return x == 0.5L ? 0 : (long double)NAN;
    long double r = y;
    for (int step = 0; step < 3; step++) {
        long double off = fabsl(x - 0.5L) < 0.25L ? erfl(r * sqrt_half) / 2 - (x - 0.5L)
                        : x < 0.5L                ? erfcl(-r * sqrt_half) / 2 - x
                                                  : (1 - x) - erfcl(r * sqrt_half) / 2;
        r -= off * sqrt_two_pi * expl(r * r / 2);
    }
    return r;
}

FUNCTION(erfinv, erfinv_l(x, results[i]), erfinv_l(x, results[i]))
FUNCTION(erfcinv, erfcinv_l(x, results[i]), erfcinv_l(x, results[i]))
FUNCTION(norm_ppf, norm_ppf_l(x, results[i]), norm_ppf_l(x, results[i]))
FUNCTION(log, logl(x) / logl(y), log(x) / log(y))
FUNCTION(exp10, exp10l(x), exp10(x))
FUNCTION(asinh, asinhl(x), asinh(x))
FUNCTION(acosh, acoshl(x), acosh(x))
FUNCTION(atanh, atanhl(x), atanh(x))
FUNCTION(sinpi, sinpi_l(x), sinpi_l(x))
FUNCTION(cospi, cospi_l(x), cospi_l(x))
FUNCTION(tanpi, tanpi_l(x), tanpi_l(x))
FUNCTION(erf, erfl(x), erf(x))
FUNCTION(erfc, erfcl(x), erfc(x))
FUNCTION(norm_cdf, norm_cdf_l(x), norm_cdf_l(x))
FUNCTION(tgamma, tgammal(x), tgammal(x))
FUNCTION_WITH_FLOOR(lgamma, lgamma_l(x), lgamma_l(x), x < 0 ? 0.125 : 0)
FUNCTION_WITH_FLOOR(digamma, digamma_l(x), digamma_l(x), x < 0 ? fabsl(digamma_l(1 - x)) : 0)
FUNCTION(logistic, logistic_l(x), logistic_l(x))
FUNCTION(softplus, softplus_l(x), softplus_l(x))
FUNCTION(rsqrt, 1 / sqrtl(x), 1 / sqrt(x))
FUNCTION(exp, expl(x), exp(x))
FUNCTION(exp2, exp2l(x), exp2(x))
FUNCTION(exp_m1, expm1l(x), expm1(x))
FUNCTION(ln, logl(x), log(x))
FUNCTION(log2, log2l(x), log2(x))
FUNCTION(log10, log10l(x), log10(x))
FUNCTION(ln_1p, log1pl(x), log1p(x))
FUNCTION(sin, sinl(x), sin(x))
FUNCTION(cos, cosl(x), cos(x))
FUNCTION(tan, tanl(x), tan(x))
FUNCTION(asin, asinl(x), asin(x))
FUNCTION(acos, acosl(x), acos(x))
FUNCTION(atan, atanl(x), atan(x))
FUNCTION(sinh, sinhl(x), sinh(x))
FUNCTION(cosh, coshl(x), cosh(x))
FUNCTION(tanh, tanhl(x), tanh(x))
FUNCTION(cbrt, cbrtl(x), cbrt(x))
FUNCTION(powf, powl(x, y), pow(x, y))
FUNCTION(atan2, atan2l(x, y), atan2(x, y))
FUNCTION(hypot, hypotl(x, y), hypot(x, y))
