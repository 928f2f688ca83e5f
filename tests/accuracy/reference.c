// The error of results, in units of the exact result's last place: against the C library in 80-bit arithmetic for
// f64 (11 bits more than are judged), in f64 for f32 (29 bits more).

#include <math.h>
#include <stdint.h>
#include <string.h>

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

// |got - r| in units of 2^(exponent - bits), the format's smallest exponent at least. An infinite result stands for
// the number that follows the largest one.
#define ERROR(T, fabs_, exponent, r, got, bits, least, most)                                             \
    T r_ = (r);                                                                                          \
    double got_ = (got);                                                                                 \
    if (r_ != r_ || got_ != got_) return r_ != r_ && got_ != got_ ? 0 : INFINITY;                         \
    if (isinf(r_) && isinf(got_)) return (r_ > 0) == (got_ > 0) ? 0 : INFINITY;                            \
    T beyond = (T)2 * (T)power_of_two(most);                                                              \
    if (isinf(r_)) r_ = r_ > 0 ? beyond : -beyond;                                                         \
    T value = isinf(got_) ? (got_ > 0 ? beyond : -beyond) : (T)got_;                                       \
    if (fabs_(r_) >= beyond && isinf(got_)) return (r_ > 0) == (got_ > 0) ? 0 : INFINITY;                  \
    int e = r_ == 0 ? least : exponent(r_);                                                               \
    if (e < least) e = least;                                                                             \
    if (e > most) e = most;                                                                               \
    T error = fabs_(value - r_);                                                                          \
    /* In two steps: the unit of a subnormal number has no reciprocal. */                                 \
    return (double)(error * (T)power_of_two(bits / 2) * (T)power_of_two(-e / 2) * (T)power_of_two(-e - -e / 2) \
                    * (T)power_of_two(bits - bits / 2));

static double error_f64(long double exact, double result) {
    ERROR(long double, fabsl, exponent_l, exact, result, 52, -1022, 1023)
}

static double error_f32(double exact, double result) {
    ERROR(double, fabs, exponent_d, exact, result, 23, -126, 127)
}

#define FUNCTION(name, f64, f32)                                                                              \
    void name##_f64(const double *xs, const double *ys, const double *results, long n, double *errors) {      \
        for (long i = 0; i < n; i++) {                                                                        \
            long double x = xs[i], y = ys[i];                                                                 \
            (void)y;                                                                                          \
            errors[i] = error_f64(f64, results[i]);                                                           \
        }                                                                                                     \
    }                                                                                                         \
    void name##_f32(const float *xs, const float *ys, const float *results, long n, double *errors) {         \
        for (long i = 0; i < n; i++) {                                                                        \
            double x = xs[i], y = ys[i];                                                                      \
            (void)y;                                                                                          \
            errors[i] = error_f32(f32, results[i]);                                                           \
        }                                                                                                     \
    }

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
