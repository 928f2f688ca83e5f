//! Special values: those of C99's Annex F, of IEEE 754 for what C lacks, and of the documentation.
//!
//! Where both formats have the expected number, the result must be that one, zeros with their sign. Other numbers are
//! rounded to the format, and the result may be as far from them as the tier allows.

use std::collections::BTreeSet;
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use super::{Format, Kind, Row, levels, rows};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// Arguments and results.
type Case = (&'static [f64], &'static [f64]);

/// A list of cases a function.
macro_rules! special {
    ($($name:ident: $(($($x:expr),*) => $($y:expr),+;)*)*) => {
        const SPECIAL: &[(&str, &[Case])] = &[$((stringify!($name), &[$((&[$($x),*], &[$($y),+])),*])),*];
    };
}

special! {
    round: (0.0) => 0.0; (-0.0) => -0.0; (0.25) => 0.0; (-0.25) => -0.0; (0.5) => 1.0; (-2.5) => -3.0; (INF) => INF;
        (-INF) => -INF;
    fract: (0.0) => 0.0; (1.25) => 0.25; (-1.25) => -0.25; (INF) => NAN; (-INF) => NAN;
    copysign: (1.0, -0.0) => -1.0; (-0.0, 1.0) => 0.0; (INF, -1.0) => -INF; (-3.0, INF) => 3.0; (NAN, 1.0) => NAN;
    recip: (0.0) => INF; (-0.0) => -INF; (INF) => 0.0; (-INF) => -0.0; (4.0) => 0.25;
    to_degrees: (0.0) => 0.0; (-0.0) => -0.0; (INF) => INF; (-INF) => -INF;
    to_radians: (0.0) => 0.0; (-0.0) => -0.0; (INF) => INF; (-INF) => -INF;
    div_euclid: (7.0, -2.0) => -3.0; (-7.0, 2.0) => -4.0; (1.0, 0.0) => INF; (-1.0, 0.0) => -INF; (0.0, 0.0) => NAN;
        (1.0, INF) => 0.0;
        (1.0, NAN) => NAN; (NAN, 1.0) => NAN;
    rem_euclid: (7.0, -2.0) => 1.0; (-7.0, 2.0) => 1.0; (1.0, 0.0) => NAN; (INF, 1.0) => NAN; (1.0, INF) => 1.0;
        (1.0, NAN) => NAN;
        (NAN, 1.0) => NAN;
    is_nan: (NAN) => 1.0; (-NAN) => 1.0; (INF) => 0.0; (0.0) => 0.0; (1.0) => 0.0;
    is_infinite: (NAN) => 0.0; (INF) => 1.0; (-INF) => 1.0; (0.0) => 0.0; (1.0) => 0.0;
    is_finite: (NAN) => 0.0; (INF) => 0.0; (-INF) => 0.0; (-0.0) => 1.0; (1.0) => 1.0;
    is_normal: (NAN) => 0.0; (INF) => 0.0; (-0.0) => 0.0; (-1.0) => 1.0;
    is_subnormal: (NAN) => 0.0; (INF) => 0.0; (-0.0) => 0.0; (-1.0) => 0.0;
    is_sign_negative: (-0.0) => 1.0; (0.0) => 0.0; (-INF) => 1.0; (INF) => 0.0; (-1.0) => 1.0;
    is_sign_positive: (-0.0) => 0.0; (0.0) => 1.0; (-INF) => 0.0; (INF) => 1.0; (-1.0) => 0.0;

    sin: (0.0) => 0.0; (-0.0) => -0.0; (INF) => NAN; (-INF) => NAN;
    cos: (0.0) => 1.0; (-0.0) => 1.0; (INF) => NAN; (-INF) => NAN;
    sin_cos: (0.0) => 0.0, 1.0; (-0.0) => -0.0, 1.0; (INF) => NAN, NAN; (-INF) => NAN, NAN; (NAN) => NAN, NAN;
    tan: (0.0) => 0.0; (-0.0) => -0.0; (INF) => NAN; (-INF) => NAN;
    asin: (0.0) => 0.0; (-0.0) => -0.0; (1.0) => FRAC_PI_2; (-1.0) => -FRAC_PI_2; (1.000001) => NAN;
        (-1.000001) => NAN; (INF) => NAN;
        (-INF) => NAN; (3e38) => NAN;
    acos: (1.0) => 0.0; (-1.0) => PI; (0.0) => FRAC_PI_2; (-0.0) => FRAC_PI_2; (1.000001) => NAN; (-1.000001) => NAN;
        (INF) => NAN;
        (-INF) => NAN; (3e38) => NAN;
    atan: (0.0) => 0.0; (-0.0) => -0.0; (INF) => FRAC_PI_2; (-INF) => -FRAC_PI_2; (3e38) => FRAC_PI_2;
        (1.0) => FRAC_PI_4;
    atan2: (0.0, 0.0) => 0.0; (-0.0, 0.0) => -0.0; (0.0, -0.0) => PI; (-0.0, -0.0) => -PI; (0.0, 1.0) => 0.0;
        (-0.0, 1.0) => -0.0;
        (0.0, -1.0) => PI; (-0.0, -1.0) => -PI; (0.0, INF) => 0.0; (-0.0, -INF) => -PI; (1.0, 0.0) => FRAC_PI_2;
        (1.0, -0.0) => FRAC_PI_2; (-1.0, 0.0) => -FRAC_PI_2; (-1.0, -0.0) => -FRAC_PI_2; (1.0, INF) => 0.0;
        (-1.0, INF) => -0.0;
        (1.0, -INF) => PI; (-1.0, -INF) => -PI; (INF, 1.0) => FRAC_PI_2; (INF, 0.0) => FRAC_PI_2;
        (-INF, -1.0) => -FRAC_PI_2;
        (INF, INF) => FRAC_PI_4; (-INF, INF) => -FRAC_PI_4; (INF, -INF) => 3.0 * FRAC_PI_4;
        (-INF, -INF) => -3.0 * FRAC_PI_4;
        (1e-30, 1e30) => 1e-60; (-1e38, -1e-38) => -FRAC_PI_2; (NAN, 1.0) => NAN; (1.0, NAN) => NAN;
        (NAN, NAN) => NAN; (INF, NAN) => NAN;
        (NAN, 0.0) => NAN; (0.0, NAN) => NAN; (NAN, -INF) => NAN;
    exp: (0.0) => 1.0; (-0.0) => 1.0; (INF) => INF; (-INF) => 0.0; (1e3) => INF; (-1e3) => 0.0; (3e38) => INF;
        (-3e38) => 0.0;
    exp2: (0.0) => 1.0; (-0.0) => 1.0; (3.0) => 8.0; (-1.0) => 0.5; (-126.0) => f32::MIN_POSITIVE as f64;
        (INF) => INF;
        (-INF) => 0.0; (2e3) => INF; (-2e3) => 0.0; (3e38) => INF; (-3e38) => 0.0;
    exp10: (0.0) => 1.0; (-0.0) => 1.0; (1.0) => 10.0; (2.0) => 100.0; (INF) => INF; (-INF) => 0.0; (4e2) => INF;
        (-4e2) => 0.0;
        (3e38) => INF; (-3e38) => 0.0;
    exp_m1: (0.0) => 0.0; (-0.0) => -0.0; (INF) => INF; (-INF) => -1.0; (1e3) => INF; (-1e3) => -1.0; (3e38) => INF;
        (-3e38) => -1.0;
    ln: (1.0) => 0.0; (0.0) => -INF; (-0.0) => -INF; (-1.0) => NAN; (-1e-30) => NAN; (INF) => INF; (-INF) => NAN;
    log2: (1.0) => 0.0; (8.0) => 3.0; (0.5) => -1.0; (f32::MIN_POSITIVE as f64) => -126.0; (0.0) => -INF;
        (-0.0) => -INF; (-1.0) => NAN;
        (-1e-30) => NAN; (INF) => INF; (-INF) => NAN;
    log10: (1.0) => 0.0; (0.0) => -INF; (-0.0) => -INF; (-1.0) => NAN; (-1e-30) => NAN; (INF) => INF; (-INF) => NAN;
    log: (8.0, 2.0) => 3.0; (1.0, 2.0) => 0.0; (1.0, 0.5) => -0.0; (0.0, 2.0) => -INF; (INF, 2.0) => INF;
        (INF, 0.5) => -INF; (-1.0, 2.0) => NAN;
        (2.0, -1.0) => NAN; (2.0, 1.0) => INF; (0.5, 1.0) => -INF; (1.0, 1.0) => NAN; (2.0, 0.0) => -0.0;
        (0.5, 0.0) => 0.0;
        (2.0, INF) => 0.0; (0.0, 0.0) => NAN; (INF, INF) => NAN; (NAN, 2.0) => NAN; (2.0, NAN) => NAN;
    powf: (0.0, -1.0) => INF; (-0.0, -1.0) => -INF; (-0.0, -3.0) => -INF; (0.0, -2.0) => INF; (-0.0, -2.0) => INF;
        (-0.0, -0.5) => INF;
        (0.0, -INF) => INF; (-0.0, -INF) => INF; (0.0, 3.0) => 0.0; (-0.0, 3.0) => -0.0; (-0.0, 2.0) => 0.0;
        (-0.0, 0.5) => 0.0;
        (0.0, INF) => 0.0; (-0.0, INF) => 0.0;
        (-1.0, INF) => 1.0; (-1.0, -INF) => 1.0; (1.0, 5.0) => 1.0; (1.0, NAN) => 1.0; (1.0, INF) => 1.0;
        (1.0, -INF) => 1.0; (0.0, 0.0) => 1.0;
        (-0.0, -0.0) => 1.0; (NAN, 0.0) => 1.0; (NAN, -0.0) => 1.0; (INF, 0.0) => 1.0; (-INF, -0.0) => 1.0;
        (-3.0, 0.0) => 1.0;
        (-2.0, 0.5) => NAN; (-2.0, -1.5) => NAN; (-3e38, 0.5) => NAN;
        (0.5, -INF) => INF; (-0.5, -INF) => INF; (2.0, -INF) => 0.0; (-2.0, -INF) => 0.0; (0.5, INF) => 0.0;
        (-0.5, INF) => 0.0; (2.0, INF) => INF;
        (-2.0, INF) => INF; (-INF, -3.0) => -0.0; (-INF, -2.0) => 0.0; (-INF, -0.5) => 0.0; (-INF, 3.0) => -INF;
        (-INF, 2.0) => INF;
        (-INF, 0.5) => INF; (INF, -1.0) => 0.0; (INF, 0.5) => INF; (INF, INF) => INF; (INF, -INF) => 0.0;
        (-INF, INF) => INF; (-INF, -INF) => 0.0;
        (2.0, 10.0) => 1024.0; (-2.0, 3.0) => -8.0; (-2.0, -1.0) => -0.5; (4.0, 0.5) => 2.0; (2.0, 3e38) => INF;
        (-2.0, 3e38) => INF;
        (0.5, 3e38) => 0.0; (2.0, 5e3) => INF; (-2.0, 5001.0) => -INF; (-2.0, -5001.0) => -0.0; (2.0, 1e-38) => 1.0;
        (NAN, 1.0) => NAN; (2.0, NAN) => NAN; (NAN, NAN) => NAN; (-1.0, NAN) => NAN; (0.0, NAN) => NAN;
        (INF, NAN) => NAN; (NAN, INF) => NAN;
    powi: (NAN, 0.0) => 1.0; (0.0, 0.0) => 1.0; (0.0, -1.0) => INF; (-0.0, -1.0) => -INF; (-0.0, 3.0) => -0.0;
        (-0.0, 2.0) => 0.0; (INF, -1.0) => 0.0;
        (-INF, 3.0) => -INF; (-INF, -3.0) => -0.0; (2.0, 10.0) => 1024.0; (-2.0, 3.0) => -8.0; (NAN, 1.0) => NAN;
        (1.0, -2147483648.0) => 1.0;
    cbrt: (0.0) => 0.0; (-0.0) => -0.0; (8.0) => 2.0; (-27.0) => -3.0; (INF) => INF; (-INF) => -INF;
    hypot: (0.0, -0.0) => 0.0; (-0.0, -0.0) => 0.0; (3.0, -4.0) => 5.0; (-3e38, 0.0) => 3e38; (INF, NAN) => INF;
        (NAN, -INF) => INF;
        (-INF, 1.0) => INF; (0.0, INF) => INF; (NAN, 1.0) => NAN; (0.0, NAN) => NAN;
    ln_1p: (0.0) => 0.0; (-0.0) => -0.0; (-1.0) => -INF; (-1.000001) => NAN; (-3e38) => NAN; (INF) => INF;
        (-INF) => NAN;
    sinh: (0.0) => 0.0; (-0.0) => -0.0; (INF) => INF; (-INF) => -INF; (1e3) => INF; (-1e3) => -INF; (3e38) => INF;
        (-3e38) => -INF;
    cosh: (0.0) => 1.0; (-0.0) => 1.0; (INF) => INF; (-INF) => INF; (1e3) => INF; (-1e3) => INF; (3e38) => INF;
        (-3e38) => INF;
    tanh: (0.0) => 0.0; (-0.0) => -0.0; (INF) => 1.0; (-INF) => -1.0; (1e2) => 1.0; (-1e2) => -1.0; (3e38) => 1.0;
        (-3e38) => -1.0;
    asinh: (0.0) => 0.0; (-0.0) => -0.0; (INF) => INF; (-INF) => -INF;
    acosh: (1.0) => 0.0; (0.999999) => NAN; (0.0) => NAN; (-0.0) => NAN; (-1.0) => NAN; (-3e38) => NAN; (INF) => INF;
        (-INF) => NAN;
    atanh: (0.0) => 0.0; (-0.0) => -0.0; (1.0) => INF; (-1.0) => -INF; (1.000001) => NAN; (-1.000001) => NAN;
        (3e38) => NAN; (INF) => NAN;
        (-INF) => NAN;

    erf: (0.0) => 0.0; (-0.0) => -0.0; (INF) => 1.0; (-INF) => -1.0; (1e2) => 1.0; (-1e2) => -1.0; (3e38) => 1.0;
        (-3e38) => -1.0;
    erfc: (0.0) => 1.0; (-0.0) => 1.0; (INF) => 0.0; (-INF) => 2.0; (1e2) => 0.0; (-1e2) => 2.0; (3e38) => 0.0;
        (-3e38) => 2.0;
    norm_cdf: (0.0) => 0.5; (-0.0) => 0.5; (INF) => 1.0; (-INF) => 0.0; (1e2) => 1.0; (-1e2) => 0.0; (3e38) => 1.0;
        (-3e38) => 0.0;
    erfinv: (0.0) => 0.0; (-0.0) => -0.0; (1.0) => INF; (-1.0) => -INF; (1.000001) => NAN; (-1.000001) => NAN;
        (INF) => NAN; (-INF) => NAN;
    erfcinv: (1.0) => 0.0; (0.0) => INF; (-0.0) => INF; (2.0) => -INF; (2.000001) => NAN; (-1e-30) => NAN;
        (INF) => NAN; (-INF) => NAN;
    norm_ppf: (0.5) => 0.0; (0.0) => -INF; (-0.0) => -INF; (1.0) => INF; (1.000001) => NAN; (-1e-30) => NAN;
        (INF) => NAN; (-INF) => NAN;
    tgamma: (0.0) => INF; (-0.0) => -INF; (1.0) => 1.0; (2.0) => 1.0; (5.0) => 24.0; (-1.0) => NAN; (-2.0) => NAN;
        (-3e38) => NAN;
        (INF) => INF; (-INF) => NAN; (1e3) => INF; (3e38) => INF; (-1000.5) => -0.0; (-1001.5) => 0.0;
    lgamma: (1.0) => 0.0; (2.0) => 0.0; (0.0) => INF; (-0.0) => INF; (-1.0) => INF; (-2.0) => INF; (-3e38) => INF;
        (INF) => INF; (-INF) => INF;
    digamma: (0.0) => -INF; (-0.0) => INF; (-1.0) => NAN; (-2.0) => NAN; (-3e38) => NAN; (INF) => INF; (-INF) => NAN;
    logistic: (0.0) => 0.5; (-0.0) => 0.5; (INF) => 1.0; (-INF) => 0.0; (1e3) => 1.0; (-1e3) => 0.0; (3e38) => 1.0;
        (-3e38) => 0.0;
    softplus: (INF) => INF; (-INF) => 0.0; (1e3) => 1e3; (-1e3) => 0.0; (3e38) => 3e38; (-3e38) => 0.0;
    rsqrt: (0.0) => INF; (-0.0) => -INF; (4.0) => 0.5; (INF) => 0.0; (-1.0) => NAN; (-1e-30) => NAN; (-INF) => NAN;
    fdim: (3.0, 1.0) => 2.0; (1.0, 3.0) => 0.0; (0.0, -0.0) => 0.0; (-0.0, 0.0) => 0.0; (INF, INF) => 0.0;
        (INF, 1.0) => INF; (-INF, 1.0) => 0.0;
        (NAN, 1.0) => NAN; (1.0, NAN) => NAN;
    fmin: (1.0, 2.0) => 1.0; (-INF, 1.0) => -INF; (NAN, 1.0) => 1.0; (1.0, NAN) => 1.0; (NAN, INF) => INF;
        (NAN, NAN) => NAN;
    fmax: (1.0, 2.0) => 2.0; (-INF, 1.0) => 1.0; (NAN, 1.0) => 1.0; (1.0, NAN) => 1.0; (NAN, -INF) => -INF;
        (NAN, NAN) => NAN;
    nextafter: (1.0, 1.0) => 1.0; (0.0, -0.0) => -0.0; (-0.0, 0.0) => 0.0; (INF, INF) => INF; (NAN, 1.0) => NAN;
        (1.0, NAN) => NAN;
    fmod: (0.0, 1.0) => 0.0; (-0.0, 1.0) => -0.0; (5.0, 3.0) => 2.0; (-5.0, 3.0) => -2.0; (-1.0, 1.0) => -0.0;
        (1.0, 0.0) => NAN; (INF, 1.0) => NAN;
        (1.0, -INF) => 1.0; (-0.0, INF) => -0.0; (NAN, 1.0) => NAN; (1.0, NAN) => NAN;
    remainder: (0.0, 1.0) => 0.0; (-0.0, 1.0) => -0.0; (5.0, 3.0) => -1.0; (-2.0, 1.0) => -0.0; (1.0, 2.0) => 1.0;
        (3.0, 2.0) => -1.0; (1.0, 0.0) => NAN;
        (INF, 1.0) => NAN; (1.0, -INF) => 1.0; (NAN, 1.0) => NAN; (1.0, NAN) => NAN;
    ldexp: (1.0, 3.0) => 8.0; (0.0, 3e3) => 0.0; (-0.0, -3e3) => -0.0; (INF, -3e3) => INF; (-INF, 1.0) => -INF;
        (1.0, 3e3) => INF; (-1.0, -3e3) => -0.0;
        (-1.0, 2147483647.0) => -INF; (1.0, -2147483648.0) => 0.0; (NAN, 3.0) => NAN;
    frexp: (8.0) => 0.5, 4.0; (-0.75) => -0.75, 0.0; (0.0) => 0.0, 0.0; (-0.0) => -0.0, 0.0; (INF) => INF, 0.0;
        (-INF) => -INF, 0.0; (NAN) => NAN, 0.0;
    logb: (8.0) => 3.0; (-0.75) => -1.0; (0.0) => -INF; (-0.0) => -INF; (INF) => INF; (-INF) => INF;
    ilogb: (8.0) => 3.0; (-0.75) => -1.0; (0.0) => -2147483648.0; (-0.0) => -2147483648.0; (INF) => 2147483647.0;
        (-INF) => 2147483647.0;
        (NAN) => -2147483648.0;
    j0: (0.0) => 1.0; (-0.0) => 1.0; (INF) => 0.0; (-INF) => 0.0;
    j1: (0.0) => 0.0; (-0.0) => -0.0; (INF) => 0.0; (-INF) => -0.0;
    y0: (0.0) => -INF; (-0.0) => -INF; (INF) => 0.0; (-INF) => NAN; (-1e-30) => NAN; (-1.0) => NAN; (-3e38) => NAN;
    y1: (0.0) => -INF; (-0.0) => -INF; (INF) => 0.0; (-INF) => NAN; (-1e-30) => NAN; (-1.0) => NAN; (-3e38) => NAN;
    sinpi: (0.0) => 0.0; (-0.0) => -0.0; (1.0) => 0.0; (-1.0) => -0.0; (2.0) => 0.0; (-2.0) => -0.0; (0.5) => 1.0;
        (1.5) => -1.0; (-0.5) => -1.0;
        (3e38) => 0.0; (-3e38) => -0.0; (INF) => NAN; (-INF) => NAN;
    cospi: (0.0) => 1.0; (-0.0) => 1.0; (1.0) => -1.0; (-1.0) => -1.0; (0.5) => 0.0; (-0.5) => 0.0; (1.5) => 0.0;
        (-1.5) => 0.0; (3e38) => 1.0;
        (-3e38) => 1.0; (INF) => NAN; (-INF) => NAN;
    tanpi: (0.0) => 0.0; (-0.0) => -0.0; (1.0) => -0.0; (-1.0) => 0.0; (2.0) => 0.0; (-2.0) => -0.0; (0.5) => INF;
        (1.5) => -INF; (-0.5) => -INF;
        (-1.5) => INF; (0.25) => 1.0; (3e38) => 0.0; (-3e38) => -0.0; (INF) => NAN; (-INF) => NAN;
}

