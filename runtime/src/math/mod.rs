//! The math functions, generic over the level, so that they are inlined into the loop that calls
//! them: constants hoist out of it, and the chains of several gangs overlap.
//!
//! Every function is within 1 ulp of the exact value on its whole domain, subnormal arguments and
//! results included, has the special values of C99's Annex F, and gives the same bits in every
//! lane and on every level with FMA. A module holds one family; its documentation gives each
//! function's formula, method, domain, largest error and special values.
//!
//! Near some of their zeros, functions have an absolute bound instead: `lgamma` and `digamma` of negative numbers, and the
//! Bessel functions beyond their first zeros. Their documentation says from where on, and which number's last place is
//! the unit.
//!
//! Kernels with the option `ulp = 4` get functions that may be 4 ulp from the exact value, where there is such a one and
//! it is faster: the documentation says so in a line of its own. The other promises stay.
//!
//! The errors are the largest found with FMA, against the C library in more precise arithmetic: of functions of one
//! argument over every `f32`, and else over 100 million arguments, close where the method is at its limits. Levels
//! without FMA keep the bounds by other means where they must, and were searched with 25 million arguments a format.
//!
//! `scripts/` holds the programs that made the polynomials' coefficients.

#[macro_use]
mod eft;
pub mod asin;
pub mod atan;
pub mod bessel;
mod bessel_far;
mod bessel_formats;
mod bessel_tables;
mod bits;
pub mod cbrt;
mod cells;
mod cells_single;
pub mod digamma;
mod eighths_single;
pub mod erf;
mod erf_single;
mod erf_tables;
pub mod erfinv;
mod erfinv_tables;
pub mod exp;
pub mod exponent;
mod float_methods;
pub mod gamma;
mod gamma_tables;
pub mod hyperbolic;
mod hyperbolic_tables;
pub mod hypot;
pub mod inverse_hyperbolic;
pub mod lgamma;
pub mod log;
pub mod logistic;
mod loose_arc;
mod loose_erf;
mod loose_erf_tables;
mod loose_exp;
mod loose_hyperbolic;
mod loose_hypot;
mod loose_log;
mod loose_log_single;
mod loose_sin;
mod loose_sinpi;
mod methods;
mod pieces;
pub mod pow;
mod pow_single;
mod precise_log;
mod reduce;
mod reflection;
pub(crate) mod rem;
pub mod rsqrt;
mod scalar;
pub mod sin;
pub mod sinpi;
pub mod tan;
#[cfg(test)]
mod tests;
mod tier;
#[cfg(all(any(feature = "sleef", feature = "svml"), target_arch = "x86_64"))]
pub mod vendor;

pub use self::scalar::*;
pub use self::tier::{Tier, Ulp1, Ulp4, Within4};
use crate::lanes::{Float, Simd, Vector};

