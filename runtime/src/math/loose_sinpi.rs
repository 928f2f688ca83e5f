//! Sine, cosine and tangent of half turns within 4 ulp; see [`sinpi`](super::sinpi).
//!
//! Reduced by half turns, the sine needs one polynomial, that of `loose_sin`, and no select. `x = n + r` with `|r| <= 1/2`,
//! and `sin(π x) = (-1)^n sin(π r)`; for the cosine `x = n - 1/2 + r`, and `cos(π x) = (-1)^n sin(π r)`.

use super::eft::fma;
use super::float_methods::{flip_sign, sign_bit};
use super::loose_sin::{HalfCircle, sine};
use super::sinpi::{self, HalfTurns};
use crate::lanes::{Int, Simd, Vector};

#[inline(always)]
pub(super) fn sinpi<T: HalfTurns + HalfCircle, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return sinpi::sinpi(x);
    }
    let (size, shifter) = (sinpi::near(x), splat!(x, T::SHIFTER));
    let shifted = size + shifter;
    // No zero may have a sign but that of the argument.
    flip_sign(signed_sine(size - (shifted - shifter), shifted), sign_bit(x))
}

#[inline(always)]
pub(super) fn cospi<T: HalfTurns + HalfCircle, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return sinpi::cospi(x);
    }
    let (size, shifter, half) = (sinpi::near(x), splat!(x, T::SHIFTER), splat!(x, T::HALF));
    let shifted = (size + half) + shifter;
    signed_sine(size - ((shifted - shifter) - half), shifted)
}

/// `sin(π r)`, negative where the integer in the low bits of `shifted` is odd, and no negative zero.
#[inline(always)]
fn signed_sine<T: HalfTurns + HalfCircle, S: Simd>(r: Vector<T, S>, shifted: Vector<T, S>) -> Vector<T, S> {
    let sine = sine(r * splat!(r, T::PI.0));
    flip_sign(sine, shifted.to_bits().shl_uniform(T::Bits::BITS - 1)) + splat!(r, T::ZERO)
}

#[inline(always)]
pub(super) fn tanpi<T: HalfTurns, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return sinpi::tanpi(x);
    }
    let (quadrant, r) = sinpi::reduce(x);
    let odd = quadrant.shl_uniform(T::Bits::BITS - 1);
    let is_odd = T::is_negative(odd);
    let angle = r * splat!(r, T::PI.0);
    let z = angle * angle;
    // r cot r, of which the quotient is the tangent, or in odd quadrants its reciprocal's.
    let d = fma(-z, T::cotangent(z), splat!(r, T::ONE));
    let quotient = Vector::select(is_odd, d, angle) / Vector::select(is_odd, angle, d);
    sinpi::finish_tangent(x, quadrant, r, flip_sign(quotient, odd))
}
