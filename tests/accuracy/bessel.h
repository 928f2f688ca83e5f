// Bessel functions in 80-bit arithmetic, relatively accurate at the zeros below 31.
//
// Near zero by power series, else up to 31 by Taylor series about the nearest zero or extremum, whose coefficients follow
// from Bessel's equation, and from there on by Hankel's series, whose error is less than e^-60.

struct centre {
    long double hi, lo, value, slope;
};

#include "bessel_centres.h"

#define TERMS 160
#define CENTRES(table) (sizeof table / sizeof *table)

static long double j0_series[CENTRES(j0_centres)][TERMS], j1_series[CENTRES(j1_centres)][TERMS];
static long double y0_series[CENTRES(y0_centres)][TERMS], y1_series[CENTRES(y1_centres)][TERMS];

static void expand(int order, const struct centre *centre, long double *a) {
    long double c = centre->hi;
    a[0] = centre->value;
    a[1] = centre->slope;
    for (int k = 0; k + 2 < TERMS; k++) {
        long double sum = c * (k + 1) * (2 * k + 1) * a[k + 1] + ((long double)k * k + c * c - order * order) * a[k];
        if (k > 0) sum += 2 * c * a[k - 1];
        if (k > 1) sum += a[k - 2];
        a[k + 2] = -sum / (c * c * (k + 2) * (k + 1));
    }
}

__attribute__((constructor)) static void expand_all(void) {
#define EXPAND(order, name) \
    for (unsigned i = 0; i < CENTRES(name##_centres); i++) expand(order, &name##_centres[i], name##_series[i]);
    EXPAND(0, j0) EXPAND(1, j1) EXPAND(0, y0) EXPAND(1, y1)
}

static long double taylor(long double x, const struct centre *centres, long double (*series)[TERMS], unsigned count) {
    unsigned nearest = 0;
    for (unsigned i = 1; i < count; i++)
        if (fabsl(x - centres[i].hi) < fabsl(x - centres[nearest].hi)) nearest = i;
    long double t = (x - centres[nearest].hi) - centres[nearest].lo, sum = 0;
    // From the second on, terms only become smaller.
    int n = 2;
    while (n < TERMS && fabsl(series[nearest][n] * powl(t, n)) > 1e-26L * fabsl(t)) n += 4;
    for (int k = n < TERMS ? n : TERMS - 1; k > 0; k--) sum = (sum + series[nearest][k]) * t;
    return sum + series[nearest][0];
}

// sin a and cos a for a = x - pi/4: the small one from cos 2x = -sin 2a, relatively accurate.
static void less_quarter(long double x, long double *sine, long double *cosine) {
    const long double root = 0.707106781186547524400844362104849039L;
    long double s, c;
    sincosl(x, &s, &c);
    *sine = (s - c) * root;
    *cosine = (s + c) * root;
    if (fabsl(*sine) > fabsl(*cosine)) *cosine = -cosl(2 * x) / (2 * *sine);
    else *sine = -cosl(2 * x) / (2 * *cosine);
}

// The function that is amplitude times cosine, or sine, of the phase.
static long double hankel(int order, long double x, int second) {
    long double s, c;
    less_quarter(x, &s, &c);
    if (order == 1) {
        long double swapped = s;
        s = -c;
        c = swapped;
    }
    long double sums[2] = {0, 0}, term = 1;
    for (int k = 0; k < 40 && fabsl(term) > 1e-22L; k++) {
        sums[k & 1] += k & 2 ? -term : term;
        term *= (4.0L * order * order - (2.0L * k + 1) * (2 * k + 1)) / ((k + 1) * 8) / x;
    }
    long double amplitude = 0.797884560802865355879892119868763737L / sqrtl(x);
    return amplitude * (second ? sums[0] * s + sums[1] * c : sums[0] * c - sums[1] * s);
}

// J of the order, and the sum of its terms times harmonic numbers that Y has.
static long double power_series(int order, long double x, long double *harmonic) {
    long double q = x * x / 4, term = order ? x / 2 : 1, sum = 0, h = order ? 0.5L : 0;
    *harmonic = 0;
    for (int k = 1; k < 40; k++) {
        sum += term;
        *harmonic += h * term;
        term *= -q / (k * (k + order));
        h += order ? (1.0L / k + 1.0L / (k + 1)) / 2 : 1.0L / k;
    }
    return sum;
}

#define EULER 0.577215664901532860606512090082402431L
#define TWO_PER_PI 0.636619772367581343075535053490057448L

static long double j_l(int order, long double x) {
    long double harmonic, size = fabsl(x), sign = order && signbit(x) ? -1 : 1;
    if (size >= 31) return isinf(x) ? copysignl(0, sign) : sign * hankel(order, size, 0);
    if (size < (order ? 1.0L : 0.8L)) return sign * power_series(order, size, &harmonic);
    return sign * (order ? taylor(size, j1_centres, j1_series, CENTRES(j1_centres))
                         : taylor(size, j0_centres, j0_series, CENTRES(j0_centres)));
}

static long double y_l(int order, long double x) {
    if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
    if (x >= 31) return isinf(x) ? 0 : hankel(order, x, 1);
    if (x < (order ? 1.5L : 0.5L)) {
        long double harmonic, j = power_series(order, x, &harmonic);
        long double main = (logl(x / 2) + EULER) * j;
        // Of order 1, the harmonic numbers' mean: psi(k + 1) + psi(k + 2) is 2 (h - gamma).
        return TWO_PER_PI * (order ? main - harmonic - 1 / x : main - harmonic);
    }
    return order ? taylor(x, y1_centres, y1_series, CENTRES(y1_centres))
                 : taylor(x, y0_centres, y0_series, CENTRES(y0_centres));
}