/// The table of the math functions, one row each: documentation, name, arguments beside `self`,
/// results, and the `f32` and `f64` lane functions behind them; after `or` those that are faster and within 4 ulp,
/// where there are such. `$emit` is the macro that gets the rows. Types are `T` for the function's own float, `i32`, `bool`
/// for a mask, and tuples of them.
macro_rules! functions {
    ($emit:ident) => {
        $crate::math::further_functions! { $emit;
            /// The nearest integer, halves away from zero.
            fn round(self) -> T = float_methods::{round, round};
            /// `self - self.trunc()`.
            fn fract(self) -> T = float_methods::{fract, fract};
            /// The magnitude of `self` with the sign of `sign`.
            fn copysign(self, sign: T) -> T = float_methods::{copysign, copysign};
            /// `1 / self`.
            fn recip(self) -> T = float_methods::{recip, recip};
            /// Radians to degrees.
            fn to_degrees(self) -> T = float_methods::{to_degrees, to_degrees};
            /// Degrees to radians.
            fn to_radians(self) -> T = float_methods::{to_radians, to_radians};
            /// The quotient `q` of `self = q y + r` with `r` from 0 to `|y|`, which is an integer.
            fn div_euclid(self, y: T) -> T = rem::{div_euclid, div_euclid};
            /// The remainder `r` of `self = q y + r` with an integer `q` and `r` from 0 to `|y|`.
            fn rem_euclid(self, y: T) -> T = rem::{rem_euclid, rem_euclid};
            /// Whether `self` is NaN.
            fn is_nan(self) -> bool = float_methods::{is_nan, is_nan};
            /// Whether `self` is an infinity.
            fn is_infinite(self) -> bool = float_methods::{is_infinite, is_infinite};
            /// Whether `self` is neither an infinity nor NaN.
            fn is_finite(self) -> bool = float_methods::{is_finite, is_finite};
            /// Whether `self` is neither zero, subnormal, infinite nor NaN.
            fn is_normal(self) -> bool = float_methods::{is_normal, is_normal};
            /// Whether `self` is below the normal numbers but not zero.
            fn is_subnormal(self) -> bool = float_methods::{is_subnormal, is_subnormal};
            /// Whether the sign bit is on.
            fn is_sign_negative(self) -> bool = float_methods::{is_sign_negative, is_sign_negative};
            /// Whether the sign bit is off.
            fn is_sign_positive(self) -> bool = float_methods::{is_sign_positive, is_sign_positive};
            /// The sine; see [`sin`](mod@crate::math::sin).
            fn sin(self) -> T = sin::{sin, sin} or loose_sin::{sin, sin};
            /// The cosine; see [`sin`](mod@crate::math::sin).
            fn cos(self) -> T = sin::{cos, cos} or loose_sin::{cos, cos};
            /// The sine and the cosine; see [`sin`](mod@crate::math::sin).
            fn sin_cos(self) -> (T, T) = sin::{sin_cos, sin_cos};
            /// The tangent; see [`tan`](mod@crate::math::tan).
            fn tan(self) -> T = tan::{tan, tan} or loose_sin::{tan, tan};
            /// The arc sine; see [`asin`](mod@crate::math::asin).
            fn asin(self) -> T = asin::{asin, asin} or loose_arc::{asin, asin};
            /// The arc cosine; see [`asin`](mod@crate::math::asin).
            fn acos(self) -> T = asin::{acos, acos} or loose_arc::{acos, acos};
            /// The arc tangent; see [`atan`](mod@crate::math::atan).
            fn atan(self) -> T = atan::{atan, atan_f64} or loose_arc::{atan_f32, atan_f64};
            /// The angle of the point `(x, self)`; see [`atan`](mod@crate::math::atan).
            fn atan2(self, x: T) -> T = atan::{atan2, atan2} or atan::{atan2_loose, atan2_loose};
            /// `e` to the power `self`; see [`exp`](mod@crate::math::exp).
            fn exp(self) -> T = exp::{exp_f32, exp_f64} or loose_exp::{exp, exp};
            /// 2 to the power `self`; see [`exp`](mod@crate::math::exp).
            fn exp2(self) -> T = exp::{exp2_f32, exp2_f64} or loose_exp::{exp2_f32, exp2_f64};
            /// The natural logarithm; see [`log`](mod@crate::math::log).
            fn ln(self) -> T = log::{ln_f32, ln_f64} or loose_log::{ln_f32, ln_f64};
            /// The logarithm to base 2; see [`log`](mod@crate::math::log).
            fn log2(self) -> T = log::{log2_f32, log2_f64} or loose_log::{log2_f32, log2_f64};
            /// The logarithm to base 10; see [`log`](mod@crate::math::log).
            fn log10(self) -> T = log::{log10_f32, log10_f64} or loose_log::{log10_f32, log10_f64};
            /// The logarithm to a base, `self.ln() / base.ln()`; see [`log`](mod@crate::math::log).
            fn log(self, base: T) -> T = log::{log_f32, log_f64};
            /// `self` to the power `y`; see [`pow`](mod@crate::math::pow).
            fn powf(self, y: T) -> T = pow::{powf_f32, powf_f64};
            /// `self` to the power `n`, by the multiplications that the standard library makes; see
            /// [`pow`](mod@crate::math::pow).
            fn powi(self, n: i32) -> T = pow::{powi, powi};
            /// The cube root; see [`cbrt`](mod@crate::math::cbrt).
            fn cbrt(self) -> T = cbrt::{cbrt_f32, cbrt_f64};
            /// `sqrt(self² + y²)`; see [`hypot`](mod@crate::math::hypot).
            fn hypot(self, y: T) -> T = hypot::{hypot, hypot} or loose_hypot::{hypot, hypot};
            /// `e` to the power `self`, less 1, accurate near zero; see [`exp`](mod@crate::math::exp).
            fn exp_m1(self) -> T = exp::{exp_m1_f32, exp_m1_f64} or loose_exp::{exp_m1, exp_m1};
            /// The natural logarithm of `1 + self`, accurate near zero; see [`log`](mod@crate::math::log).
            fn ln_1p(self) -> T = log::{ln_1p_f32, ln_1p_f64} or loose_log::{ln_1p, ln_1p};
            /// The hyperbolic sine; see [`hyperbolic`](mod@crate::math::hyperbolic).
            fn sinh(self) -> T = hyperbolic::{sinh_f32, sinh_f64} or loose_hyperbolic::{sinh, sinh};
            /// The hyperbolic cosine; see [`hyperbolic`](mod@crate::math::hyperbolic).
            fn cosh(self) -> T = hyperbolic::{cosh_f32, cosh_f64} or loose_hyperbolic::{cosh, cosh};
            /// The hyperbolic tangent; see [`hyperbolic`](mod@crate::math::hyperbolic).
            fn tanh(self) -> T = hyperbolic::{tanh_f32, tanh_f64} or loose_hyperbolic::{tanh_f32, tanh_f64};
            /// The inverse of the hyperbolic sine; see [`inverse_hyperbolic`](mod@crate::math::inverse_hyperbolic).
            fn asinh(self) -> T = inverse_hyperbolic::{asinh_f32, asinh};
            /// The inverse of the hyperbolic cosine; see [`inverse_hyperbolic`](mod@crate::math::inverse_hyperbolic).
            fn acosh(self) -> T = inverse_hyperbolic::{acosh_f32, acosh} or loose_log::{acosh, acosh};
            /// The inverse of the hyperbolic tangent; see [`inverse_hyperbolic`](mod@crate::math::inverse_hyperbolic).
            fn atanh(self) -> T = inverse_hyperbolic::{atanh_f32, atanh} or loose_log::{atanh_f32, atanh_f64};
        }
    };
}
pub(crate) use functions;

