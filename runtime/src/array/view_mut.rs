//! [`ViewMut`]: an array that is read and written.

use std::marker::PhantomData;

use crate::lanes::{AsUsize, Cast, Element, Index, Mask, Simd, Vector};

use super::places::{Only, Places};
use super::run::{Run, RunMut};
use super::view::View;

/// An array of `N` axes, borrowed for reads and writes, whatever its strides. It reads and writes through `&self`, as a
/// [`Cell`](std::cell::Cell) does, and is like it not [`Sync`].
///
/// In a parallel loop each part has a view of its own, which may touch the part's indices alone; [`extent`](ViewMut::extent)
/// stays that of the whole array.
pub struct ViewMut<'a, T, const N: usize> {
    places: Places<T, Only<N>, N>,
    elements: PhantomData<&'a mut T>,
}

// SAFETY: a view is the only one that may touch its elements, as a mutable reference; it is sent with all that it may.
unsafe impl<T: Send, const N: usize> Send for ViewMut<'_, T, N> {}

impl<'a, T: Element, const N: usize> ViewMut<'a, T, N> {
    /// Strides count elements.
    ///
    /// # Safety
    /// Every index below the extents is that of an element of its own, which nothing else reads or writes for the view's lifetime.
    #[inline(always)]
    pub(crate) unsafe fn new(base: *mut T, extents: [usize; N], strides: [isize; N]) -> Self {
        let limits = Only { first: [0; N], count: extents };
        Self { places: Places { base, extents, strides, limits }, elements: PhantomData }
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

    /// Whether the elements fill a core's second-level cache, so that what is written goes beyond it.
    #[inline(always)]
    pub fn is_large(&self) -> bool {
        const SECOND_LEVEL: usize = 1 << 20;
        self.len() > SECOND_LEVEL / size_of::<T>()
    }

    /// The element at an index.
    ///
    /// # Panics
    /// When it is out of bounds, with Rust's message, or not of this part.
    #[track_caller]
    #[inline(always)]
    pub fn get(&self, index: [usize; N]) -> T {
        // SAFETY: the address is valid, and no other thread has it.
        unsafe { self.places.at(index).read() }
    }

    /// Replaces the element at an index.
    ///
    /// # Panics
    /// When it is out of bounds, with Rust's message, or not of this part.
    #[track_caller]
    #[inline(always)]
    pub fn set(&self, index: [usize; N], value: T) {
        // SAFETY: the address is valid, and no other thread has it.
        unsafe { self.places.at(index).write(value) }
    }

    /// `count` elements that lie side by side: `index`, and those that follow along the axis. `None` if one is out of bounds or not
    /// of this part, or the axis has another stride than 1; but always some if `count` is 0.
    ///
    /// # Panics
    /// When there is no such axis.
    #[inline(always)]
    pub fn run(&self, index: [usize; N], axis: usize, count: usize) -> Option<Run<'_, T>> {
        // SAFETY: so many elements are there for as long as the view is borrowed, and a run stays on the view's thread.
        self.places.run(index, axis, count).map(|base| unsafe { Run::new(base, count) })
    }

