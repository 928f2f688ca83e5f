//! The math functions, generic over the level, so that they are inlined into the loop that calls
//! them: constants hoist out of it, and the chains of several gangs overlap.
//!
//! Every function is within 1 ulp of the exact value on its whole domain, subnormal arguments and
//! results included, has the special values of C99's Annex F, and gives the same bits in every
//! lane and on every level with FMA. A module holds one family; its documentation gives each
//! function's formula, method, domain, largest error and special values. Near roots that no argument comes close
//! to, those of `lgamma` and `digamma` at negative numbers, the bound is an absolute one.
//!
//! The errors are the largest found with FMA, against 80-bit arithmetic: for `f32` over all arguments of
//! most functions of one argument, and else over 10^7 to 10^8 random ones, close where the method is at its
//! limits. Levels without FMA keep the bound of 1 ulp by other means where they must.
//!
//! `scripts/` holds the programs that made the polynomials' coefficients.

#[macro_use]
mod eft;
pub mod asin;
pub mod atan;
mod bits;
pub mod cbrt;
mod cells;
pub mod digamma;
pub mod erf;
mod erf_tables;
pub mod erfinv;
mod erfinv_tables;
pub mod exp;
pub mod exponent;
mod float_methods;
pub mod gamma;
mod gamma_tables;
pub mod hyperbolic;
pub mod hypot;
pub mod inverse_hyperbolic;
pub mod lgamma;
pub mod log;
pub mod logistic;
mod methods;
pub mod pow;
mod reduce;
mod reflection;
mod rem;
pub mod rsqrt;
mod scalar;
pub mod sin;
pub mod sinpi;
pub mod tan;

pub(crate) use self::rem::{div_euclid, rem, rem_euclid};
pub use self::scalar::MathExt;
use crate::lanes::{Float, Simd, Vector};

