//! Functions that are evaluated for one gang after the other, whole or by stages, where several are in flight: their
//! intermediate values fill the registers of a level that has sixteen.

use super::simd::{Registers, Simd};
use super::twice::{Pair, Twice};
use super::vector::Vector;
use crate::Level;

/// A function of so many numbers in lanes.
pub trait Function<const N: usize> {
    /// The results.
    fn of<S: Simd>(arguments: [Vector<f64, S>; N]) -> Vector<f64, S>;
}

/// A function of one number in lanes, in two stages: what is in flight between them is little.
pub trait Stages {
    /// What the first stage leaves to the second.
    type Middle<S: Simd>: Copy;

    /// The longer stage.
    fn first<S: Simd>(x: Vector<f64, S>) -> Self::Middle<S>;

    /// The results, from what the first stage left.
    fn second<S: Simd>(middle: Self::Middle<S>) -> Vector<f64, S>;
}

/// Gangs in flight, taken apart.
pub trait Apart: Registers {
    /// The function, with the lanes of its arguments in the same place.
    #[inline(always)]
    fn apart<F: Function<N>, const N: usize>(arguments: [Vector<f64, Self>; N]) -> Vector<f64, Self>
    where
        Self: Simd,
    {
        F::of(arguments)
    }

    /// The function, each stage for one gang after the other: while the chains of the second wait, the next gang's first
    /// stage is within what the processor looks ahead.
    #[inline(always)]
    fn staged<F: Stages>(x: Vector<f64, Self>) -> Vector<f64, Self>
    where
        Self: Simd,
    {
        F::second(F::first(x))
    }
}

#[cfg(target_arch = "x86_64")]
impl Apart for super::Avx512 {}
#[cfg(target_arch = "x86_64")]
impl Apart for super::Avx2 {}
#[cfg(target_arch = "x86_64")]
impl Apart for super::Sse2 {}
impl Apart for super::Scalar {}

impl<S: Simd> Apart for Twice<S> {
    #[inline(always)]
    fn apart<F: Function<N>, const N: usize>(arguments: [Vector<f64, Self>; N]) -> Vector<f64, Self> {
        // Where it was measured. AVX-512 has twice as many registers.
        if S::LEVEL != Level::Avx2 {
            return F::of(arguments);
        }
        let (mut lo, mut hi) = ([Vector(arguments[0].0.lo); N], [Vector(arguments[0].0.hi); N]);
        for i in 1..N {
            (lo[i], hi[i]) = (Vector(arguments[i].0.lo), Vector(arguments[i].0.hi));
        }
        Vector(Pair { lo: S::apart::<F, N>(lo).0, hi: S::apart::<F, N>(hi).0 })
    }

    #[inline(always)]
    fn staged<F: Stages>(x: Vector<f64, Self>) -> Vector<f64, Self> {
        if S::LEVEL != Level::Avx2 {
            return F::second(F::first(x));
        }
        let lo = F::first::<S>(Vector(x.0.lo));
        let hi = F::first::<S>(Vector(x.0.hi));
        Vector(Pair { lo: F::second(lo).0, hi: F::second(hi).0 })
    }
}