/// The rows of the functions that the standard library lacks, after those given: [`MathExt`] has
/// them as methods of scalars.
macro_rules! further_functions {
    ($emit:ident; $($rows:tt)*) => {
        $emit! {
            $($rows)*
            /// 10 to the power `self`; see [`exp`](mod@crate::math::exp).
            fn exp10(self) -> T = exp::{exp10_f32, exp10_f64} or loose_exp::{exp10_f32, exp10_f64};
            /// The error function; see [`erf`](mod@crate::math::erf).
            fn erf(self) -> T = erf::{erf_f32, erf_f64} or loose_erf::{erf_f32, erf_f64};
            /// The complementary error function, `1 - erf(self)`; see [`erf`](mod@crate::math::erf).
            fn erfc(self) -> T = erf::{erfc_f32, erfc_f64} or loose_erf::{erfc_f32, erfc_f64};
            /// The standard normal distribution function; see [`erf`](mod@crate::math::erf).
            fn norm_cdf(self) -> T = erf::{norm_cdf_f32, norm_cdf_f64} or loose_erf::{norm_cdf_f32, norm_cdf_f64};
            /// The inverse of the error function; see [`erfinv`](mod@crate::math::erfinv).
            fn erfinv(self) -> T = erfinv::{erfinv, erfinv};
            /// The inverse of the complementary error function; see [`erfinv`](mod@crate::math::erfinv).
            fn erfcinv(self) -> T = erfinv::{erfcinv, erfcinv};
            /// The standard normal distribution's quantile, the inverse of `norm_cdf`; see
            /// [`erfinv`](mod@crate::math::erfinv).
            fn norm_ppf(self) -> T = erfinv::{norm_ppf, norm_ppf};
            /// The gamma function; see [`gamma`](mod@crate::math::gamma).
            fn tgamma(self) -> T = gamma::{tgamma_f32, tgamma_f64};
            /// The natural logarithm of the gamma function's magnitude; see [`lgamma`](mod@crate::math::lgamma).
            fn lgamma(self) -> T = lgamma::{lgamma_f32, lgamma_f64};
            /// The logarithmic derivative of the gamma function; see [`digamma`](mod@crate::math::digamma).
            fn digamma(self) -> T = digamma::{digamma_f32, digamma_f64};
            /// `1 / (1 + e^-self)`; see [`logistic`](mod@crate::math::logistic).
            fn logistic(self) -> T = logistic::{logistic, logistic} or loose_exp::{logistic, logistic};
            /// `ln(1 + e^self)`; see [`logistic`](mod@crate::math::logistic).
            fn softplus(self) -> T = logistic::{softplus, softplus} or loose_exp::{softplus, softplus};
            /// `1 / sqrt(self)`; see [`rsqrt`](mod@crate::math::rsqrt).
            fn rsqrt(self) -> T = rsqrt::{rsqrt_f32, rsqrt_f64};
            /// `self - y` where that is positive, else 0; NaN if an operand is.
            fn fdim(self, y: T) -> T = float_methods::{fdim, fdim};
            /// The smaller number; the other operand where one is NaN.
            fn fmin(self, y: T) -> T = float_methods::{fmin, fmin};
            /// The larger number; the other operand where one is NaN.
            fn fmax(self, y: T) -> T = float_methods::{fmax, fmax};
            /// The next number from `self` towards `y`; `y` where both are equal, NaN if an operand is.
            fn nextafter(self, y: T) -> T = float_methods::{nextafter, nextafter};
            /// `self % y`: the remainder of the division that truncates, with the sign of `self`.
            fn fmod(self, y: T) -> T = rem::{fmod, fmod};
            /// The remainder of the division that rounds to the nearest integer, halves to even; a zero has the sign of
            /// `self`. NaN where `self` is infinite or `y` is zero.
            fn remainder(self, y: T) -> T = rem::{remainder, remainder};
            /// `self * 2^n`, rounded once; see [`exponent`](mod@crate::math::exponent).
            fn ldexp(self, n: i32) -> T = exponent::{ldexp, ldexp};
            /// `self` as a mantissa from 1/2 to 1 and an exponent; see [`exponent`](mod@crate::math::exponent).
            fn frexp(self) -> (T, i32) = exponent::{frexp, frexp};
            /// The exponent of `self` as a float; see [`exponent`](mod@crate::math::exponent).
            fn logb(self) -> T = exponent::{logb, logb};
            /// The exponent of `self` as an integer; see [`exponent`](mod@crate::math::exponent).
            fn ilogb(self) -> i32 = exponent::{ilogb, ilogb};
            /// The Bessel function of the first kind, of order 0; see [`bessel`](mod@crate::math::bessel).
            fn j0(self) -> T = bessel::{j0, j0};
            /// The Bessel function of the first kind, of order 1; see [`bessel`](mod@crate::math::bessel).
            fn j1(self) -> T = bessel::{j1, j1};
            /// The Bessel function of the second kind, of order 0; see [`bessel`](mod@crate::math::bessel).
            fn y0(self) -> T = bessel::{y0, y0};
            /// The Bessel function of the second kind, of order 1; see [`bessel`](mod@crate::math::bessel).
            fn y1(self) -> T = bessel::{y1, y1};
            /// The sine of `π self`; see [`sinpi`](mod@crate::math::sinpi).
            fn sinpi(self) -> T = sinpi::{sinpi, sinpi} or loose_sinpi::{sinpi, sinpi};
            /// The cosine of `π self`; see [`sinpi`](mod@crate::math::sinpi).
            fn cospi(self) -> T = sinpi::{cospi, cospi} or loose_sinpi::{cospi, cospi};
            /// The tangent of `π self`; see [`sinpi`](mod@crate::math::sinpi).
            fn tanpi(self) -> T = sinpi::{tanpi, tanpi} or loose_sinpi::{tanpi, tanpi};
        }
    };
}
pub(crate) use further_functions;