/// The table of the math functions, one row each: documentation, name, arguments beside `self`,
/// results, and the `f32` and `f64` lane functions behind them. `$emit` is the macro that gets the
/// rows. Types are `T` for the function's own float, `i32`, `bool` for a mask, and tuples of them.
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
            /// Whether a lane is NaN.
            fn is_nan(self) -> bool = float_methods::{is_nan, is_nan};
            /// Whether a lane is an infinity.
            fn is_infinite(self) -> bool = float_methods::{is_infinite, is_infinite};
            /// Whether a lane is neither an infinity nor NaN.
            fn is_finite(self) -> bool = float_methods::{is_finite, is_finite};
            /// Whether a lane is neither zero, subnormal, infinite nor NaN.
            fn is_normal(self) -> bool = float_methods::{is_normal, is_normal};
            /// Whether a lane is below the normal numbers but not zero.
            fn is_subnormal(self) -> bool = float_methods::{is_subnormal, is_subnormal};
            /// Whether the sign bit is on.
            fn is_sign_negative(self) -> bool = float_methods::{is_sign_negative, is_sign_negative};
            /// Whether the sign bit is off.
            fn is_sign_positive(self) -> bool = float_methods::{is_sign_positive, is_sign_positive};
            /// The sine; see [`sin`](crate::math::sin).
            fn sin(self) -> T = sin::{sin, sin};
            /// The cosine; see [`sin`](crate::math::sin).
            fn cos(self) -> T = sin::{cos, cos};
            /// The sine and the cosine; see [`sin`](crate::math::sin).
            fn sin_cos(self) -> (T, T) = sin::{sin_cos, sin_cos};
            /// The tangent; see [`tan`](crate::math::tan).
            fn tan(self) -> T = tan::{tan, tan};
            /// The arc sine; see [`asin`](crate::math::asin).
            fn asin(self) -> T = asin::{asin, asin};
            /// The arc cosine; see [`asin`](crate::math::asin).
            fn acos(self) -> T = asin::{acos, acos};
            /// The arc tangent; see [`atan`](crate::math::atan).
            fn atan(self) -> T = atan::{atan, atan};
            /// The angle of the point `(x, self)`; see [`atan`](crate::math::atan).
            fn atan2(self, x: T) -> T = atan::{atan2, atan2};
            /// `e` to the power `self`; see [`exp`](crate::math::exp).
            fn exp(self) -> T = exp::{exp_f32, exp_f64};
            /// 2 to the power `self`; see [`exp`](crate::math::exp).
            fn exp2(self) -> T = exp::{exp2_f32, exp2_f64};
            /// The natural logarithm; see [`log`](crate::math::log).
            fn ln(self) -> T = log::{ln_f32, ln_f64};
            /// The logarithm to base 2; see [`log`](crate::math::log).
            fn log2(self) -> T = log::{log2_f32, log2_f64};
            /// The logarithm to base 10; see [`log`](crate::math::log).
            fn log10(self) -> T = log::{log10_f32, log10_f64};
            /// The logarithm to a base, `self.ln() / base.ln()`; see [`log`](crate::math::log).
            fn log(self, base: T) -> T = log::{log_f32, log_f64};
            /// `self` to the power `y`; see [`pow`](crate::math::pow).
            fn powf(self, y: T) -> T = pow::{powf_f32, powf_f64};
            /// `self` to the power `n`, by the multiplications that the standard library makes; see
            /// [`pow`](crate::math::pow).
            fn powi(self, n: i32) -> T = pow::{powi, powi};
            /// The cube root; see [`cbrt`](crate::math::cbrt).
            fn cbrt(self) -> T = cbrt::{cbrt_f32, cbrt_f64};
            /// `sqrt(self² + y²)`; see [`hypot`](crate::math::hypot).
            fn hypot(self, y: T) -> T = hypot::{hypot_f32, hypot_f64};
            /// `e` to the power `self`, less 1, accurate near zero; see [`exp`](crate::math::exp).
            fn exp_m1(self) -> T = exp::{exp_m1_f32, exp_m1_f64};
            /// The natural logarithm of `1 + self`, accurate near zero; see [`log`](crate::math::log).
            fn ln_1p(self) -> T = log::{ln_1p_f32, ln_1p_f64};
            /// The hyperbolic sine; see [`hyperbolic`](crate::math::hyperbolic).
            fn sinh(self) -> T = hyperbolic::{sinh_f32, sinh_f64};
            /// The hyperbolic cosine; see [`hyperbolic`](crate::math::hyperbolic).
            fn cosh(self) -> T = hyperbolic::{cosh_f32, cosh_f64};
            /// The hyperbolic tangent; see [`hyperbolic`](crate::math::hyperbolic).
            fn tanh(self) -> T = hyperbolic::{tanh_f32, tanh_f64};
            /// The inverse of the hyperbolic sine; see [`inverse_hyperbolic`](crate::math::inverse_hyperbolic).
            fn asinh(self) -> T = inverse_hyperbolic::{asinh, asinh};
            /// The inverse of the hyperbolic cosine; see [`inverse_hyperbolic`](crate::math::inverse_hyperbolic).
            fn acosh(self) -> T = inverse_hyperbolic::{acosh, acosh};
            /// The inverse of the hyperbolic tangent; see [`inverse_hyperbolic`](crate::math::inverse_hyperbolic).
            fn atanh(self) -> T = inverse_hyperbolic::{atanh, atanh};
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
            /// 10 to the power `self`; see [`exp`](crate::math::exp).
            fn exp10(self) -> T = exp::{exp10_f32, exp10_f64};
            /// The error function; see [`erf`](crate::math::erf).
            fn erf(self) -> T = erf::{erf_f32, erf_f64};
            /// The complementary error function, `1 - erf(self)`; see [`erf`](crate::math::erf).
            fn erfc(self) -> T = erf::{erfc_f32, erfc_f64};
            /// The standard normal distribution function; see [`erf`](crate::math::erf).
            fn norm_cdf(self) -> T = erf::{norm_cdf_f32, norm_cdf_f64};
            /// The inverse of the error function; see [`erfinv`](crate::math::erfinv).
            fn erfinv(self) -> T = erfinv::{erfinv, erfinv};
            /// The inverse of the complementary error function; see [`erfinv`](crate::math::erfinv).
            fn erfcinv(self) -> T = erfinv::{erfcinv, erfcinv};
            /// The standard normal distribution's quantile, the inverse of `norm_cdf`; see
            /// [`erfinv`](crate::math::erfinv).
            fn norm_ppf(self) -> T = erfinv::{norm_ppf, norm_ppf};
            /// The gamma function; see [`gamma`](crate::math::gamma).
            fn tgamma(self) -> T = gamma::{tgamma_f32, tgamma_f64};
            /// The natural logarithm of the gamma function's magnitude; see [`lgamma`](crate::math::lgamma).
            fn lgamma(self) -> T = lgamma::{lgamma_f32, lgamma_f64};
            /// The logarithmic derivative of the gamma function; see [`digamma`](crate::math::digamma).
            fn digamma(self) -> T = digamma::{digamma_f32, digamma_f64};
            /// `1 / (1 + e^-self)`; see [`logistic`](crate::math::logistic).
            fn logistic(self) -> T = logistic::{logistic, logistic};
            /// `ln(1 + e^self)`; see [`logistic`](crate::math::logistic).
            fn softplus(self) -> T = logistic::{softplus, softplus};
            /// `1 / sqrt(self)`; see [`rsqrt`](crate::math::rsqrt).
            fn rsqrt(self) -> T = rsqrt::{rsqrt, rsqrt};
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
            /// `self * 2^n`, rounded once; see [`exponent`](crate::math::exponent).
            fn ldexp(self, n: i32) -> T = exponent::{ldexp, ldexp};
            /// `self` as a mantissa from 1/2 to 1 and an exponent; see [`exponent`](crate::math::exponent).
            fn frexp(self) -> (T, i32) = exponent::{frexp, frexp};
            /// The exponent of `self` as a float; see [`exponent`](crate::math::exponent).
            fn logb(self) -> T = exponent::{logb, logb};
            /// The exponent of `self` as an integer; see [`exponent`](crate::math::exponent).
            fn ilogb(self) -> i32 = exponent::{ilogb, ilogb};
            /// The sine of `π self`; see [`sinpi`](crate::math::sinpi).
            fn sinpi(self) -> T = sinpi::{sinpi, sinpi};
            /// The cosine of `π self`; see [`sinpi`](crate::math::sinpi).
            fn cospi(self) -> T = sinpi::{cospi, cospi};
            /// The tangent of `π self`; see [`sinpi`](crate::math::sinpi).
            fn tanpi(self) -> T = sinpi::{tanpi, tanpi};
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

/// The trait, and its implementations from the lane functions that the rows name.
macro_rules! math_trait {
    ($(
        $(#[$doc:meta])*
        fn $name:ident(self $(, $arg:ident: $ty:tt)*) -> $ret:tt = $file:ident::{$f32:ident, $f64:ident};
    )*) => {
        /// A float type with math functions: `f32` and `f64`. Kernels call them as methods of
        /// [`Vector`], which have the names that the standard library gives them.
        pub trait Math: Float {$(
            $(#[$doc])*
            fn $name<S: Simd>(x: Vector<Self, S> $(, $arg: lanes_of!($ty, Self))*) -> lanes_of!($ret, Self);
        )*}

        impl Math for f32 {$(
            #[inline(always)]
            fn $name<S: Simd>(x: Vector<f32, S> $(, $arg: lanes_of!($ty, f32))*) -> lanes_of!($ret, f32) {
                $file::$f32(x $(, $arg)*)
            }
        )*}

        impl Math for f64 {$(
            #[inline(always)]
            fn $name<S: Simd>(x: Vector<f64, S> $(, $arg: lanes_of!($ty, f64))*) -> lanes_of!($ret, f64) {
                $file::$f64(x $(, $arg)*)
            }
        )*}
    };
}

functions!(math_trait);
