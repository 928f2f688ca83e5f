//! The logistic function and its integral.
//!
//! ## `logistic`
//!
//! - Formula: `1 / (1 + e^-x)`.
//! - Method: `e = e^-|x|` in double-double; `1 / (1 + e)`, and for negative `x` `e / (1 + e)`, by one division whose
//!   remainder corrects it. Far from 0 that is 1 or `e^x`.
//! - Domain: all numbers; subnormal below -708.39 (`f32`: -87.33), 0 below -745.13 (-103.97).
//! - Error: 0.90 ulp (`f32`; 0.91 without FMA), 0.79 ulp (`f64`; 0.63 where the result is normal).
//! - With `ulp = 4`: 2.88 ulp (`f32`), 2.46 ulp (`f64`); `1 / (1 + e^-x)` in one part.
//! - Special values: `logistic(±0) = 1/2`, `logistic(-inf) = +0`, `logistic(+inf) = 1`, NaN gives NaN.
//!
//! ## `softplus`
//!
//! - Formula: `ln(1 + e^x)`.
//! - Method: `max(x, 0) + ln(1 + e^-|x|)`, the exponential in double-double, and all rounded once in effect. Far from 0
//!   that is `x` or `e^x`.
//! - Domain: all numbers; subnormal below -708.39 (`f32`: -87.33), 0 below -745.13 (-103.97).
//! - Error: 0.87 ulp (`f32`), 0.79 ulp (`f64`; 0.63 where the result is normal).
//! - With `ulp = 4`: 3.26 ulp (`f32`), 3.08 ulp (`f64`); both functions in one part, within 4 ulp themselves.
//! - Special values: `softplus(-inf) = +0`, `softplus(+inf) = +inf`, NaN gives NaN.

use super::bits::scale;
use super::cells::{Cells, plus_ln_sum};
use super::eft::{Dd, fast_two_sum, fma, residual};
use super::exp::{Eighths, Reduced, exp_f32, exp_f64};
use crate::lanes::{Simd, Vector};
use std::ops::Neg;

/// A format with an exponential of more than the format's precision.
pub(super) trait Sigmoid: Cells + Neg<Output = Self> {
    /// Up to here `e^-x` is surely normal, and from here on it does not count beside 1.
    const FAR: Self;
    /// From here on `e^-2x / 2` is all that `ln(1 + e^-x)` lacks to `e^-x`.
    const LONE: Self;

    /// `e^x` in double-double for `|x| <= FAR`.
    fn extended_exp<S: Simd>(x: Vector<Self, S>) -> Dd<Self, S>;
    /// The same, but wrong by up to a third of a unit of its first part where that makes it faster.
    #[inline(always)]
    fn fast_exp<S: Simd>(x: Vector<Self, S>) -> Dd<Self, S> {
        Self::extended_exp(x)
    }
    /// `e^x`.
    fn exp<S: Simd>(x: Vector<Self, S>) -> Vector<Self, S>;
}

impl Sigmoid for f64 {
    const FAR: f64 = 700.0;
    const LONE: f64 = 34.0;

    #[inline(always)]
    fn extended_exp<S: Simd>(x: Vector<f64, S>) -> Dd<f64, S> {
        Eighths::of_exp(x).extended()
    }

    #[inline(always)]
    fn exp<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
        exp_f64(x)
    }
}

impl Sigmoid for f32 {
    const FAR: f32 = 80.0;
    const LONE: f32 = 15.0;

    #[inline(always)]
    fn extended_exp<S: Simd>(x: Vector<f32, S>) -> Dd<f32, S> {
        let reduced = Reduced::of_f32(x);
        let less_one = reduced.exp_m1_f32();
        let one = splat!(x, 1.0);
        let sum = fast_two_sum(one, less_one.hi);
        // The second part is some hundredths of the first, as yet.
        let sum = fast_two_sum(sum.hi, sum.lo + less_one.lo);
        times_power(sum, reduced.shifted)
    }

    #[inline(always)]
    fn fast_exp<S: Simd>(x: Vector<f32, S>) -> Dd<f32, S> {
        let reduced = Reduced::of_f32(x);
        let r = reduced.r.hi;
        let q = estrin!(r; 0.5, 0.16666667, 0.041666508, 0.008333178, 0.0013930949, 0.00019971267);
        times_power(fast_two_sum(splat!(x, 1.0), r + fma(r * r, q, reduced.r.lo)), reduced.shifted)
    }

    #[inline(always)]
    fn exp<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
        exp_f32(x)
    }
}

/// `x * 2^n` where `shifted` is `n + SHIFTER`.
#[inline(always)]
fn times_power<S: Simd>(x: Dd<f32, S>, shifted: Vector<f32, S>) -> Dd<f32, S> {
    let power = scale(splat!(shifted, 1.0), shifted);
    Dd { hi: power * x.hi, lo: power * x.lo }
}

#[inline(always)]
pub(super) fn logistic<T: Sigmoid, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let (zero, one) = (splat!(x, T::ZERO), splat!(x, T::ONE));
    let e = T::fast_exp(-x.float_abs());
    let negative = x.lanes_lt(zero);
    let numerator = Dd { hi: Vector::select(negative, e.hi, one), lo: Vector::select(negative, e.lo, zero) };
    let sum = fast_two_sum(one, e.hi);
    let inverse = one / sum.hi;
    let quotient = numerator.hi * inverse;
    // What is left of the numerator.
    let rest = residual(quotient, sum.hi, numerator.hi) + numerator.lo;
    let rest = fma(-quotient, sum.lo + e.lo, rest);
    let result = fma(rest, inverse, quotient);
    if !x.any_beyond(T::FAR) {
        return result;
    }
    far(x, result, T::exp(Vector::select(x.lanes_gt(zero), zero, x)))
}

#[inline(always)]
pub(super) fn softplus<T: Sigmoid, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let zero = splat!(x, T::ZERO);
    let e = T::extended_exp(-x.float_abs());
    let sum = fast_two_sum(splat!(x, T::ONE), e.hi);
    let term = Vector::select(x.lanes_gt(zero), x, zero);
    let result = plus_ln_sum(term, Dd { hi: sum.hi, lo: sum.lo + e.lo });
    if !x.any_beyond(T::LONE) {
        return result;
    }
    // The low part of e would get lost beside the other numbers.
    let square = e.hi * e.hi;
    let lone = e.hi + (e.lo - square * splat!(x, T::HALF));
    let result = Vector::select(x.lanes_lt(splat!(x, -T::LONE)), lone, result);
    if !x.any_beyond(T::FAR) {
        return result;
    }
    far(x, result, Vector::select(x.lanes_gt(zero), x, T::exp(x)))
}

/// `result`, but `value` where the argument is far from 0, or NaN.
#[inline(always)]
fn far<T: Sigmoid, S: Simd>(x: Vector<T, S>, result: Vector<T, S>, value: Vector<T, S>) -> Vector<T, S> {
    Vector::select(x.float_abs().lanes_le(splat!(x, T::FAR)), result, value)
}