    /// [`run`](ViewMut::run) to read and write. Several may overlap.
    ///
    /// # Panics
    /// When there is no such axis.
    #[inline(always)]
    pub fn run_mut(&self, index: [usize; N], axis: usize, count: usize) -> Option<RunMut<'_, T>> {
        // SAFETY: so many elements are there for as long as the view is borrowed, and a run stays on the view's thread.
        self.places.run(index, axis, count).map(|base| unsafe { RunMut::new(base, count) })
    }

    /// Neighbours along an axis: lane `l` holds the element at `index` with `l` added to that of the axis, wrapping. Lanes that
    /// are off read nothing and hold 0.
    ///
    /// # Panics
    /// When the index of a lane that is on is out of bounds, with Rust's message, or not of this part; when there is no such axis.
    #[track_caller]
    #[inline(always)]
    pub fn load<S: Simd>(&self, simd: S, index: [usize; N], axis: usize, mask: Mask<S>) -> Vector<T, S> {
        self.places.load(simd, index, axis, mask)
    }

    /// Replaces neighbours along an axis, as [`load`](ViewMut::load) reads them, in the lanes that are on.
    ///
    /// # Panics
    /// As `load`; nothing is written then.
    #[track_caller]
    #[inline(always)]
    pub fn store<S: Simd>(&self, index: [usize; N], axis: usize, mask: Mask<S>, value: Vector<T, S>) {
        // SAFETY: the elements are this view's.
        unsafe { self.places.store(index, axis, mask, value) }
    }

    /// The element at an index of each lane's own. Lanes that are off read nothing and hold 0.
    ///
    /// # Panics
    /// When the index of a lane that is on is out of bounds, with Rust's message, or not of this part.
    #[track_caller]
    #[inline(always)]
    pub fn gather<S: Simd>(&self, mask: Mask<S>, index: [Vector<u64, S>; N]) -> Vector<T, S> {
        self.places.gather(mask, index)
    }

    /// Replaces the element at an index of each lane's own, in the lanes that are on, lowest lane first.
    ///
    /// # Panics
    /// As [`gather`](ViewMut::gather); nothing is written then.
    #[track_caller]
    #[inline(always)]
    pub fn scatter<S: Simd>(&self, mask: Mask<S>, index: [Vector<u64, S>; N], value: Vector<T, S>) {
        // SAFETY: the elements are this view's.
        unsafe { self.places.scatter(mask, index, value) }
    }

    /// The array for reads.
    ///
    /// # Panics
    /// When this is the view of a part.
    #[inline(always)]
    pub fn as_view(&mut self) -> View<'_, T, N> {
        let Places { base, extents, strides, limits } = self.places;
        assert!(limits.first == [0; N] && limits.count == extents, "a part of an array cannot be shown as all of it");
        // SAFETY: all elements are this view's, which is borrowed for as long.
        unsafe { View::new(base, extents, strides) }
    }

    /// The same view for a shorter time.
    #[inline(always)]
    pub fn reborrow(&mut self) -> ViewMut<'_, T, N> {
        ViewMut { places: self.places, elements: PhantomData }
    }

    /// Two views, the first for indices of an axis below `middle`, the second for the others.
    #[inline]
    pub(super) fn split_at(self, axis: usize, middle: usize) -> (Self, Self) {
        let (mut low, mut high) = (self.places, self.places);
        let (first, count) = (self.places.limits.first[axis], self.places.limits.count[axis]);
        let below = middle.saturating_sub(first).min(count);
        low.limits.count[axis] = below;
        high.limits.first[axis] = first + below;
        high.limits.count[axis] = count - below;
        (Self { places: low, elements: PhantomData }, Self { places: high, elements: PhantomData })
    }
}

impl<T: Element> ViewMut<'_, T, 1> {
    /// [`gather`](ViewMut::gather) by indices of any integer type, each standing for `index as usize`.
    ///
    /// # Panics
    /// When the index of a lane that is on is out of bounds, with Rust's message, or not of this part.
    #[track_caller]
    #[inline(always)]
    pub fn gather_by<I: Index, S: Simd>(&self, mask: Mask<S>, index: Vector<I, S>) -> Vector<T, S> {
        self.places.gather_by(mask, index)
    }

    /// [`scatter`](ViewMut::scatter) by indices of any integer type, each standing for `index as usize`.
    ///
    /// # Panics
    /// As [`gather_by`](ViewMut::gather_by); nothing is written then.
    #[track_caller]
    #[inline(always)]
    pub fn scatter_by<I: Index, S: Simd>(&self, mask: Mask<S>, index: Vector<I, S>, value: Vector<T, S>) {
        self.scatter(mask, [index.cast::<u64>()], value);
    }

    /// [`gather_by`](ViewMut::gather_by) with the index `value as usize`.
    ///
    /// # Panics
    /// As [`gather_by`](ViewMut::gather_by).
    #[track_caller]
    #[inline(always)]
    pub fn gather_as_usize<V: AsUsize + Cast<u64>, S: Simd>(&self, mask: Mask<S>, value: Vector<V, S>) -> Vector<T, S> {
        self.places.gather_as_usize(mask, value)
    }
}
