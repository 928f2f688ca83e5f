//! The hypotenuse within 4 ulp; see [`hypot`](super::hypot): the sum of the squares in one part.

use super::bits::Format;
use super::eft::fma;
use super::hypot::{hypot_f32, hypot_f64};
use crate::lanes::{Simd, Vector};

/// A format with the function within 1 ulp.
pub(super) trait Strict: Format {
    /// The largest finite number.
    const MAX: Self;

    /// The hypotenuse within 1 ulp.
    fn strict<S: Simd>(x: Vector<Self, S>, y: Vector<Self, S>) -> Vector<Self, S>;
}

impl Strict for f64 {
    const MAX: f64 = f64::MAX;

    #[inline(always)]
    fn strict<S: Simd>(x: Vector<f64, S>, y: Vector<f64, S>) -> Vector<f64, S> {
        hypot_f64(x, y)
    }
}

impl Strict for f32 {
    const MAX: f32 = f32::MAX;

    #[inline(always)]
    fn strict<S: Simd>(x: Vector<f32, S>, y: Vector<f32, S>) -> Vector<f32, S> {
        hypot_f32(x, y)
    }
}

#[inline(always)]
pub(super) fn hypot<T: Strict, S: Simd>(x: Vector<T, S>, y: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return T::strict(x, y);
    }
    let sum = fma(x, x, y * y);
    let result = sum.sqrt();
    // A normal sum's last bits are right, whatever a square below the normal numbers has lost.
    let usual = sum.lanes_ge(splat!(x, T::MIN_POSITIVE)) & sum.lanes_le(splat!(x, T::MAX));
    if usual.all() { result } else { Vector::select(usual, result, T::strict(x, y)) }
}
