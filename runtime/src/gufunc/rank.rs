//! [`Rank`]: how many core axes a parameter has, and what its lane code sees of it.

use super::planes::{Lie, Place, Planes, PlanesMut};
use crate::array::{View, ViewMut};
use crate::lanes::{Element, Simd, Vector};

/// One value an operand: most functions have few, and what is moved is short.
pub(super) type PerCore<T> = crate::ufunc::Stack<T, 4>;

/// The most core axes of an operand.
pub(crate) const MAX_RANK: usize = 3;

/// The lengths and strides of an operand's core axes; strides count elements.
#[derive(Clone, Copy, Debug)]
pub struct Core {
    pub(super) extents: [usize; MAX_RANK],
    pub(super) strides: [isize; MAX_RANK],
}

impl Core {
    pub(super) const EMPTY: Self = Self { extents: [1; MAX_RANK], strides: [0; MAX_RANK] };

    fn extents<const N: usize>(&self) -> [usize; N] {
        *self.extents.first_chunk().expect("no rank is larger")
    }

    fn strides<const N: usize>(&self) -> [isize; N] {
        *self.strides.first_chunk().expect("no rank is larger")
    }
}

/// `N` core axes.
#[derive(Debug)]
pub enum Rank<const N: usize> {}

/// `N` core axes, some of which operands may lack.
#[derive(Debug)]
pub enum Flexible<const N: usize> {}

/// A parameter with so many core axes, in both ways of the lanes.
///
/// # Safety
/// What the functions return touches no more than they are given.
pub unsafe trait CoreRank {
    /// How many.
    const RANK: usize;
    /// An input, where lanes are inside one core.
    type View<'a, T: Element>;
    /// An output there.
    type ViewMut<'a, T: Element>;
    /// An input, where each lane has a core of its own.
    type Lanes<'a, T: Element, S: Simd, L: Lie<S>>;
    /// An output there.
    type LanesMut<'a, T: Element, S: Simd, L: Lie<S>>;

    /// # Safety
    /// The core's elements are there from `base` on, of type `T`, and nothing writes them for as long as the view is.
    unsafe fn view<'a, T: Element>(base: *mut u8, core: &Core) -> Self::View<'a, T>;

    /// # Safety
    /// The core's elements are there from `base` on, of type `T`, one place each, and nothing else has them for as long as the view is.
    unsafe fn view_mut<'a, T: Element>(base: *mut u8, core: &Core) -> Self::ViewMut<'a, T>;

    /// # Safety
    /// Those of all lanes are there, as the place says, and nothing writes them for as long as the planes are.
    unsafe fn lanes<'a, T: Element, S: Simd, L: Lie<S>>(
        simd: S,
        base: *mut u8,
        core: &Core,
        place: Place<L>,
    ) -> Self::Lanes<'a, T, S, L>;

    /// # Safety
    /// Those of all lanes are there, as the place says, and nothing else has them for as long as the planes are.
    unsafe fn lanes_mut<'a, T: Element, S: Simd, L: Lie<S>>(
        base: *mut u8,
        core: &Core,
        place: Place<L>,
    ) -> Self::LanesMut<'a, T, S, L>;
}

// A scalar is read before the function runs.
// SAFETY: the value is read from where it is.
unsafe impl CoreRank for Rank<0> {
    const RANK: usize = 0;
    type View<'a, T: Element> = T;
    type ViewMut<'a, T: Element> = ViewMut<'a, T, 0>;
    type Lanes<'a, T: Element, S: Simd, L: Lie<S>> = Vector<T, S>;
    type LanesMut<'a, T: Element, S: Simd, L: Lie<S>> = PlanesMut<'a, T, S, L, 0>;

    #[inline(always)]
    unsafe fn view<'a, T: Element>(base: *mut u8, _core: &Core) -> Self::View<'a, T> {
        // SAFETY: the caller vouches for the element.
        unsafe { base.cast::<T>().read() }
    }

    #[inline(always)]
    unsafe fn view_mut<'a, T: Element>(base: *mut u8, _core: &Core) -> ViewMut<'a, T, 0> {
        // SAFETY: the caller vouches for the element.
        unsafe { ViewMut::new(base.cast(), [], []) }
    }

    #[inline(always)]
    unsafe fn lanes<'a, T: Element, S: Simd, L: Lie<S>>(
        simd: S,
        base: *mut u8,
        _core: &Core,
        place: Place<L>,
    ) -> Self::Lanes<'a, T, S, L> {
        // SAFETY: the caller vouches for the lanes' elements.
        unsafe { place.lie.load(simd, base.cast::<T>().cast_const()) }
    }

    #[inline(always)]
    unsafe fn lanes_mut<'a, T: Element, S: Simd, L: Lie<S>>(
        base: *mut u8,
        _core: &Core,
        place: Place<L>,
    ) -> PlanesMut<'a, T, S, L, 0> {
        // SAFETY: the caller vouches for the lanes' elements.
        unsafe { PlanesMut::new(base.cast(), [], [], place) }
    }
}

macro_rules! ranks {
    ($($rank:ident<$n:literal>;)*) => {$(
        // SAFETY: the views have the core's extents and strides.
        unsafe impl CoreRank for $rank<$n> {
            const RANK: usize = $n;
            type View<'a, T: Element> = View<'a, T, $n>;
            type ViewMut<'a, T: Element> = ViewMut<'a, T, $n>;
            type Lanes<'a, T: Element, S: Simd, L: Lie<S>> = Planes<'a, T, S, L, $n>;
            type LanesMut<'a, T: Element, S: Simd, L: Lie<S>> = PlanesMut<'a, T, S, L, $n>;

            #[inline(always)]
            unsafe fn view<'a, T: Element>(base: *mut u8, core: &Core) -> View<'a, T, $n> {
                // SAFETY: the caller vouches for the elements.
                unsafe { View::new(base.cast::<T>().cast_const(), core.extents(), core.strides()) }
            }

            #[inline(always)]
            unsafe fn view_mut<'a, T: Element>(base: *mut u8, core: &Core) -> ViewMut<'a, T, $n> {
                // SAFETY: the caller vouches for the elements.
                unsafe { ViewMut::new(base.cast(), core.extents(), core.strides()) }
            }

            #[inline(always)]
            unsafe fn lanes<'a, T: Element, S: Simd, L: Lie<S>>(
                _simd: S,
                base: *mut u8,
                core: &Core,
                place: Place<L>,
            ) -> Planes<'a, T, S, L, $n> {
                // SAFETY: the caller vouches for the lanes' elements.
                unsafe { Planes::new(base.cast::<T>().cast_const(), core.extents(), core.strides(), place) }
            }

            #[inline(always)]
            unsafe fn lanes_mut<'a, T: Element, S: Simd, L: Lie<S>>(
                base: *mut u8,
                core: &Core,
                place: Place<L>,
            ) -> PlanesMut<'a, T, S, L, $n> {
                // SAFETY: the caller vouches for the lanes' elements.
                unsafe { PlanesMut::new(base.cast(), core.extents(), core.strides(), place) }
            }
        }
    )*};
}

ranks! {
    Rank<1>;
    Rank<2>;
    Rank<3>;
    Flexible<1>;
    Flexible<2>;
    Flexible<3>;
}
