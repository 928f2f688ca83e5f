//! The hypotenuse within 4 ulp; see [`hypot`](super::hypot): the sum of the squares in one part.

use super::eft::fma;
use super::hypot::{self, Squares, any_unusual};
use crate::lanes::{Simd, Vector};

/// A format with a largest finite number.
pub(super) trait Finite: Squares {
    /// The largest finite number.
    const MAX: Self;
}

impl Finite for f64 {
    const MAX: f64 = f64::MAX;
}

impl Finite for f32 {
    const MAX: f32 = f32::MAX;
}

#[inline(always)]
pub(super) fn hypot<T: Finite, S: Simd>(x: Vector<T, S>, y: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return hypot::hypot(x, y);
    }
    let sum = fma(x, x, y * y);
    if !any_unusual(sum) {
        return sum.sqrt_usual();
    }
    // A normal sum's last bits are right, whatever a square below the normal numbers has lost.
    let normal = sum.lanes_ge(splat!(x, T::MIN_POSITIVE)) & sum.lanes_le(splat!(x, T::MAX));
    Vector::select(normal, sum.sqrt(), hypot::hypot(x, y))
}
