//! `%` of floats: the remainder of the division that truncates, exact for all operands, as C's `fmod`.
//!
//! - Formula: `a - b trunc(a / b)`, with the sign of `a`.
//! - Method: `q = a / b` rounded. Below `2^p`, with the `p` bits of the format's precision, `trunc(q)` is the
//!   quotient or one more, so `a - trunc(q) b` is exact in one fused multiply-add, and adding `b` repairs the one
//!   more. From `2^p` on `a - q b` is exact too and at most half an ulp of `q` times `b`: long division,
//!   repeated until every quotient is below `2^p`, with multiples of `b` where the quotient would overflow.
//! - Domain: all operands. Error: none.
//! - Special values: NaN where `a` is infinite or NaN, `b` zero or NaN; `a` where `b` is infinite; a zero
//!   remainder has the sign of `a`.

use super::bits::copy_sign;
use super::float_methods::{Limits, flip_sign, sign_bit};
use crate::lanes::{Simd, Vector};

/// The powers of two that the long division needs.
pub(crate) trait Quotient: Limits {
    /// `2^p`: from here on every float is an even integer.
    const INTEGERS: Self;
    /// A power of two: the largest quotient of finite floats divided by its square is finite.
    const STEP: Self;
    /// The inverse of `STEP`.
    const STEP_DOWN: Self;
}

// The largest quotient is 2^1024 / 2^-1074 = 2^2098, in f32 2^128 / 2^-149 = 2^277.
impl Quotient for f64 {
    const INTEGERS: f64 = 9007199254740992.0;
    const STEP: f64 = f64::from_bits((1023 + 550) << 52);
    const STEP_DOWN: f64 = f64::from_bits((1023 - 550) << 52);
}

impl Quotient for f32 {
    const INTEGERS: f32 = 16777216.0;
    const STEP: f32 = f32::from_bits((127 + 75) << 23);
    const STEP_DOWN: f32 = f32::from_bits((127 - 75) << 23);
}

/// `a % b`; see the [module](self).
#[inline(always)]
pub(crate) fn rem<T: Quotient, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Vector<T, S> {
    let (dividend, divisor) = (a.float_abs(), b.float_abs());
    let (mut rest, mut quotient) = (dividend, dividend / divisor);
    // True for NaN too; the lanes that have no finite quotient leave the long division as they are.
    let long = !quotient.lanes_lt(splat!(a, T::INTEGERS));
    if long.any() {
        rest = long_division(dividend, divisor);
        quotient = rest / divisor;
    }
    let truncated = (-quotient.trunc()).mul_add(divisor, rest);
    let repaired = Vector::select(truncated.lanes_lt(splat!(a, T::ZERO)), truncated + divisor, truncated);
    // Where the divisor is infinite, 0 times it is NaN.
    copy_sign(Vector::select(dividend.lanes_lt(divisor), dividend, repaired), a)
}

/// A number congruent to `dividend` whose quotient by `divisor` is below `2^p` in magnitude; of either
/// sign. Lanes with an infinite or NaN quotient in the last step keep their dividend.
#[inline(always)]
fn long_division<T: Quotient, S: Simd>(dividend: Vector<T, S>, divisor: Vector<T, S>) -> Vector<T, S> {
    let (one, step, down) = (splat!(dividend, T::ONE), splat!(dividend, T::STEP), splat!(dividend, T::STEP_DOWN));
    // First by `divisor * STEP²`, then by `divisor * STEP`, then by the divisor, so that no quotient
    // overflows: after each, what is left is below `2^p` times what it was divided by.
    let rest = reduce(dividend, divisor * step, step, down);
    let rest = reduce(rest, divisor * step, one, one);
    reduce(rest, divisor, one, one)
}

/// `rest` reduced by multiples of `divisor * factor` until the quotient is below `2^p`; `inverse` is `1 / factor`.
#[inline(always)]
fn reduce<T: Quotient, S: Simd>(
    mut rest: Vector<T, S>,
    divisor: Vector<T, S>,
    factor: Vector<T, S>,
    inverse: Vector<T, S>,
) -> Vector<T, S> {
    // May overflow, but not in a lane that is active: there it is below `rest`.
    let multiple = divisor * factor;
    loop {
        let quotient = (rest * inverse) / divisor;
        let size = quotient.float_abs();
        let active = size.lanes_ge(splat!(size, T::INTEGERS)) & size.lanes_lt(splat!(size, T::INFINITY));
        if active.none() {
            return rest;
        }
        rest = Vector::select(active, (-quotient).mul_add(multiple, rest), rest);
    }
}

/// `a.div_euclid(b)`, as the standard library computes it.
#[inline(always)]
pub(crate) fn div_euclid<T: Quotient, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Vector<T, S> {
    let (zero, one) = (splat!(a, T::ZERO), splat!(a, T::ONE));
    let quotient = (a / b).trunc();
    let corrected = Vector::select(b.lanes_gt(zero), quotient - one, quotient + one);
    Vector::select(rem(a, b).lanes_lt(zero), corrected, quotient)
}

/// `a.rem_euclid(b)`, as the standard library computes it.
#[inline(always)]
pub(crate) fn rem_euclid<T: Quotient, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Vector<T, S> {
    let rest = rem(a, b);
    Vector::select(rest.lanes_lt(splat!(a, T::ZERO)), rest + b.float_abs(), rest)
}

/// The remainder of the division that rounds to the nearest integer, halves to even, exact for all operands, as C's
/// `remainder` and IEEE 754: from the one by `2 b`, which lies within `±2 b`, so that what is subtracted is `b` or `2 b`.
#[inline(always)]
pub(super) fn remainder<T: Quotient, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Vector<T, S> {
    let divisor = b.float_abs();
    // An infinite 2 b leaves a finite dividend as it is.
    let mut rest = rem(a.float_abs(), divisor + divisor);
    let more = (rest + rest).lanes_gt(divisor);
    rest = Vector::select(more, rest - divisor, rest);
    let more = more & (rest + rest).lanes_ge(divisor);
    rest = Vector::select(more, rest - divisor, rest);
    let rest = flip_sign(rest, sign_bit(a));
    Vector::select(rest.lanes_eq(rest), rest, splat!(a, T::NAN))
}

/// C's name for `a % b`.
#[inline(always)]
pub(super) fn fmod<T: Quotient, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Vector<T, S> {
    let rest = rem(a, b);
    Vector::select(rest.lanes_eq(rest), rest, splat!(a, T::NAN))
}