/// The lane type of one row's type.
macro_rules! lanes_of {
    (T, $float:ty) => { Vector<$float, S> };
    (i32, $float:ty) => { Vector<i32, S> };
    (bool, $float:ty) => { $crate::lanes::Mask<S> };
    (($a:tt, $b:tt), $float:ty) => { ($crate::math::lanes_of!($a, $float), $crate::math::lanes_of!($b, $float)) };
}
pub(crate) use lanes_of;

/// The call of a row's lane function: that of the format, and of the tier if there are two.
macro_rules! call {
    (f32, $tier:ident, $args:tt, $file:ident {$f32:ident, $f64:ident}) => {
        $file::$f32 $args
    };
    (f64, $tier:ident, $args:tt, $file:ident {$f32:ident, $f64:ident}) => {
        $file::$f64 $args
    };
    ($t:ident, $tier:ident, $args:tt, $file:ident $functions:tt or $loose_file:ident $loose:tt) => {
        if $tier::ULP == 4 {
            call!($t, $tier, $args, $loose_file $loose)
        } else {
            call!($t, $tier, $args, $file $functions)
        }
    };
}

/// Returns with what another library gives, if the crate is built for such libraries and one has the function.
macro_rules! vendor {
    ($name:ident, $tier:ident, $x:ident => T) => {
        #[cfg(all(any(feature = "sleef", feature = "svml"), target_arch = "x86_64"))]
        if let Some(result) = const { vendor::unary(stringify!($name)) }.call1::<_, $tier, S>($x) {
            return result;
        }
    };
    ($name:ident, $tier:ident, $x:ident, $y:ident: T => T) => {
        #[cfg(all(any(feature = "sleef", feature = "svml"), target_arch = "x86_64"))]
        if let Some(result) = const { vendor::binary(stringify!($name)) }.call2::<_, $tier, S>($x, $y) {
            return result;
        }
    };
    ($($other:tt)*) => {};
}

