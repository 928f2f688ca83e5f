//! The methods of floats that are exact, or rounded once: the bits that the standard library gives.

use super::bits::Format;
use crate::lanes::{Mask, Number, Simd, Vector};

/// The constants of a format that these methods need.
pub(crate) trait Limits: Format {
    /// What `to_degrees` multiplies by: 180/π, in `f64` as the quotient of rounded numbers.
    const DEGREES: Self;
    /// What `to_radians` multiplies by: the quotient π/180 of rounded numbers.
    const RADIANS: Self;

    /// Whether the sign bit is on: the bits as a signed integer are negative.
    fn is_negative<S: Simd>(bits: Vector<Self::Bits, S>) -> Mask<S>;
}

impl Limits for f64 {
    const DEGREES: f64 = 180.0 / std::f64::consts::PI;
    const RADIANS: f64 = std::f64::consts::PI / 180.0;

    #[inline(always)]
    fn is_negative<S: Simd>(bits: Vector<u64, S>) -> Mask<S> {
        bits.cast::<i64>().lanes_lt(splat!(bits, 0))
    }
}

impl Limits for f32 {
    const DEGREES: f32 = 57.295_78;
    const RADIANS: f32 = std::f32::consts::PI / 180.0;

    #[inline(always)]
    fn is_negative<S: Simd>(bits: Vector<u32, S>) -> Mask<S> {
        bits.cast::<i32>().lanes_lt(splat!(bits, 0))
    }
}

/// The sign bit of each lane, the other bits zero.
#[inline(always)]
pub(super) fn sign_bit<T: Limits, S: Simd>(x: Vector<T, S>) -> Vector<T::Bits, S> {
    x.to_bits() & splat!(x, T::SIGN)
}

/// `x` with its sign flipped where `sign` has its sign bit on.
#[inline(always)]
pub(super) fn flip_sign<T: Limits, S: Simd>(x: Vector<T, S>, sign: Vector<T::Bits, S>) -> Vector<T, S> {
    Vector::from_bits(x.to_bits() ^ sign)
}

/// The magnitude of `x` with the sign of `sign`.
#[inline(always)]
pub(super) fn copysign<T: Limits, S: Simd>(x: Vector<T, S>, sign: Vector<T, S>) -> Vector<T, S> {
    Vector::from_bits(x.float_abs().to_bits() | sign_bit(sign))
}

/// The nearest integer, halves away from zero: the fraction `x - trunc(x)` is exact.
#[inline(always)]
pub(super) fn round<T: Limits, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let integer = x.trunc();
    let half = (x - integer).float_abs().lanes_ge(splat!(x, T::HALF));
    Vector::select(half, integer + copysign(splat!(x, T::ONE), x), integer)
}

/// `x - trunc(x)`.
#[inline(always)]
pub(super) fn fract<T: Limits, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    x - x.trunc()
}

/// `1 / x`.
#[inline(always)]
pub(super) fn recip<T: Limits, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    splat!(x, T::ONE) / x
}

/// Radians to degrees.
#[inline(always)]
pub(super) fn to_degrees<T: Limits, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    x * splat!(x, T::DEGREES)
}

/// Degrees to radians.
#[inline(always)]
pub(super) fn to_radians<T: Limits, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    x * splat!(x, T::RADIANS)
}

/// Whether a lane is NaN.
#[inline(always)]
pub(super) fn is_nan<T: Limits, S: Simd>(x: Vector<T, S>) -> Mask<S> {
    x.lanes_ne(x)
}

/// Whether a lane is an infinity.
#[inline(always)]
pub(super) fn is_infinite<T: Limits, S: Simd>(x: Vector<T, S>) -> Mask<S> {
    x.float_abs().lanes_eq(splat!(x, T::INFINITY))
}

/// Whether a lane is neither an infinity nor NaN.
#[inline(always)]
pub(super) fn is_finite<T: Limits, S: Simd>(x: Vector<T, S>) -> Mask<S> {
    x.float_abs().lanes_lt(splat!(x, T::INFINITY))
}

/// Whether a lane is neither zero, subnormal, infinite nor NaN.
#[inline(always)]
pub(super) fn is_normal<T: Limits, S: Simd>(x: Vector<T, S>) -> Mask<S> {
    x.float_abs().lanes_ge(splat!(x, T::MIN_POSITIVE)) & is_finite(x)
}

/// Whether a lane is below the normal numbers but not zero.
#[inline(always)]
pub(super) fn is_subnormal<T: Limits, S: Simd>(x: Vector<T, S>) -> Mask<S> {
    x.float_abs().lanes_lt(splat!(x, T::MIN_POSITIVE)) & x.lanes_ne(splat!(x, T::ZERO))
}

/// Whether the sign bit is on.
#[inline(always)]
pub(super) fn is_sign_negative<T: Limits, S: Simd>(x: Vector<T, S>) -> Mask<S> {
    T::is_negative(x.to_bits())
}

/// Whether the sign bit is off.
#[inline(always)]
pub(super) fn is_sign_positive<T: Limits, S: Simd>(x: Vector<T, S>) -> Mask<S> {
    !is_sign_negative(x)
}

/// `x - y` where that is positive, else +0.
#[inline(always)]
pub(super) fn fdim<T: Limits, S: Simd>(x: Vector<T, S>, y: Vector<T, S>) -> Vector<T, S> {
    let difference = Vector::select(x.lanes_le(y), splat!(x, T::ZERO), x - y);
    // Which of two NaN a subtraction gives is not the same everywhere.
    Vector::select(difference.lanes_eq(difference), difference, splat!(x, T::NAN))
}

/// The smaller number, or the other operand where one is NaN.
#[inline(always)]
pub(super) fn fmin<T: Limits, S: Simd>(x: Vector<T, S>, y: Vector<T, S>) -> Vector<T, S> {
    x.min(y)
}

/// The larger number, or the other operand where one is NaN.
#[inline(always)]
pub(super) fn fmax<T: Limits, S: Simd>(x: Vector<T, S>, y: Vector<T, S>) -> Vector<T, S> {
    x.max(y)
}

/// The next number from `x` towards `y`: the neighbour's bits are one more where it is farther from 0, else one less.
#[inline(always)]
pub(super) fn nextafter<T: Limits, S: Simd>(x: Vector<T, S>, y: Vector<T, S>) -> Vector<T, S> {
    let bits = x.to_bits();
    let one = splat!(x, T::Bits::ONE);
    let outwards = is_sign_negative(x).lanes_eq(y.lanes_lt(x));
    let neighbour = Vector::from_bits(Vector::select(outwards, bits + one, bits - one));
    let smallest = Vector::from_bits(one | sign_bit(y));
    let neighbour = Vector::select(x.lanes_eq(splat!(x, T::ZERO)), smallest, neighbour);
    let numbers = x.lanes_eq(x) & y.lanes_eq(y);
    Vector::select(numbers, Vector::select(x.lanes_eq(y), y, neighbour), splat!(x, T::NAN))
}
