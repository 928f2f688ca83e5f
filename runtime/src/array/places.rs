//! Where the elements of a view are, and which of them it may touch: every index is checked here.

use crate::lanes::{AsUsize, Cast, Element, Index, Mask, Simd, Vector};

use super::counted::counted;

/// Which indices of each axis a view may touch.
pub(super) trait Limits<const N: usize>: Copy {
    /// The lowest.
    fn first(&self, axis: usize) -> usize;
    /// How many from there on, of an axis that has so many.
    fn count(&self, axis: usize, extent: usize) -> usize;
}

/// All indices.
#[derive(Clone, Copy)]
pub(super) struct All;

impl<const N: usize> Limits<N> for All {
    #[inline(always)]
    fn first(&self, _axis: usize) -> usize {
        0
    }

    #[inline(always)]
    fn count(&self, _axis: usize, extent: usize) -> usize {
        extent
    }
}

/// A range of each axis.
#[derive(Clone, Copy)]
pub(super) struct Only<const N: usize> {
    pub(super) first: [usize; N],
    pub(super) count: [usize; N],
}

impl<const N: usize> Limits<N> for Only<N> {
    #[inline(always)]
    fn first(&self, axis: usize) -> usize {
        self.first[axis]
    }

    #[inline(always)]
    fn count(&self, axis: usize, _extent: usize) -> usize {
        self.count[axis]
    }
}

/// The elements of a view: `base` is where index 0 of all axes is, strides count elements.
///
/// Whoever makes one vouches that every index within the limits is an element's, which may be read, and written if the
/// view may write; so that checked indices are all that the functions here need.
pub(super) struct Places<T, L, const N: usize> {
    pub(super) base: *mut T,
    pub(super) extents: [usize; N],
    pub(super) strides: [isize; N],
    pub(super) limits: L,
}

impl<T, L: Copy, const N: usize> Clone for Places<T, L, N> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, L: Copy, const N: usize> Copy for Places<T, L, N> {}

