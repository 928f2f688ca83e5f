//! Arc sine, cosine and tangent within 4 ulp: those within 1 ulp, without what their roundings lose; see
//! [`asin`](mod@super::asin) and [`atan`](mod@super::atan).

use super::asin::Chord;
use super::atan::Center;
use super::bits::copy_sign;
use super::eft::fma;
use super::float_methods::{flip_sign, is_sign_negative, sign_bit};
use crate::lanes::{Float, Mask, Simd, Vector};

/// The polynomial of a format: in `f32` a shorter one.
pub(super) trait LooseChord: Chord {
    /// `(asin s - s) / s³` in `z = s²`, `|s| <= 1/2`.
    fn short_arc_sine<S: Simd>(z: Vector<Self, S>) -> Vector<Self, S>;
}

impl LooseChord for f64 {
    #[inline(always)]
    fn short_arc_sine<S: Simd>(z: Vector<f64, S>) -> Vector<f64, S> {
        f64::arc_sine(z)
    }
}

impl LooseChord for f32 {
    #[inline(always)]
    fn short_arc_sine<S: Simd>(z: Vector<f32, S>) -> Vector<f32, S> {
        horner!(z; 0.16665563, 0.07540941, 0.040006824, 0.050011568)
    }
}

/// `|x|` or, where that is large, `sqrt((1 - |x|) / 2)`; its arc sine, and where it is the root's.
struct Half<T: Float, S: Simd> {
    large: Mask<S>,
    angle: Vector<T, S>,
}

impl<T: LooseChord, S: Simd> Half<T, S> {
    #[inline(always)]
    fn of(x: Vector<T, S>) -> Self {
        let half = splat!(x, T::HALF);
        let size = x.float_abs();
        let large = size.lanes_gt(half);
        // Exact where it is needed, from 1/2 to 1. NaN beyond 1 by the root.
        let z = Vector::select(large, fma(size, -half, half), size * size);
        let sine = Vector::select(large, z.sqrt(), size);
        Self { large, angle: fma(sine * z, T::short_arc_sine(z), sine) }
    }
}

#[inline(always)]
pub(super) fn asin<T: LooseChord, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let Half { large, angle } = Half::of(x);
    let complement = splat!(x, T::FRAC_PI_2[0]) - (angle + angle);
    copy_sign(Vector::select(large, complement, angle), x)
}

#[inline(always)]
pub(super) fn acos<T: LooseChord, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    // π/2 - asin x, or 2 asin s, or π - 2 asin s.
    let Half { large, angle } = Half::of(x);
    let far = Vector::select(is_sign_negative(x), splat!(x, T::PI), splat!(x, T::ZERO));
    let start = Vector::select(large, far, splat!(x, T::FRAC_PI_2[0]));
    let signed = flip_sign(angle, sign_bit(x));
    start + Vector::select(large, signed + signed, -signed)
}

#[inline(always)]
pub(super) fn atan_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let one = splat!(x, 1.0);
    let size = x.float_abs();
    let large = size.lanes_gt(one);
    let t = Vector::select(large, one, size) / Vector::select(large, size, one);
    let z = t * t;
    let p = horner!(z;
        -0.33333167, 0.19994146, -0.14214265, 0.106791265, -0.07580917, 0.043556992, -0.016583024, 0.0029749894);
    let angle = fma(t * z, p, t);
    copy_sign(Vector::select(large, splat!(x, std::f32::consts::FRAC_PI_2) - angle, angle), x)
}

#[inline(always)]
pub(super) fn atan_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let one = splat!(x, 1.0);
    let Center { size, c, angle } = Center::of(x);
    let t = (size - c) / fma(size, c, one);
    let z = t * t;
    let p = horner!(z;
        -0.3333333333333332, 0.19999999999955154, -0.14285714261405608, 0.11111106194759482, -0.09090435709674424,
        0.07668843942658929, -0.0608478094928296);
    copy_sign(angle + fma(z * t, p, t), x)
}
