//! `<<` and `>>` with a count per lane, of any integer type.

use std::ops::{Shl, Shr};

use super::cast::Cast;
use super::element::Int;
use super::simd::Simd;
use super::vector::Vector;

/// `self << (count % BITS)` lane by lane, as Rust shifts in a release build.
impl<T: Int, U: Int + Cast<T>, S: Simd> Shl<Vector<U, S>> for Vector<T, S> {
    type Output = Self;

    // BITS divides every power of two above it, so the low bits of the count suffice.
    #[inline(always)]
    fn shl(self, count: Vector<U, S>) -> Self {
        self.shl_lanes(count.cast::<T>())
    }
}

/// `self >> (count % BITS)` lane by lane, as Rust shifts in a release build.
impl<T: Int, U: Int + Cast<T>, S: Simd> Shr<Vector<U, S>> for Vector<T, S> {
    type Output = Self;

    #[inline(always)]
    fn shr(self, count: Vector<U, S>) -> Self {
        self.shr_lanes(count.cast::<T>())
    }
}
