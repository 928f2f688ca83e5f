//! Sine and cosine.
//!
//! ## `sin`
//!
//! - Formula: `x = n π/2 + r`; by the quadrant `n mod 4`, `sin x` is `sin r`, `cos r`, `-sin r` or `-cos r`.
//! - Method: reduction by Cody and Waite, of huge arguments by Payne and Hanek; both functions of `r` by minimax
//!   polynomials, `r + r³ p(r²)` and `1 - r²/2 + r⁴ q(r²)` with the low part of `r`; a select by the quadrant.
//! - Domain: all numbers.
//! - Error: 0.885 ulp (`f32`; 0.89 without FMA), 0.88 ulp (`f64`).
//! - With `ulp = 4`: 2.12 ulp (`f32`), 3.52 ulp (`f64`); reduced by half turns, one polynomial.
//! - Special values: `sin ±0` is ±0; infinities and NaN give NaN.
//!
//! ## `cos`
//!
//! - Formula: that of `sin`, one quadrant later.
//! - Method: that of `sin`. `sin_cos` gives both for one reduction, with the bits that they have within 1 ulp.
//! - Domain: all numbers.
//! - Error: 0.885 ulp (`f32`), 0.87 ulp (`f64`; 0.89 without FMA).
//! - With `ulp = 4`: 2.12 ulp (`f32`), 3.61 ulp (`f64`); reduced by half turns, one polynomial.
//! - Special values: `cos ±0` is 1; infinities and NaN give NaN.

use super::eft::fma;
use super::float_methods::{Limits, flip_sign, sign_bit};
use super::reduce::{Angle, Reduced, reduce};
use crate::lanes::{Float, Int, Mask, Simd, Vector};

/// The polynomials of a format, in `z = r²` for `|r| <= π/4`.
pub(super) trait Circle: Angle {
    /// `(sin r - r) / r³`.
    fn sine<S: Simd>(z: Vector<Self, S>) -> Vector<Self, S>;
    /// `(cos r - 1 + r² / 2) / r⁴`.
    fn cosine<S: Simd>(z: Vector<Self, S>) -> Vector<Self, S>;
}

impl Circle for f64 {
    #[inline(always)]
    fn sine<S: Simd>(z: Vector<f64, S>) -> Vector<f64, S> {
        horner!(z;
            -0.16666666666666632, 0.008333333333322488, -0.00019841269829854998, 2.7557313705596196e-06,
            -2.5050759961515515e-08, 1.5896889928331175e-10)
    }

    #[inline(always)]
    fn cosine<S: Simd>(z: Vector<f64, S>) -> Vector<f64, S> {
        horner!(z;
            0.041666666666666644, -0.0013888888888881788, 2.4801587294242276e-05, -2.755731571202461e-07,
            2.087590537659411e-09, -1.1368918033905385e-11)
    }
}

impl Circle for f32 {
    #[inline(always)]
    fn sine<S: Simd>(z: Vector<f32, S>) -> Vector<f32, S> {
        horner!(z; -0.16666655, 0.008332187, -0.0001951779)
    }

    #[inline(always)]
    fn cosine<S: Simd>(z: Vector<f32, S>) -> Vector<f32, S> {
        horner!(z; 0.041666653, -0.0013887639, 2.4466734e-05)
    }
}

#[inline(always)]
pub(super) fn sin<T: Circle, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let reduced = reduce(x.float_abs());
    let turn = Turn::<T, S>::of(reduced.quadrant);
    flip_sign(Vector::select(turn.even, sine(&reduced), cosine(&reduced)), turn.sign ^ sign_bit(x))
}

#[inline(always)]
pub(super) fn cos<T: Circle, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let reduced = reduce(x.float_abs());
    let turn = Turn::<T, S>::of(next(reduced.quadrant));
    flip_sign(Vector::select(turn.even, sine(&reduced), cosine(&reduced)), turn.sign)
}

#[inline(always)]
pub(super) fn sin_cos<T: Circle, S: Simd>(x: Vector<T, S>) -> (Vector<T, S>, Vector<T, S>) {
    let reduced = reduce(x.float_abs());
    let (turn, after) = (Turn::<T, S>::of(reduced.quadrant), Turn::<T, S>::of(next(reduced.quadrant)));
    let (sine, cosine) = (sine(&reduced), cosine(&reduced));
    (
        flip_sign(Vector::select(turn.even, sine, cosine), turn.sign ^ sign_bit(x)),
        flip_sign(Vector::select(turn.even, cosine, sine), after.sign),
    )
}

/// What the quadrant does to the sine: in odd ones it is a cosine, in the third and fourth it is negative.
pub(super) struct Turn<T: Float, S: Simd> {
    pub(super) even: Mask<S>,
    pub(super) sign: Vector<T::Bits, S>,
}

impl<T: Limits, S: Simd> Turn<T, S> {
    #[inline(always)]
    pub(super) fn of(quadrant: Vector<T::Bits, S>) -> Self {
        // Bit 1 is the sign bit now, and bit 0 the highest of the exponent: a zero or ±2.
        let moved = Vector::<T, S>::from_bits(quadrant.shl_uniform(T::Bits::BITS - 2));
        Self { even: moved.lanes_eq(splat!(quadrant, T::ZERO)), sign: sign_bit(moved) }
    }
}

/// The quadrant after, as `cos x = sin (x + π/2)`.
#[inline(always)]
pub(super) fn next<B: Int, S: Simd>(quadrant: Vector<B, S>) -> Vector<B, S> {
    quadrant + splat!(quadrant, B::ONE)
}

/// `sin r`: the low part of `r` counts as it is, as `cos r` is near 1 where it matters.
#[inline(always)]
fn sine<T: Circle, S: Simd>(r: &Reduced<T, S>) -> Vector<T, S> {
    let z = r.hi * r.hi;
    r.hi + fma(r.hi * z, T::sine(z), r.lo)
}

/// `cos r = 1 + r (r (z q - 1/2) - r_lo)`: the innermost terms are small beside 1, so that their errors vanish.
#[inline(always)]
fn cosine<T: Circle, S: Simd>(r: &Reduced<T, S>) -> Vector<T, S> {
    let (one, half) = (splat!(r.hi, T::ONE), splat!(r.hi, T::HALF));
    let z = r.hi * r.hi;
    let q = T::cosine(z);
    if S::FMA {
        let p = fma(z, q, -half);
        return fma(r.hi, fma(r.hi, p, -r.lo), one);
    }
    // What rounding 1 - z/2 loses is added back with the small terms.
    let half_z = half * z;
    let sum = one - half_z;
    sum + (((one - sum) - half_z) + (z * (z * q) - r.hi * r.lo))
}
