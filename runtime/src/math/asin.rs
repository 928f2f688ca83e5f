//! Arc sine and arc cosine.
//!
//! ## `asin`
//!
//! - Formula: for `|x| > 1/2`, `asin |x| = π/2 - 2 asin s` with `s = sqrt((1 - |x|) / 2)`.
//! - Method: `s + s³ p(s²)` for `s <= 1/2` by a minimax polynomial; what the square root and the subtraction lose is
//!   added back.
//! - Domain: -1 to 1.
//! - Error: 0.691 ulp (`f32`; 0.71 without FMA), 0.77 ulp (`f64`; 0.79 without FMA).
//! - With `ulp = 4`: 3.74 ulp (`f32`), 2.23 ulp (`f64`); without what the roundings lose.
//! - Special values: `asin ±0` is ±0; outside of the domain and for NaN NaN.
//!
//! ## `acos`
//!
//! - Formula: `acos x = π/2 - asin x`; for `|x| > 1/2`, `acos |x| = 2 asin s` with the `s` of `asin`, and
//!   `π - acos |x|` for negative `x`.
//! - Method: that of `asin`.
//! - Domain: -1 to 1.
//! - Error: 0.682 ulp (`f32`), 0.73 ulp (`f64`; 0.75 without FMA).
//! - With `ulp = 4`: 2.50 ulp (`f32`), 1.20 ulp (`f64`); without what the roundings lose.
//! - Special values: `acos 1` is +0; outside of the domain and for NaN NaN.

use super::atan::Arc;
use super::bits::copy_sign;
use super::eft::{fma, residual};
use super::float_methods::{flip_sign, is_sign_negative, sign_bit};
use crate::lanes::{Float, Mask, Simd, Vector};

/// The polynomial of a format.
pub(super) trait Chord: Arc {
    /// The bits from which half of the bits of a number are subtracted to give `1 / (2 sqrt x)`, within 4 %.
    const HALF_INVERSE_ROOT: Self::Bits;

    /// `(asin s - s) / s³` in `z = s²`, `|s| <= 1/2`.
    fn arc_sine<S: Simd>(z: Vector<Self, S>) -> Vector<Self, S>;
}

impl Chord for f64 {
    const HALF_INVERSE_ROOT: u64 = 0x5fd6_eb50_c7b5_37a9;

    #[inline(always)]
    fn arc_sine<S: Simd>(z: Vector<f64, S>) -> Vector<f64, S> {
        // Even and odd powers apart: the chain is half as long.
        let square = z * z;
        let even = horner!(square;
            0.16666666666665383, 0.04464285682355325, 0.022371753576760113, 0.013884605198434164, 0.006511019993783801,
            -0.016293436461038962);
        let odd = horner!(square;
            0.07500000000342938, 0.030381959328752983, 0.0173597703706472, 0.012173238162970288, 0.019573476863291445,
            0.03195855079408298);
        fma(odd, z, even)
    }
}

impl Chord for f32 {
    const HALF_INVERSE_ROOT: u32 = 0x5eb7_59df;

    #[inline(always)]
    fn arc_sine<S: Simd>(z: Vector<f32, S>) -> Vector<f32, S> {
        horner!(z; 0.16666754, 0.07495253, 0.04547591, 0.024152817, 0.042210504)
    }
}

/// `|x|` or, where that is large, `sqrt((1 - |x|) / 2)`, whose arc sine is half of the angle from π/2.
struct Half<T: Float, S: Simd> {
    large: Mask<S>,
    sine: Vector<T, S>,
    /// The arc sine less `sine`, and `offset` in the lanes where x is large.
    correction: Vector<T, S>,
}

impl<T: Chord, S: Simd> Half<T, S> {
    #[inline(always)]
    fn of(x: Vector<T, S>, offset: Vector<T, S>) -> Self {
        let (half, zero) = (splat!(x, T::HALF), splat!(x, T::ZERO));
        let size = x.float_abs();
        let large = size.lanes_gt(half);
        // Exact where it is needed, from 1/2 to 1. NaN beyond 1 by the root.
        let z = Vector::select(large, fma(size, -half, half), size * size);
        let root = z.sqrt();
        let sine = Vector::select(large, root, size);
        // What rounding the root has lost, of which a few bits are enough.
        let inverse = Vector::from_bits(splat!(x, T::HALF_INVERSE_ROOT) - z.to_bits().shr_uniform(1));
        let lost = fma(residual(root, root, z), inverse, offset);
        let lost = Vector::select(large, lost, zero);
        Self { large, sine, correction: fma(sine * z, T::arc_sine(z), lost) }
    }
}

#[inline(always)]
pub(super) fn asin<T: Chord, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let [right_angle, right_angle_lo] = [splat!(x, T::FRAC_PI_2[0]), splat!(x, T::FRAC_PI_2[1])];
    let minus_two = -(splat!(x, T::ONE) + splat!(x, T::ONE));
    // The low part of π/2 comes back in the last step.
    let Half { large, sine, correction } = Half::of(x, right_angle_lo * -splat!(x, T::HALF));
    // asin |x| = π/2 - 2 asin s: what rounding the first difference has lost is exact.
    let hi = fma(sine, minus_two, right_angle);
    let lo = fma(sine, minus_two, right_angle - hi);
    let complement = hi + fma(correction, minus_two, lo);
    copy_sign(Vector::select(large, complement, sine + correction), x)
}

#[inline(always)]
pub(super) fn acos<T: Chord, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let (one, zero) = (splat!(x, T::ONE), splat!(x, T::ZERO));
    let Half { large, sine, correction } = Half::of(x, zero);
    // π/2 - asin x, or 2 asin s, or π - 2 asin s.
    let factor = Vector::select(large, one + one, -one);
    let factor = flip_sign(factor, sign_bit(x));
    let far = Vector::select(is_sign_negative(x), splat!(x, T::PI), zero);
    let start = Vector::select(large, far, splat!(x, T::FRAC_PI_2[0]));
    let hi = fma(sine, factor, start);
    let lo = fma(sine, factor, start - hi);
    hi + fma(correction, factor, fma(start, splat!(x, T::LOW_PART), lo))
}
