//! The hypotenuse within 4 ulp; see [`hypot`](super::hypot): the sum of the squares in one part.

use super::eft::fma;
use super::hypot::{self, Squares, any_unusual};
use crate::lanes::{Simd, Vector};

#[inline(always)]
pub(super) fn hypot<T: Squares, S: Simd>(x: Vector<T, S>, y: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return hypot::hypot(x, y);
    }
    let sum = fma(x, x, y * y);
    if !any_unusual(sum) {
        return sum.sqrt_usual();
    }
    // A normal sum's last bits are right, whatever a square below the normal numbers has lost.
    let normal = sum.lanes_ge(splat!(x, T::MIN_POSITIVE)) & sum.lanes_lt(splat!(x, T::INFINITY));
    Vector::select(normal, sum.sqrt(), hypot::hypot(x, y))
}
