// The Taylor series of Bessel functions about their zeros and extrema, whose coefficients follow from Bessel's equation.

struct centre {
    long double hi, lo, value, slope;
};

#include "bessel_centres.h"

#define TERMS 160
#define CENTRES(table) (sizeof table / sizeof *table)

#define SERIES(name) \
    static long double name##_series_l[CENTRES(name##_centres)][TERMS]; \
    static double name##_series_d[CENTRES(name##_centres)][TERMS];
SERIES(j0) SERIES(j1) SERIES(y0) SERIES(y1)

static void expand(int order, const struct centre *centre, long double *a, double *rounded) {
    long double c = centre->hi;
    a[0] = centre->value;
    a[1] = centre->slope;
    for (int k = 0; k + 2 < TERMS; k++) {
        long double sum = c * (k + 1) * (2 * k + 1) * a[k + 1] + ((long double)k * k + c * c - order * order) * a[k];
        if (k > 0) sum += 2 * c * a[k - 1];
        if (k > 1) sum += a[k - 2];
        a[k + 2] = -sum / (c * c * (k + 2) * (k + 1));
    }
    for (int k = 0; k < TERMS; k++) rounded[k] = a[k];
}

__attribute__((constructor)) static void expand_all(void) {
#define EXPAND(order, name) \
    for (unsigned i = 0; i < CENTRES(name##_centres); i++) \
        expand(order, &name##_centres[i], name##_series_l[i], name##_series_d[i]);
    EXPAND(0, j0) EXPAND(1, j1) EXPAND(0, y0) EXPAND(1, y1)
}
