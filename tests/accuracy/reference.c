// The error of results, in units of the exact result's last place: against the C library in 80-bit arithmetic for
// f64 (11 bits more than are judged), in f64 for f32 (29 bits more). Where a function is not relatively accurate at
// its zeros, units are those of a floor under the exact result's magnitude.

#define _GNU_SOURCE
#include <tgmath.h>
#include <stdint.h>
#include <string.h>

#include "bessel.h"

#define PI 3.14159265358979323851280895940618620443274267017841L
#define SQRT_HALF 0.707106781186547524400844362104849039L
#define SQRT_PI_HALF 0.886226925452758013649083741670572591L
#define SQRT_TWO_PER_PI 0.797884560802865355879892119868763737L
#define TWO_PER_PI 0.636619772367581343075535053490057448L
#define EULER 0.577215664901532860606512090082402431L
#define PSI_ROOT 1.461632144968362341172496421393134369282L

// What the C library lacks, in both arithmetics. Terms of series end where they are tiny.
#define REAL long double
#define NAME(name) name##_l
#define TINY 1e-24L
#include "formulas.h"
#undef REAL
#undef NAME
#undef TINY
#define REAL double
#define NAME(name) name##_d
#define TINY 1e-20
#include "formulas.h"

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

// Bessel functions are relatively accurate up to the end, and from there on to 1/512 of their amplitude.
static double bessel_floor(double x, double end) {
    return fabs(x) < end || isinf(x) ? 0 : 0.8 / sqrt(fabs(x)) / 512;
}

FUNCTION_WITH_FLOOR(j0, j_l(0, x), j_d(0, x), bessel_floor(x, 12.56))
FUNCTION_WITH_FLOOR(j1, j_l(1, x), j_d(1, x), bessel_floor(x, 12.29))
FUNCTION_WITH_FLOOR(y0, y_l(0, x), y_d(0, x), bessel_floor(x, 10.96))
FUNCTION_WITH_FLOOR(y1, y_l(1, x), y_d(1, x), bessel_floor(x, 10.96))
FUNCTION(erfinv, erfinv_l(x, results[i]), erfinv_d(x, results[i]))
FUNCTION(erfcinv, erfcinv_l(x, results[i]), erfcinv_d(x, results[i]))
FUNCTION(norm_ppf, norm_ppf_l(x, results[i]), norm_ppf_d(x, results[i]))
FUNCTION(log, logl(x) / logl(y), log(x) / log(y))
FUNCTION(exp10, exp10l(x), exp10(x))
FUNCTION(asinh, asinhl(x), asinh(x))
FUNCTION(acosh, acoshl(x), acosh(x))
FUNCTION(atanh, atanhl(x), atanh(x))
FUNCTION(sinpi, sinpi_l(x), sinpi_d(x))
FUNCTION(cospi, cospi_l(x), cospi_d(x))
FUNCTION(tanpi, tanpi_l(x), tanpi_d(x))
FUNCTION(erf, erfl(x), erf(x))
FUNCTION(erfc, erfcl(x), erfc(x))
FUNCTION(norm_cdf, norm_cdf_l(x), norm_cdf_d(x))
FUNCTION(tgamma, tgammal(x), tgamma(x))
FUNCTION_WITH_FLOOR(lgamma, lgamma_l(x), lgamma_d(x), x < 0 ? 0.125 : 0)
FUNCTION_WITH_FLOOR(digamma, digamma_l(x), digamma_d(x), x < 0 ? fabs(digamma_d(1 - x)) : 0)
FUNCTION(logistic, logistic_l(x), logistic_d(x))
FUNCTION(softplus, softplus_l(x), softplus_d(x))
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
