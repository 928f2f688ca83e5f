//! Sine and cosine.

use super::eft::fma;
use super::float_methods::{flip_sign, sign_bit};
use super::reduce::{Angle, Reduced, is_odd, reduce};
use crate::lanes::{Int, Number, Simd, Vector};

/// The polynomials of a format, in `z = r²` for `|r| <= π/4`.
pub(crate) trait Circle: Angle {
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
    let value = Vector::select(is_odd(reduced.quadrant), cosine(&reduced), sine(&reduced));
    flip_sign(value, sign_of(reduced.quadrant) ^ sign_bit(x))
}

#[inline(always)]
pub(super) fn cos<T: Circle, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let reduced = reduce(x.float_abs());
    let value = Vector::select(is_odd(reduced.quadrant), sine(&reduced), cosine(&reduced));
    flip_sign(value, sign_of(next(reduced.quadrant)))
}

#[inline(always)]
pub(super) fn sin_cos<T: Circle, S: Simd>(x: Vector<T, S>) -> (Vector<T, S>, Vector<T, S>) {
    let reduced = reduce(x.float_abs());
    let (sine, cosine, odd) = (sine(&reduced), cosine(&reduced), is_odd(reduced.quadrant));
    (
        flip_sign(Vector::select(odd, cosine, sine), sign_of(reduced.quadrant) ^ sign_bit(x)),
        flip_sign(Vector::select(odd, sine, cosine), sign_of(next(reduced.quadrant))),
    )
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

/// The sign bit of the third and fourth quadrant: bit 1 of the number, moved to the top.
#[inline(always)]
fn sign_of<B: Int, S: Simd>(quadrant: Vector<B, S>) -> Vector<B, S> {
    quadrant.shl_uniform(B::BITS - 2) & splat!(quadrant, B::ONE).shl_uniform(B::BITS - 1)
}

/// The quadrant after, as `cos x = sin (x + π/2)`.
#[inline(always)]
fn next<B: Int, S: Simd>(quadrant: Vector<B, S>) -> Vector<B, S> {
    quadrant + splat!(quadrant, <B as Number>::ONE)
}
