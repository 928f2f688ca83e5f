//! What a varying value in a kernel can be, beside a [`Vector`]: tuples and arrays of such. [`Blend`] merges two of
//! them under a mask; [`Spread`] and [`IntoLanes`] make them from uniform values.

use std::mem::MaybeUninit;

use super::element::Element;
use super::simd::Simd;
use super::vector::{MAX_LANES, Mask, Vector};

/// A varying value: each lane of it can come from one of two.
#[diagnostic::on_unimplemented(
    message = "a kernel variable of type `{Self}` cannot differ from lane to lane",
    label = "only numbers, bools, and tuples and arrays of them have lanes"
)]
pub trait Blend<S: Simd>: Copy {
    /// `yes` where the mask is on, `no` elsewhere.
    fn blend(mask: Mask<S>, yes: Self, no: Self) -> Self;

    /// In each lane, the entry with that lane's index; any entry where there is none.
    #[inline(always)]
    fn pick<const N: usize>(array: &[Self; N], index: Vector<u32, S>) -> Self {
        let mut picked = array[0];
        for (k, entry) in array.iter().enumerate().skip(1) {
            let here = index.lanes_eq(Vector::splat(index.simd(), k as u32));
            picked = Self::blend(here, *entry, picked);
        }
        picked
    }
}

/// From here on reading an entry of an array through memory is faster than choosing among all.
const LONG: usize = 16;

impl<T: Element, S: Simd> Blend<S> for Vector<T, S> {
    #[inline(always)]
    fn blend(mask: Mask<S>, yes: Self, no: Self) -> Self {
        Self::select(mask, yes, no)
    }

    #[inline(always)]
    fn pick<const N: usize>(array: &[Self; N], index: Vector<u32, S>) -> Self {
        let simd = index.simd();
        if N <= LONG {
            let mut picked = array[0];
            for (k, entry) in array.iter().enumerate().skip(1) {
                picked = Self::select(index.lanes_eq(Vector::splat(simd, k as u32)), *entry, picked);
            }
            return picked;
        }
        let mut memory = [const { MaybeUninit::<[T; MAX_LANES]>::uninit() }; N];
        for (row, entry) in memory.iter_mut().zip(array) {
            // SAFETY: a row holds the widest gang.
            unsafe { entry.store(row.as_mut_ptr().cast()) };
        }
        // Lanes without an entry read the last one.
        let row = index.min(Vector::splat(simd, (N - 1) as u32));
        let place = row * Vector::splat(simd, MAX_LANES as u32) + Vector::from_fn(simd, |lane| lane as u32);
        // SAFETY: the vectors prove the level. Every row's first `S::LANES` values are written, and each lane's
        // place is the value of that lane in one of the rows.
        Vector(unsafe { T::gather32::<S>(memory.as_ptr().cast(), place.0, Mask::full(simd).0) })
    }
}

impl<A: Blend<S>, S: Simd, const N: usize> Blend<S> for [A; N] {
    #[inline(always)]
    fn blend(mask: Mask<S>, yes: Self, mut no: Self) -> Self {
        for (no, yes) in no.iter_mut().zip(yes) {
            *no = A::blend(mask, yes, *no);
        }
        no
    }
}

/// A uniform value that the lanes can have: the same in all of them.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` cannot be the same in all lanes",
    label = "only numbers, bools, and tuples and arrays of them have lanes"
)]
pub trait Spread<S: Simd> {
    /// The varying value.
    type Lanes;
    /// The value in every lane.
    fn spread(self, simd: S) -> Self::Lanes;
}

impl<T: Element, S: Simd> Spread<S> for T {
    type Lanes = Vector<T, S>;

    #[inline(always)]
    fn spread(self, simd: S) -> Vector<T, S> {
        Vector::splat(simd, self)
    }
}

impl<A: Spread<S>, S: Simd, const N: usize> Spread<S> for [A; N] {
    type Lanes = [A::Lanes; N];

    #[inline(always)]
    fn spread(self, simd: S) -> [A::Lanes; N] {
        self.map(
            #[inline(always)]
            |entry| entry.spread(simd),
        )
    }
}

macro_rules! tuples {
    ($($($a:ident $k:tt)*;)*) => {$(
        impl<S: Simd, $($a: Blend<S>),*> Blend<S> for ($($a,)*) {
            #[inline(always)]
            #[allow(unused_variables, clippy::unused_unit, reason = "the empty tuple")]
            fn blend(mask: Mask<S>, yes: Self, no: Self) -> Self {
                ($($a::blend(mask, yes.$k, no.$k),)*)
            }
        }

        impl<S: Simd, $($a: Spread<S>),*> Spread<S> for ($($a,)*) {
            type Lanes = ($($a::Lanes,)*);

            #[inline(always)]
            #[allow(unused_variables, clippy::unused_unit, reason = "the empty tuple")]
            fn spread(self, simd: S) -> Self::Lanes {
                ($(self.$k.spread(simd),)*)
            }
        }
    )*};
}

tuples! {
    ;
    A 0;
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
    A 0 B 1 C 2 D 3 E 4;
    A 0 B 1 C 2 D 3 E 4 F 5;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
}

/// A uniform or a varying value of type `T`, as lanes.
#[diagnostic::on_unimplemented(
    message = "the kernel expects `{T}` here, and `{Self}` is neither that nor lanes of it",
    label = "expected `{T}`",
    note = "kernels convert between number types with `as` only, as Rust does"
)]
pub trait IntoLanes<T: Element, S: Simd> {
    /// The value's lanes.
    fn into_lanes(self, simd: S) -> Vector<T, S>;
}

impl<T: Element, S: Simd> IntoLanes<T, S> for T {
    #[inline(always)]
    fn into_lanes(self, simd: S) -> Vector<T, S> {
        Vector::splat(simd, self)
    }
}

impl<T: Element, S: Simd> IntoLanes<T, S> for Vector<T, S> {
    #[inline(always)]
    fn into_lanes(self, _simd: S) -> Vector<T, S> {
        self
    }
}