/// The trait, and its implementations from the lane functions that the rows name.
macro_rules! math_trait {
    ($(
        $(#[$doc:meta])*
        fn $name:ident(self $(, $arg:ident: $ty:tt)*) -> $ret:tt
            = $file:ident::$functions:tt $(or $loose_file:ident::$loose:tt)?;
    )*) => {
        /// A float type with math functions: `f32` and `f64`. Kernels call them as methods of
        /// [`Vector`], which have the names that the standard library gives them.
        pub trait Math: Float {$(
            $(#[$doc])*
            fn $name<U: Tier, S: Simd>(x: Vector<Self, S> $(, $arg: lanes_of!($ty, Self))*) -> lanes_of!($ret, Self);
        )*}

        impl Math for f32 {$(
            #[inline(always)]
            fn $name<U: Tier, S: Simd>(x: Vector<f32, S> $(, $arg: lanes_of!($ty, f32))*) -> lanes_of!($ret, f32) {
                vendor!($name, U, x $(, $arg: $ty)* => $ret);
                call!(f32, U, (x $(, $arg)*), $file $functions $(or $loose_file $loose)?)
            }
        )*}

        impl Math for f64 {$(
            #[inline(always)]
            fn $name<U: Tier, S: Simd>(x: Vector<f64, S> $(, $arg: lanes_of!($ty, f64))*) -> lanes_of!($ret, f64) {
                vendor!($name, U, x $(, $arg: $ty)* => $ret);
                call!(f64, U, (x $(, $arg)*), $file $functions $(or $loose_file $loose)?)
            }
        )*}
    };
}

functions!(math_trait);