/// Numbers in their order, neighbours one apart.
fn rank(format: Format, x: f64) -> i64 {
    let bits = match format {
        Format::F32 => (x.abs() as f32).to_bits().into(),
        Format::F64 => x.abs().to_bits() as i64,
    };
    if x < 0.0 { -bits } else { bits }
}

fn agree(format: Format, ulp: u32, got: f64, exact: f64) -> bool {
    if f64::from(exact as f32) == exact || exact.is_nan() || exact.abs() > f32::MAX.into() {
        return got.to_bits() == format.decode(Kind::Float, format.encode(Kind::Float, exact)).to_bits()
            || (got.is_nan() && exact.is_nan());
    }
    (rank(format, got) - rank(format, exact)).abs() <= ulp.into()
}

/// What is wrong with a function's results for one case.
fn faults(row: &Row, (arguments, exact): &Case, faults: &mut Vec<String>) {
    for variant in &row.kernels {
        let format = variant.format;
        for level in levels() {
            let columns: Vec<Vec<u64>> = (arguments.iter().zip(row.arguments))
                .map(|(value, kind)| vec![format.encode(*kind, *value); variant.lanes(level)])
                .collect();
            let got: Vec<f64> = (variant.run(level, &columns).iter().zip(row.results))
                .map(|(results, kind)| format.decode(*kind, results[0]))
                .collect();
            let agrees = got.iter().zip(*exact).all(|(got, exact)| agree(format, variant.ulp, *got, *exact));
            if !agrees || got.len() != exact.len() {
                faults.push(format!(
                    "{} within {} of {arguments:?} ({format:?}), {level}: {got:?} instead of {exact:?}",
                    row.name, variant.ulp
                ));
            }
        }
    }
}

#[test]
#[cfg_attr(any(feature = "sleef", feature = "svml"), ignore = "other libraries promise less")]
fn special_values() {
    let rows = rows();
    let names = |names: &mut dyn Iterator<Item = &'static str>| names.collect::<BTreeSet<_>>();
    assert_eq!(names(&mut rows.iter().map(|row| row.name)), names(&mut SPECIAL.iter().map(|(name, _)| *name)));
    let mut found = Vec::new();
    for row in &rows {
        let (_, cases) = SPECIAL.iter().find(|(name, _)| *name == row.name).expect("each function has its cases");
        for case in *cases {
            faults(row, case, &mut found);
        }
        if row.arguments.len() == 1 && row.results == [Kind::Float] {
            faults(row, &(&[NAN], &[NAN]), &mut found);
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