impl<T: Element, L: Limits<N>, const N: usize> Places<T, L, N> {
    /// The number of elements.
    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        // The elements exist, so that their number is no overflow.
        self.extents.iter().product()
    }

    #[inline(always)]
    fn count(&self, axis: usize) -> usize {
        self.limits.count(axis, self.extents[axis])
    }

    #[track_caller]
    #[inline(always)]
    fn check(&self, axis: usize, index: usize) {
        let first = self.limits.first(axis);
        if index.wrapping_sub(first) >= self.count(axis) {
            outside(N, axis, self.extents[axis], first..first.wrapping_add(self.count(axis)), index);
        }
    }

    #[inline(always)]
    fn step(&self, axis: usize, index: usize) -> isize {
        (index as isize).wrapping_mul(self.strides[axis])
    }

    /// An element's address, which is valid.
    #[track_caller]
    #[inline(always)]
    pub(super) fn at(&self, index: [usize; N]) -> *mut T {
        let mut offset = 0_isize;
        for (axis, index) in index.into_iter().enumerate() {
            self.check(axis, index);
            offset = offset.wrapping_add(self.step(axis, index));
        }
        self.base.wrapping_offset(offset)
    }

    /// The address of `count` elements side by side, which are valid: `index`, and those that follow along the axis.
    #[inline(always)]
    pub(super) fn run(&self, index: [usize; N], axis: usize, count: usize) -> Option<*mut T> {
        if count == 0 {
            return Some(std::ptr::NonNull::dangling().as_ptr());
        }
        self.line(index, axis, count).filter(|_| self.strides[axis] == 1)
    }

    /// The address of the first of `count` elements, which are valid and apart by the axis's stride.
    #[inline(always)]
    fn line(&self, index: [usize; N], axis: usize, count: usize) -> Option<*mut T> {
        let mut offset = 0_isize;
        let mut inside = true;
        for (k, index) in index.into_iter().enumerate() {
            let (skipped, len) = (index.wrapping_sub(self.limits.first(k)), self.count(k));
            inside &= if k == axis { skipped <= len && count <= len.wrapping_sub(skipped) } else { skipped < len };
            offset = offset.wrapping_add(self.step(k, index));
        }
        inside.then(|| self.base.wrapping_offset(offset))
    }

    /// Checks an index in each lane that is on.
    #[track_caller]
    #[inline(always)]
    fn check_lanes<S: Simd>(&self, axis: usize, mask: Mask<S>, index: Vector<u64, S>) {
        let simd = index.simd();
        let first = self.limits.first(axis);
        let skipped = if first == 0 { index } else { index - Vector::splat(simd, first as u64) };
        let off = mask.and_not(skipped.lanes_lt(Vector::splat(simd, self.count(axis) as u64)));
        if off.any() {
            let permitted = first..first.wrapping_add(self.count(axis));
            outside_in_lane(N, axis, self.extents[axis], permitted, off, index);
        }
    }

    /// `index` times the stride.
    #[inline(always)]
    fn steps<S: Simd>(&self, axis: usize, index: Vector<u64, S>) -> Vector<u64, S> {
        match self.strides[axis] {
            1 => index,
            stride => index * Vector::splat(index.simd(), stride as u64),
        }
    }

    /// The offsets of elements from `base`, which are valid in the lanes that are on.
    #[track_caller]
    #[inline(always)]
    fn offsets<S: Simd>(&self, mask: Mask<S>, index: [Vector<u64, S>; N]) -> Vector<u64, S> {
        let mut offsets = Vector::splat(mask.simd(), 0);
        for (axis, index) in index.into_iter().enumerate() {
            self.check_lanes(axis, mask, index);
            offsets = offsets + self.steps(axis, index);
        }
        offsets
    }

    /// The offsets of lanes that are apart by an axis's stride.
    #[inline(always)]
    fn apart<S: Simd>(&self, simd: S, axis: usize) -> Vector<u64, S> {
        counted(simd, 0) * Vector::splat(simd, self.strides[axis] as u64)
    }

    /// The offsets of elements along an axis, lane `l` at `index[axis]` plus `l`, which are valid in the lanes that are on.
    #[track_caller]
    #[inline(always)]
    fn offsets_along<S: Simd>(&self, simd: S, index: [usize; N], axis: usize, mask: Mask<S>) -> Vector<u64, S> {
        let mut offset = 0_isize;
        for (k, index) in index.into_iter().enumerate() {
            if k != axis {
                if mask.any() {
                    self.check(k, index);
                }
                offset = offset.wrapping_add(self.step(k, index));
            }
        }
        let along = counted(simd, index[axis] as u64);
        self.check_lanes(axis, mask, along);
        self.steps(axis, along) + Vector::splat(simd, offset as u64)
    }

    /// See [`View::load`](super::View::load).
    #[track_caller]
    #[inline(always)]
    pub(super) fn load<S: Simd>(&self, simd: S, index: [usize; N], axis: usize, mask: Mask<S>) -> Vector<T, S> {
        if mask.all()
            && let Some(from) = self.line(index, axis, S::LANES)
        {
            if self.strides[axis] == 1 {
                // SAFETY: a gang of elements is there.
                return unsafe { Vector::load(simd, from) };
            }
            // SAFETY: a gang of elements is there, apart by the stride.
            return unsafe { crate::lanes::gather(from, Mask::full(simd), self.apart(simd, axis)) };
        }
        let offsets = self.offsets_along(simd, index, axis, mask);
        // SAFETY: the offsets are valid in the lanes that are on.
        unsafe { crate::lanes::gather(self.base, mask, offsets) }
    }

    /// See [`View::gather`](super::View::gather).
    #[track_caller]
    #[inline(always)]
    pub(super) fn gather<S: Simd>(&self, mask: Mask<S>, index: [Vector<u64, S>; N]) -> Vector<T, S> {
        let offsets = self.offsets(mask, index);
        // SAFETY: the offsets are valid in the lanes that are on.
        unsafe { crate::lanes::gather(self.base, mask, offsets) }
    }

    /// See [`ViewMut::store`](super::ViewMut::store).
    ///
    /// # Safety
    /// The elements may be written.
    #[track_caller]
    #[inline(always)]
    pub(super) unsafe fn store<S: Simd>(&self, index: [usize; N], axis: usize, mask: Mask<S>, value: Vector<T, S>) {
        if mask.all()
            && let Some(to) = self.line(index, axis, S::LANES)
        {
            if self.strides[axis] == 1 {
                // SAFETY: a gang of elements is there.
                return unsafe { value.store(to) };
            }
            // SAFETY: a gang of elements is there, apart by the stride.
            return unsafe { crate::lanes::scatter(to, mask, self.apart(mask.simd(), axis), value) };
        }
        let offsets = self.offsets_along(mask.simd(), index, axis, mask);
        // SAFETY: the offsets are valid in the lanes that are on.
        unsafe { crate::lanes::scatter(self.base, mask, offsets, value) }
    }

    /// See [`ViewMut::scatter`](super::ViewMut::scatter).
    ///
    /// # Safety
    /// The elements may be written.
    #[track_caller]
    #[inline(always)]
    pub(super) unsafe fn scatter<S: Simd>(&self, mask: Mask<S>, index: [Vector<u64, S>; N], value: Vector<T, S>) {
        let offsets = self.offsets(mask, index);
        // SAFETY: the offsets are valid in the lanes that are on.
        unsafe { crate::lanes::scatter(self.base, mask, offsets, value) }
    }
}

