//! [`View`]: an array that is read.

use std::marker::PhantomData;

use crate::lanes::{AsUsize, Cast, Element, Index, Mask, Simd, Vector};

use super::places::{All, Places};
use super::run::Run;

/// An array of `N` axes, borrowed for reads, whatever its strides.
pub struct View<'a, T, const N: usize> {
    places: Places<T, All, N>,
    elements: PhantomData<&'a T>,
}

impl<T, const N: usize> Clone for View<'_, T, N> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, const N: usize> Copy for View<'_, T, N> {}

// SAFETY: a view reads its elements and does nothing else, as a shared reference.
unsafe impl<T: Sync, const N: usize> Send for View<'_, T, N> {}
// SAFETY: as above.
unsafe impl<T: Sync, const N: usize> Sync for View<'_, T, N> {}

impl<'a, T: Element, const N: usize> View<'a, T, N> {
    /// Strides count elements.
    ///
    /// # Safety
    /// Every index below the extents is that of an element, which nothing writes for the view's lifetime.
    #[inline(always)]
    pub(crate) unsafe fn new(base: *const T, extents: [usize; N], strides: [isize; N]) -> Self {
        Self { places: Places { base: base.cast_mut(), extents, strides, limits: All }, elements: PhantomData }
    }

    /// The extents and the strides, which count elements.
    #[inline(always)]
    pub fn layout(&self) -> (&[usize], &[isize]) {
        (&self.places.extents, &self.places.strides)
    }

    /// The same elements along other axes, from the one that is `offset` elements behind the first on.
    ///
    /// # Safety
    /// Every index below the extents is that of an element of the view.
    #[inline(always)]
    pub(super) unsafe fn rearranged<const M: usize>(
        &self,
        offset: isize,
        extents: [usize; M],
        strides: [isize; M],
    ) -> View<'a, T, M> {
        // SAFETY: the caller vouches for the elements, whose lifetime is the same.
        unsafe { View::new(self.places.base.wrapping_offset(offset), extents, strides) }
    }

    /// Along the last axis, with the index 0 of all others.
    ///
    /// # Panics
    /// When another axis has no index, and this one has.
    #[inline(always)]
    pub(super) fn last_axis(&self) -> View<'a, T, 1> {
        let (extents, strides) = (self.places.extents, self.places.strides);
        assert!(extents[..N - 1].iter().all(|extent| *extent > 0) || extents[N - 1] == 0, "an axis without an index");
        // SAFETY: these are elements of the view, if there are any.
        unsafe { self.rearranged(0, [extents[N - 1]], [strides[N - 1]]) }
    }

    /// How many indices an axis has.
    ///
    /// # Panics
    /// When there is no such axis.
    #[inline(always)]
    pub fn extent(&self, axis: usize) -> usize {
        self.places.extents[axis]
    }

    /// The number of elements.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is no element.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at an index.
    ///
    /// # Panics
    /// When it is out of bounds, with Rust's message.
    #[track_caller]
    #[inline(always)]
    pub fn get(&self, index: [usize; N]) -> T {
        // SAFETY: the address is valid.
        unsafe { self.places.at(index).read() }
    }

    /// `count` elements that lie side by side: `index`, and those that follow along the axis. `None` if one is out of bounds, or
    /// the axis has another stride than 1; but always some if `count` is 0.
    ///
    /// # Panics
    /// When there is no such axis.
    #[inline(always)]
    pub fn run(&self, index: [usize; N], axis: usize, count: usize) -> Option<Run<'a, T>> {
        // SAFETY: so many elements are there for the view's lifetime, and nothing writes them.
        self.places.run(index, axis, count).map(|base| unsafe { Run::new(base, count) })
    }

    /// Neighbours along an axis: lane `l` holds the element at `index` with `l` added to that of the axis, wrapping. Lanes that
    /// are off read nothing and hold 0.
    ///
    /// # Panics
    /// When the index of a lane that is on is out of bounds, with Rust's message; when there is no such axis.
    #[track_caller]
    #[inline(always)]
    pub fn load<S: Simd>(&self, simd: S, index: [usize; N], axis: usize, mask: Mask<S>) -> Vector<T, S> {
        self.places.load(simd, index, axis, mask)
    }

    /// The element at an index of each lane's own. Lanes that are off read nothing and hold 0.
    ///
    /// # Panics
    /// When the index of a lane that is on is out of bounds, with Rust's message.
    #[track_caller]
    #[inline(always)]
    pub fn gather<S: Simd>(&self, mask: Mask<S>, index: [Vector<u64, S>; N]) -> Vector<T, S> {
        self.places.gather(mask, index)
    }
}

impl<T: Element> View<'_, T, 1> {
    /// [`gather`](View::gather) by indices of any integer type, each standing for `index as usize`.
    ///
    /// # Panics
    /// When the index of a lane that is on is out of bounds, with Rust's message.
    #[track_caller]
    #[inline(always)]
    pub fn gather_by<I: Index, S: Simd>(&self, mask: Mask<S>, index: Vector<I, S>) -> Vector<T, S> {
        self.places.gather_by(mask, index)
    }

    /// [`gather_by`](View::gather_by) with the index `value as usize`.
    ///
    /// # Panics
    /// When the index of a lane that is on is out of bounds, with Rust's message.
    #[track_caller]
    #[inline(always)]
    pub fn gather_as_usize<V: AsUsize + Cast<u64>, S: Simd>(&self, mask: Mask<S>, value: Vector<V, S>) -> Vector<T, S> {
        self.places.gather_as_usize(mask, value)
    }
}
