//! Sine, cosine and tangent within 4 ulp; see [`sin`](mod@super::sin) and [`tan`](mod@super::tan).
//!
//! Reduced by half turns, the sine needs one polynomial, and no select: `x = n π + r` with `|r| <= π/2`, and
//! `sin x = (-1)^n sin r`; for the cosine `x = (n - 1/2) π + r`, and `cos x = (-1)^n sin r`. The rest `r` is rounded to one
//! number, which is still accurate relatively where it has cancelled.

use super::eft::fma;
use super::float_methods::{flip_sign, sign_bit};
use super::reduce::{self, Angle};
use super::tan::Tangent;
use crate::lanes::{Int, Simd, Vector};

/// The polynomial of a format, in `z = r²` for `|r| <= π/2`.
pub(super) trait HalfCircle: Angle {
    /// 1/π.
    const FRAC_1_PI: Self;
    /// `(sin r - r) / r³`, such that the sine of π/2 comes out as 1.
    fn wide_sine<S: Simd>(z: Vector<Self, S>) -> Vector<Self, S>;
}

impl HalfCircle for f64 {
    const FRAC_1_PI: f64 = std::f64::consts::FRAC_1_PI;

    #[inline(always)]
    fn wide_sine<S: Simd>(z: Vector<f64, S>) -> Vector<f64, S> {
        horner!(z;
            -0.16666666666666233, 0.008333333333288753, -0.00019841269825807817, 2.7557316680892674e-06,
            -2.5051884572097773e-08, 1.6048206966213716e-10, -7.374455462367757e-13)
    }
}

impl HalfCircle for f32 {
    const FRAC_1_PI: f32 = std::f32::consts::FRAC_1_PI;

    #[inline(always)]
    fn wide_sine<S: Simd>(z: Vector<f32, S>) -> Vector<f32, S> {
        horner!(z; -0.1666666, 0.008333072, -0.00019810065, 2.6068074e-06)
    }
}

#[inline(always)]
pub(super) fn sin<T: HalfCircle + super::sin::Circle, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return super::sin::sin(x);
    }
    let (size, shifter) = (x.float_abs(), splat!(x, T::SHIFTER));
    let shifted = size.mul_add(splat!(x, T::FRAC_1_PI), shifter);
    let n = shifted - shifter;
    let result = flip_sign(sine(rest(size, n + n)), parity::<T, S>(shifted) ^ sign_bit(x));
    if !x.any_beyond(T::HUGE) {
        return result;
    }
    Vector::select(size.lanes_le(splat!(x, T::HUGE)), result, super::sin::sin(x))
}

#[inline(always)]
pub(super) fn cos<T: HalfCircle + super::sin::Circle, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return super::sin::cos(x);
    }
    let (shifter, half) = (splat!(x, T::SHIFTER), splat!(x, T::HALF));
    let size = x.float_abs();
    let shifted = size.mul_add(splat!(x, T::FRAC_1_PI), half) + shifter;
    let n = shifted - shifter;
    let result = flip_sign(sine(rest(size, n + n - splat!(x, T::ONE))), parity::<T, S>(shifted));
    if !x.any_beyond(T::HUGE) {
        return result;
    }
    Vector::select(size.lanes_le(splat!(x, T::HUGE)), result, super::sin::cos(x))
}

#[inline(always)]
pub(super) fn tan<T: Tangent, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let reduced = reduce::reduce(x.float_abs());
    let r = reduced.hi + reduced.lo;
    let one = splat!(r, T::ONE);
    let z = r * r;
    // r cot r, of which the quotient is the tangent, or in odd quadrants its reciprocal's.
    let d = fma(-z, T::cotangent(z), one);
    let parity = reduced.quadrant.shl_uniform(T::Bits::BITS - 1);
    let odd = T::is_negative(parity);
    let quotient = Vector::select(odd, d, r) / Vector::select(odd, r, d);
    flip_sign(quotient, parity ^ sign_bit(x))
}

/// `x - quarters π/2`, rounded: the difference from the first part is exact, and the others are subtracted from the
/// rounded rest, which is far larger than what they have been rounded by.
#[inline(always)]
fn rest<T: Angle, S: Simd>(x: Vector<T, S>, quarters: Vector<T, S>) -> Vector<T, S> {
    let [p1, p2, p3] = T::PARTS;
    let n = -quarters;
    let r = n.mul_add(splat!(x, p2), n.mul_add(splat!(x, p1), x));
    n.mul_add(splat!(x, p3), r)
}

/// `sin r`.
#[inline(always)]
pub(super) fn sine<T: HalfCircle, S: Simd>(r: Vector<T, S>) -> Vector<T, S> {
    let z = r * r;
    fma(r * z, T::wide_sine(z), r)
}

/// The sign bit where the integer in the low bits of `shifted` is odd.
#[inline(always)]
fn parity<T: HalfCircle, S: Simd>(shifted: Vector<T, S>) -> Vector<T::Bits, S> {
    shifted.to_bits().shl_uniform(T::Bits::BITS - 1)
}