impl<T: Element, L: Limits<1>> Places<T, L, 1> {
    /// Whether offsets of all elements fit into 32 bits, which the hardware takes as signed.
    #[inline(always)]
    fn is_narrow(&self) -> bool {
        const MOST: usize = i32::MAX as usize;
        let reach = self.extents[0].checked_mul(self.strides[0].unsigned_abs());
        self.extents[0] <= MOST && reach.is_some_and(|reach| reach <= MOST)
    }

    /// See [`View::gather_by`](super::View::gather_by).
    #[track_caller]
    #[inline(always)]
    pub(super) fn gather_by<I: Index, S: Simd>(&self, mask: Mask<S>, index: Vector<I, S>) -> Vector<T, S> {
        if const { I::BITS > 32 } || !self.is_narrow() {
            return self.gather(mask, [index.cast::<u64>()]);
        }
        let simd = index.simd();
        let first = self.limits.first(0);
        // A negative index becomes one that is too large.
        let narrow = index.cast::<u32>();
        let skipped = if first == 0 { narrow } else { narrow - Vector::splat(simd, first as u32) };
        let off = mask.and_not(skipped.lanes_lt(Vector::splat(simd, self.count(0) as u32)));
        if off.any() {
            let permitted = first..first.wrapping_add(self.count(0));
            outside_in_lane(1, 0, self.extents[0], permitted, off, index);
        }
        let offsets = narrow * Vector::splat(simd, self.strides[0] as u32);
        // SAFETY: the vectors prove the level; the offsets are valid in the lanes that are on.
        Vector(unsafe { T::gather32::<S>(self.base, offsets.0, mask.0) })
    }
}

impl<T: Element, L: Limits<1>> Places<T, L, 1> {
    /// See [`View::gather_as_usize`](super::View::gather_as_usize).
    #[track_caller]
    #[inline(always)]
    pub(super) fn gather_as_usize<V: AsUsize + Cast<u64>, S: Simd>(
        &self,
        mask: Mask<S>,
        value: Vector<V, S>,
    ) -> Vector<T, S> {
        // `u32::MAX` is where larger floats saturate: it must not be an index.
        if self.extents[0] > u32::MAX as usize {
            return self.gather(mask, [value.cast::<u64>()]);
        }
        self.gather_by(mask, V::index(value))
    }
}

/// Panics as Rust does for an index that is out of bounds, or says that it is another part's.
#[track_caller]
#[cold]
#[inline(never)]
fn outside(axes: usize, axis: usize, extent: usize, permitted: std::ops::Range<usize>, index: usize) -> ! {
    if index < extent {
        panic!(
            "index {index} of axis {axis} belongs to other iterations of the parallel loop: those of this part may touch \
             {permitted:?}"
        );
    }
    if axes == 1 {
        panic!("index out of bounds: the len is {extent} but the index is {index}");
    }
    panic!("index out of bounds: the len of axis {axis} is {extent} but the index is {index}");
}

/// [`outside`] for the lowest lane of a mask.
#[track_caller]
#[cold]
#[inline(never)]
fn outside_in_lane<I: Index, S: Simd>(
    axes: usize,
    axis: usize,
    extent: usize,
    permitted: std::ops::Range<usize>,
    lanes: Mask<S>,
    index: Vector<I, S>,
) -> ! {
    let index = index.extract(lanes.bits().trailing_zeros() as usize).as_usize();
    outside(axes, axis, extent, permitted, index)
}
