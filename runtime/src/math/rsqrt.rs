//! The reciprocal of the square root.
//!
//! ## `rsqrt`
//!
//! - Formula: `1 / sqrt(x)`.
//! - Method: the square root and its reciprocal, corrected by what both roundings lost. For `f32` with FMA a number `y`
//!   of 10 bits, half of `-x` in the bits' exponents and mantissas; `e = x y² - 1` rounded once, and
//!   `y (1 + e)^(-1/2)` by a minimax polynomial.
//! - Domain: positive numbers, subnormal ones included.
//! - Error: 0.59 ulp (`f32`; 0.501 without FMA), 0.501 ulp (`f64`).
//! - Special values: `rsqrt(±0) = ±inf`, `rsqrt(+inf) = +0`; negative numbers and NaN give NaN.

use super::bits::Format;
use super::eft::{fma, residual};
use crate::lanes::{Simd, Vector};

/// A format with a range in which squares lose nothing.
pub(super) trait Reciprocal: Format {
    /// Below this the last bits of squares of square roots may be below the smallest number.
    const SMALL: Self;
    /// Above this the square root's upper half squared may be infinite.
    const LARGE: Self;
    /// The power of 4 that brings small numbers above, and its square root.
    const UP: (Self, Self);
    /// The power of 4 that brings large numbers below, and its square root.
    const DOWN: (Self, Self);
}

impl Reciprocal for f64 {
    const SMALL: f64 = f64::from_bits((1023 - 900) << 52);
    const LARGE: f64 = f64::from_bits((1023 + 1000) << 52);
    const UP: (f64, f64) = (f64::from_bits((1023 + 400) << 52), f64::from_bits((1023 + 200) << 52));
    const DOWN: (f64, f64) = (f64::from_bits((1023 - 400) << 52), f64::from_bits((1023 - 200) << 52));
}

impl Reciprocal for f32 {
    const SMALL: f32 = f32::from_bits((127 - 90) << 23);
    const LARGE: f32 = f32::from_bits((127 + 120) << 23);
    const UP: (f32, f32) = (f32::from_bits((127 + 80) << 23), f32::from_bits((127 + 40) << 23));
    const DOWN: (f32, f32) = (f32::from_bits((127 - 80) << 23), f32::from_bits((127 - 40) << 23));
}

/// What the bits of `x` and twice those of `1 / sqrt(x)` add up to, nearly, halved.
const BITS_F32: u32 = 0x5f37_5f00;
/// The bits of a number with a mantissa of 10 bits.
const SHORT_F32: u32 = u32::MAX << 14;
/// From here on `e` is not that of a positive normal number.
const USUAL_F32: f32 = 0.0695;

#[inline(always)]
pub(super) fn rsqrt_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return rsqrt(x);
    }
    let (root, e) = from_bits(x);
    let usual = e.float_abs().lanes_le(splat!(x, USUAL_F32));
    if usual.all() {
        return root;
    }
    let (zero, nan) = (splat!(x, 0.0), splat!(x, f32::NAN));
    let subnormal = from_bits(x * splat!(x, f32::UP.0)).0 * splat!(x, f32::UP.1);
    let infinity = splat!(x, f32::INFINITY);
    let special = Vector::select(x.lanes_eq(infinity), zero, nan);
    let special = Vector::select(x.lanes_eq(zero), Vector::from_bits(infinity.to_bits() | x.to_bits()), special);
    let special = Vector::select(x.lanes_gt(zero) & x.lanes_lt(infinity), subnormal, special);
    Vector::select(usual, root, special)
}

/// `1 / sqrt(x)` for positive normal numbers, and `e`, which is larger for others.
#[inline(always)]
fn from_bits<S: Simd>(x: Vector<f32, S>) -> (Vector<f32, S>, Vector<f32, S>) {
    let bits = splat!(x, BITS_F32) - x.to_bits().shr_uniform(1);
    let y = Vector::<f32, S>::from_bits(bits & splat!(x, SHORT_F32));
    // The square is exact, even where it is subnormal.
    let e = x.mul_add(y * y, splat!(x, -1.0));
    let p = horner!(e; -0.5, 0.37499833, -0.31249723, 0.27480918, -0.247671);
    ((y * e).mul_add(p, y), e)
}

#[inline(always)]
pub(super) fn rsqrt<T: Reciprocal, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let (small, large) = (splat!(x, T::SMALL), splat!(x, T::LARGE));
    if (x.lanes_ge(small) & x.lanes_le(large)).all() {
        return corrected(x);
    }
    let (one, infinity) = (splat!(x, T::ONE), splat!(x, T::INFINITY));
    let (up, down) = (x.lanes_lt(small), x.lanes_gt(large));
    let scaled = |factors: (T, T)| {
        let factor = Vector::select(down, splat!(x, factors.1), one);
        Vector::select(up, splat!(x, factors.0), factor)
    };
    let root = corrected(x * scaled((T::UP.0, T::DOWN.0))) * scaled((T::UP.1, T::DOWN.1));
    // Zeros, infinities, negative numbers and NaN: no sign of a NaN depends on the level.
    let positive = x.lanes_gt(splat!(x, T::ZERO)) & x.lanes_lt(infinity);
    let special = one / x.sqrt();
    let special = Vector::select(special.lanes_eq(special), special, splat!(x, T::NAN));
    Vector::select(positive, root, special)
}

/// `1 / sqrt(x)` for numbers that are not small.
#[inline(always)]
fn corrected<T: Reciprocal, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let one = splat!(x, T::ONE);
    let root = x.sqrt();
    let inverse = one / root;
    // 1 / sqrt(root² + rest) is 1 / root less rest / (2 root³).
    let rest = residual(root, root, x) * inverse;
    let less = rest * (inverse * splat!(x, T::HALF));
    fma(inverse, residual(root, inverse, one) - less, inverse)
}
