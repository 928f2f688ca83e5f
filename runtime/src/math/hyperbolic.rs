//! Hyperbolic functions.

use super::bits::{Format, copy_sign, scale};
use super::eft::{Dd, fast_two_sum, fma, residual};
use super::exp::Reduced;
use crate::lanes::{Simd, Vector};

#[inline(always)]
pub(super) fn tanh_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let twice = tanh_argument(x, 44.0);
    let reduced = Reduced::of_f64(twice);
    copy_sign(tanh(reduced.exp_m1_f64(), reduced.shifted), x)
}

#[inline(always)]
pub(super) fn tanh_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let twice = tanh_argument(x, 20.0);
    let reduced = Reduced::of_f32(twice);
    copy_sign(tanh(reduced.exp_m1_f32(), reduced.shifted), x)
}

/// `|2x|`, but no more than `limit`, from where the result is 1. NaN stays.
#[inline(always)]
fn tanh_argument<T: Format, S: Simd>(x: Vector<T, S>, limit: T) -> Vector<T, S> {
    let twice = (x + x).float_abs();
    let limit = splat!(x, limit);
    Vector::select(twice.lanes_gt(limit), limit, twice)
}

/// `(e - 1) / (e + 1)` for `e = 2^n (1 + p)`, in double-double up to the last operation.
#[inline(always)]
fn tanh<T: Format, S: Simd>(p: Dd<T, S>, shifted: Vector<T, S>) -> Vector<T, S> {
    let one = splat!(shifted, T::ONE);
    let power = scale(one, shifted);
    let e = fast_two_sum(power, power * p.hi);
    let e_lo = fma(power, p.lo, e.lo);
    let numerator = fast_two_sum(e.hi, -one);
    let denominator = fast_two_sum(e.hi, one);
    let inverse = one / denominator.hi;
    let quotient = numerator.hi * inverse;
    // What the quotient lacks, from what is left of the numerator.
    let rest = residual(quotient, denominator.hi, numerator.hi) + (numerator.lo + e_lo);
    let rest = fma(-quotient, denominator.lo + e_lo, rest);
    fma(rest, inverse, quotient)
}
