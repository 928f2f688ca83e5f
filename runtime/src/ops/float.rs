//! The math functions, each a kernel that calls the method of that name or of Rust's.

use ufunc_macros::vectorize;

use crate::math::MathExt;

/// Functions of one float.
macro_rules! unary {
    ($($(#[$doc:meta])* $name:ident: $method:ident;)*) => {
        #[cfg(test)]
        const UNARY: &[&str] = &[$(stringify!($method)),*];
        $(
            $(#[$doc])*
            #[vectorize(f32(f32), f64(f64), crate = crate)]
            pub fn $name<T>(x: T) -> T {
                x.$method()
            }
        )*
    };
}

/// Functions of two floats.
macro_rules! binary {
    ($($(#[$doc:meta])* $name:ident: $method:ident $([$($option:tt)*])?;)*) => {
        #[cfg(test)]
        const BINARY: &[&str] = &[$(stringify!($method)),*];
        $(
            $(#[$doc])*
            #[vectorize(f32(f32, f32), f64(f64, f64), $($($option)*,)? crate = crate)]
            pub fn $name<T>(x: T, y: T) -> T {
                x.$method(y)
            }
        )*
    };
}

/// Functions that tell whether a float is of some kind.
macro_rules! predicates {
    ($($(#[$doc:meta])* $name:ident: $method:ident;)*) => {
        #[cfg(test)]
        const PREDICATES: &[&str] = &[$(stringify!($method)),*];
        $(
            $(#[$doc])*
            #[vectorize(bool(f32), bool(f64), crate = crate)]
            pub fn $name<T>(x: T) -> bool {
                x.$method()
            }
        )*
    };
}

unary! {
    /// `e` to the power `x`; see [`math::exp`](mod@crate::math::exp).
    exp: exp;
    /// 2 to the power `x`; see [`math::exp`](mod@crate::math::exp).
    exp2: exp2;
    /// 10 to the power `x`; see [`math::exp`](mod@crate::math::exp).
    exp10: exp10;
    /// `e` to the power `x`, less 1, accurate near zero; see [`math::exp`](mod@crate::math::exp).
    #[doc(alias = "exp_m1")]
    expm1: exp_m1;
    /// The natural logarithm; see [`math::log`](mod@crate::math::log).
    #[doc(alias = "ln")]
    log: ln;
    /// The logarithm to base 2; see [`math::log`](mod@crate::math::log).
    log2: log2;
    /// The logarithm to base 10; see [`math::log`](mod@crate::math::log).
    log10: log10;
    /// The natural logarithm of `1 + x`, accurate near zero; see [`math::log`](mod@crate::math::log).
    #[doc(alias = "ln_1p")]
    log1p: ln_1p;
    /// The sine; see [`math::sin`](mod@crate::math::sin).
    sin: sin;
    /// The cosine; see [`math::sin`](mod@crate::math::sin).
    cos: cos;
    /// The tangent; see [`math::tan`](mod@crate::math::tan).
    tan: tan;
    /// The sine of `π x`; see [`math::sinpi`](mod@crate::math::sinpi).
    sinpi: sinpi;
    /// The cosine of `π x`; see [`math::sinpi`](mod@crate::math::sinpi).
    cospi: cospi;
    /// The tangent of `π x`; see [`math::sinpi`](mod@crate::math::sinpi).
    tanpi: tanpi;
    /// The arc sine; see [`math::asin`](mod@crate::math::asin).
    #[doc(alias = "asin")]
    arcsin: asin;
    /// The arc cosine; see [`math::asin`](mod@crate::math::asin).
    #[doc(alias = "acos")]
    arccos: acos;
    /// The arc tangent; see [`math::atan`](mod@crate::math::atan).
    #[doc(alias = "atan")]
    arctan: atan;
    /// The hyperbolic sine; see [`math::hyperbolic`](crate::math::hyperbolic).
    sinh: sinh;
    /// The hyperbolic cosine; see [`math::hyperbolic`](crate::math::hyperbolic).
    cosh: cosh;
    /// The hyperbolic tangent; see [`math::hyperbolic`](crate::math::hyperbolic).
    tanh: tanh;
    /// The inverse of the hyperbolic sine; see [`math::inverse_hyperbolic`](crate::math::inverse_hyperbolic).
    #[doc(alias = "asinh")]
    arcsinh: asinh;
    /// The inverse of the hyperbolic cosine; see [`math::inverse_hyperbolic`](crate::math::inverse_hyperbolic).
    #[doc(alias = "acosh")]
    arccosh: acosh;
    /// The inverse of the hyperbolic tangent; see [`math::inverse_hyperbolic`](crate::math::inverse_hyperbolic).
    #[doc(alias = "atanh")]
    arctanh: atanh;
    /// The square root, correctly rounded.
    sqrt: sqrt;
    /// `1 / sqrt(x)`; see [`math::rsqrt`](mod@crate::math::rsqrt).
    rsqrt: rsqrt;
    /// The cube root; see [`math::cbrt`](mod@crate::math::cbrt).
    cbrt: cbrt;
    /// `1 / x`, correctly rounded; of integers its integer part, and 0 of 0.
    #[doc(alias = "recip")]
    reciprocal: recip;
    /// The error function; see [`math::erf`](mod@crate::math::erf).
    erf: erf;
    /// The complementary error function; see [`math::erf`](mod@crate::math::erf).
    erfc: erfc;
    /// The inverse of the error function; see [`math::erfinv`](mod@crate::math::erfinv).
    erfinv: erfinv;
    /// The inverse of the complementary error function; see [`math::erfinv`](mod@crate::math::erfinv).
    erfcinv: erfcinv;
    /// The standard normal distribution function; see [`math::erf`](mod@crate::math::erf).
    #[doc(alias = "ndtr")]
    norm_cdf: norm_cdf;
    /// The quantile of the standard normal distribution; see [`math::erfinv`](mod@crate::math::erfinv).
    #[doc(alias = "ndtri")]
    norm_ppf: norm_ppf;
    /// The gamma function; see [`math::gamma`](mod@crate::math::gamma).
    #[doc(alias = "gamma")]
    tgamma: tgamma;
    /// The natural logarithm of the gamma function's magnitude; see [`math::lgamma`](mod@crate::math::lgamma).
    #[doc(alias = "gammaln")]
    lgamma: lgamma;
    /// The logarithmic derivative of the gamma function; see [`math::digamma`](mod@crate::math::digamma).
    #[doc(alias = "psi")]
    digamma: digamma;
    /// The Bessel function of the first kind, of order 0; see [`math::bessel`](mod@crate::math::bessel).
    j0: j0;
    /// The Bessel function of the first kind, of order 1; see [`math::bessel`](mod@crate::math::bessel).
    j1: j1;
    /// The Bessel function of the second kind, of order 0; see [`math::bessel`](mod@crate::math::bessel).
    y0: y0;
    /// The Bessel function of the second kind, of order 1; see [`math::bessel`](mod@crate::math::bessel).
    y1: y1;
    /// `1 / (1 + e^-x)`; see [`math::logistic`](mod@crate::math::logistic).
    #[doc(alias = "expit")]
    logistic: logistic;
    /// `ln(1 + e^x)`; see [`math::logistic`](mod@crate::math::logistic).
    softplus: softplus;
    /// The largest integer that is not above `x`; integers and bools are their own.
    floor: floor;
    /// The smallest integer that is not below `x`; integers and bools are their own.
    ceil: ceil;
    /// The integer part; integers and bools are their own.
    trunc: trunc;
    /// The nearest integer, halves to the even one.
    #[doc(alias = "round_ties_even")]
    rint: round_ties_even;
    /// The nearest integer, halves away from zero: Rust's `round`. NumPy's is [`rint`](fn@rint).
    round_half_away: round;
    /// `x` less its integer part.
    fract: fract;
    /// The magnitude of a float; [`absolute`](fn@super::absolute) is for integers, too.
    fabs: abs;
    /// Radians to degrees.
    #[doc(alias = "to_degrees")]
    rad2deg: to_degrees;
    /// Degrees to radians.
    #[doc(alias = "to_radians")]
    deg2rad: to_radians;
    /// The exponent of `x`, as a float; see [`math::exponent`](crate::math::exponent).
    logb: logb;
}

binary! {
    /// The angle of the point `(y, x)`, the first argument being the ordinate; see [`math::atan`](mod@crate::math::atan).
    #[doc(alias = "atan2")]
    arctan2: atan2;
    /// `sqrt(x² + y²)`; see [`math::hypot`](mod@crate::math::hypot).
    hypot: hypot [identity = 0];
    /// `x` to the power `y`; see [`math::pow`](crate::math::pow). Integers wrap.
    ///
    /// # Panics
    /// When an integer has a negative power.
    #[doc(alias = "powf")]
    power: powf;
    /// The logarithm of `x` to the base `y`; see [`math::log`](mod@crate::math::log).
    log_base: log;
    /// The magnitude of `x` with the sign of `y`.
    copysign: copysign;
    /// The next number from `x` towards `y`.
    nextafter: nextafter;
    /// `x - y` where that is positive, else 0.
    fdim: fdim;
    /// The smaller number; the other operand where one is NaN.
    fmin: fmin [reorderable];
    /// The larger number; the other operand where one is NaN.
    fmax: fmax [reorderable];
    /// The remainder of the division that rounds to the nearest integer, as C's `remainder`; exact. NumPy's `remainder` is
    /// another.
    ieee_remainder: remainder;
    /// The integer `q` of `x = q y + r` with `r` from 0 to `|y|`.
    div_euclid: div_euclid;
    /// The remainder `r` of `x = q y + r` with an integer `q` and `r` from 0 to `|y|`.
    rem_euclid: rem_euclid;
}

predicates! {
    /// Whether `x` is NaN.
    #[doc(alias = "is_nan")]
    isnan: is_nan;
    /// Whether `x` is an infinity.
    #[doc(alias = "is_infinite")]
    isinf: is_infinite;
    /// Whether `x` is neither an infinity nor NaN.
    #[doc(alias = "is_finite")]
    isfinite: is_finite;
    /// Whether `x` is neither zero, subnormal, infinite nor NaN.
    #[doc(alias = "is_normal")]
    isnormal: is_normal;
    /// Whether `x` is below the normal numbers but not zero.
    #[doc(alias = "is_subnormal")]
    issubnormal: is_subnormal;
    /// Whether the sign bit is on.
    #[doc(alias = "is_sign_negative")]
    signbit: is_sign_negative;
}

/// The sine and the cosine; see [`math::sin`](mod@crate::math::sin).
#[doc(alias = "sin_cos")]
#[vectorize((f32, f32)(f32), (f64, f64)(f64), crate = crate)]
pub fn sincos<T>(x: T) -> (T, T) {
    x.sin_cos()
}

/// `x` to the power `n`, by multiplications; see [`math::pow`](crate::math::pow).
#[vectorize(f32(f32, i32), f64(f64, i32), crate = crate)]
pub fn powi<T>(x: T, n: i32) -> T {
    x.powi(n)
}

/// The exponent of `x` as an integer; see [`math::exponent`](crate::math::exponent).
#[vectorize(i32(f32), i32(f64), crate = crate)]
pub fn ilogb<T>(x: T) -> i32 {
    x.ilogb()
}

// What has no fraction is rounded already.
loops! { bits: T(T);
    of floor fn bits<T>(x: T) -> T {
        x
    }
    of ceil fn bits<T>(x: T) -> T {
        x
    }
    of trunc fn bits<T>(x: T) -> T {
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::functions;

    /// The methods of the functions that are written out, here and in other families.
    const OTHERS: &[&str] = &["sin_cos", "frexp", "ldexp", "powi", "ilogb", "fmod"];
    /// The other way round it is another's name.
    const OPPOSITE: &str = "is_sign_positive";

    macro_rules! names {
        ($($(#[$doc:meta])* fn $name:ident $arguments:tt -> $ret:tt = $($functions:tt)::+ $(or $($loose:tt)::+)?;)*) => {
            &[$(stringify!($name)),*]
        };
    }

    /// So each function is a method in kernels, too: those here are kernels that call it.
    #[test]
    fn every_math_function_is_a_universal_function() {
        let rows: &[&str] = functions!(names);
        let ops = [UNARY, BINARY, PREDICATES, OTHERS].concat();
        let missing: Vec<_> = rows.iter().filter(|name| !ops.contains(name) && **name != OPPOSITE).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
