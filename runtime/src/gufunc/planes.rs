//! [`Planes`]: an operand whose every lane has a core of its own.
//!
//! An element of the core is a gang of values: a plane holds one element of many cores. Whether these lie side by side, because
//! they were brought there, or wherever the operand has them, is their [`Lie`].

use std::marker::PhantomData;

use crate::lanes::{self, Element, MAX_LANES, Mask, Simd, Vector};

mod sealed {
    pub trait Sealed {}
}

/// How the same element of a gang's cores lies in memory.
pub trait Lie<S: Simd>: Copy + sealed::Sealed {
    /// Where planes are `plane` elements apart, and not by the operand's strides.
    const STAGED: bool;

    /// # Safety
    /// `from` is that of the first lane, and those of the others are there, for reads.
    unsafe fn load<T: Element>(self, simd: S, from: *const T) -> Vector<T, S>;

    /// # Safety
    /// `to` is that of the first lane, and those of the others are there, for writes by this thread alone.
    unsafe fn store<T: Element>(self, to: *mut T, mask: Mask<S>, value: Vector<T, S>);

    /// How many elements after the first lane each lane has its own.
    fn offsets(self, simd: S) -> Vector<u64, S>;
}

/// Side by side.
#[derive(Clone, Copy, Debug)]
pub struct Staged;

/// Wherever the operand has them.
#[derive(Clone, Copy, Debug)]
pub struct Apart<S: Simd> {
    offsets: Vector<u64, S>,
    /// All lanes have the same.
    same: bool,
}

impl sealed::Sealed for Staged {}
impl<S: Simd> sealed::Sealed for Apart<S> {}

impl<S: Simd> Lie<S> for Staged {
    const STAGED: bool = true;

    #[inline(always)]
    unsafe fn load<T: Element>(self, simd: S, from: *const T) -> Vector<T, S> {
        // SAFETY: the lanes' values are side by side.
        unsafe { Vector::load(simd, from) }
    }

    #[inline(always)]
    unsafe fn store<T: Element>(self, to: *mut T, mask: Mask<S>, value: Vector<T, S>) {
        // SAFETY: the lanes' values are side by side, and nobody else's, so that those whose lanes are off may be written back.
        unsafe { Vector::select(mask, value, Vector::load(value.simd(), to)).store(to) }
    }

    #[inline(always)]
    fn offsets(self, simd: S) -> Vector<u64, S> {
        crate::array::counted(simd, 0)
    }
}

impl<S: Simd> Apart<S> {
    /// Lane `l` is `l * step` elements after the first one; there are `len` of them, and the others have the last one's.
    #[inline(always)]
    pub(super) fn new(simd: S, step: isize, len: usize) -> Self {
        if step == 0 || len == 1 {
            return Self { offsets: Vector::splat(simd, 0), same: true };
        }
        let mut offsets = [0_u64; MAX_LANES];
        for (lane, offset) in offsets.iter_mut().enumerate() {
            *offset = (lane.min(len - 1) as isize * step) as u64;
        }
        Self { offsets: Vector::from_slice(simd, &offsets), same: false }
    }
}

impl<S: Simd> Lie<S> for Apart<S> {
    const STAGED: bool = false;

    #[inline(always)]
    unsafe fn load<T: Element>(self, simd: S, from: *const T) -> Vector<T, S> {
        // SAFETY: the offsets are those of the lanes' values.
        unsafe {
            if self.same {
                Vector::splat(simd, from.read())
            } else {
                lanes::gather(from, Mask::full(simd), self.offsets)
            }
        }
    }

    #[inline(always)]
    unsafe fn store<T: Element>(self, to: *mut T, mask: Mask<S>, value: Vector<T, S>) {
        // SAFETY: the offsets are those of the lanes' values. Lanes that have the same one have computed the same.
        unsafe {
            if !self.same {
                lanes::scatter(to, mask, self.offsets, value);
            } else if mask.any() {
                to.write(value.extract(0));
            }
        }
    }

    #[inline(always)]
    fn offsets(self, _simd: S) -> Vector<u64, S> {
        self.offsets
    }
}

/// Where the cores of a gang are.
#[derive(Clone, Copy, Debug)]
pub struct Place<L> {
    pub(super) lie: L,
    /// The elements from plane to plane, if they are staged.
    pub(super) plane: usize,
}

/// Where an element's plane is: every index is checked here.
struct Grid<S, L, const N: usize> {
    extents: [usize; N],
    strides: [isize; N],
    place: Place<L>,
    level: PhantomData<S>,
}

impl<S: Simd, L: Lie<S>, const N: usize> Grid<S, L, N> {
    #[track_caller]
    #[inline(always)]
    fn offset(&self, index: [usize; N]) -> isize {
        let (mut number, mut offset) = (0_usize, 0_isize);
        for (axis, index) in index.into_iter().enumerate() {
            if index >= self.extents[axis] {
                outside(N, axis, self.extents[axis], index);
            }
            number = number * self.extents[axis] + index;
            offset += index as isize * self.strides[axis];
        }
        if L::STAGED { (number * self.place.plane) as isize } else { offset }
    }

    #[track_caller]
    #[inline(always)]
    fn offsets(&self, mask: Mask<S>, index: [Vector<u64, S>; N]) -> Vector<u64, S> {
        let simd = mask.simd();
        let (mut number, mut offset) = (Vector::splat(simd, 0_u64), self.place.lie.offsets(simd));
        for (axis, index) in index.into_iter().enumerate() {
            let extent = Vector::splat(simd, self.extents[axis] as u64);
            let off = mask.and_not(index.lanes_lt(extent));
            if off.any() {
                outside(N, axis, self.extents[axis], index.extract(off.bits().trailing_zeros() as usize) as usize);
            }
            if L::STAGED {
                number = number * extent + index;
            } else {
                offset = offset + index * Vector::splat(simd, self.strides[axis] as u64);
            }
        }
        if L::STAGED { offset + number * Vector::splat(simd, self.place.plane as u64) } else { offset }
    }

    /// The same grid, whose extents the compiler knows.
    #[inline(always)]
    fn frozen(mut self, known: [Option<usize>; N]) -> Self {
        for (axis, known) in known.into_iter().enumerate() {
            if let Some(known) = known {
                assert!(self.extents[axis] == known, "a frozen dimension has its length");
                self.extents[axis] = known;
            }
        }
        self
    }
}

/// An input of which each lane has its own: lane code reads an element of all of them at once.
pub struct Planes<'a, T, S, L, const N: usize> {
    base: *const T,
    grid: Grid<S, L, N>,
    elements: PhantomData<&'a T>,
}

impl<T: Element, S: Simd, L: Lie<S>, const N: usize> Planes<'_, T, S, L, N> {
    /// # Safety
    /// For each index below the extents the lanes' elements are there, and nothing writes them for as long as this is.
    #[inline(always)]
    pub(super) unsafe fn new(base: *const T, extents: [usize; N], strides: [isize; N], place: Place<L>) -> Self {
        Self { base, grid: Grid { extents, strides, place, level: PhantomData }, elements: PhantomData }
    }

    /// The same, of known extents.
    ///
    /// # Panics
    /// When an extent is another one.
    #[inline(always)]
    #[must_use]
    pub fn frozen(self, known: [Option<usize>; N]) -> Self {
        Self { grid: self.grid.frozen(known), ..self }
    }

    /// How many indices an axis has.
    ///
    /// # Panics
    /// When there is no such axis.
    #[inline(always)]
    pub fn extent(&self, axis: usize) -> usize {
        self.grid.extents[axis]
    }

    /// The number of elements of one core.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.grid.extents.iter().product()
    }

    /// Whether a core has no element.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Each lane's element at an index.
    ///
    /// # Panics
    /// When it is out of bounds, with Rust's message.
    #[track_caller]
    #[inline(always)]
    pub fn lanes_at(&self, simd: S, index: [usize; N]) -> Vector<T, S> {
        // SAFETY: the index is within the extents.
        unsafe { self.grid.place.lie.load(simd, self.base.offset(self.grid.offset(index))) }
    }

    /// Each lane's element at an index of its own. Lanes that are off read nothing and hold 0.
    ///
    /// # Panics
    /// When the index of a lane that is on is out of bounds, with Rust's message.
    #[track_caller]
    #[inline(always)]
    pub fn gather(&self, mask: Mask<S>, index: [Vector<u64, S>; N]) -> Vector<T, S> {
        // SAFETY: the indices are within the extents in the lanes that are on.
        unsafe { lanes::gather(self.base, mask, self.grid.offsets(mask, index)) }
    }
}

/// An output of which each lane has its own. It reads and writes through `&self`, as a [`Cell`](std::cell::Cell) does.
pub struct PlanesMut<'a, T, S, L, const N: usize> {
    base: *mut T,
    grid: Grid<S, L, N>,
    elements: PhantomData<&'a mut T>,
}

impl<T: Element, S: Simd, L: Lie<S>, const N: usize> PlanesMut<'_, T, S, L, N> {
    /// # Safety
    /// For each index below the extents the lanes' elements are there, and nothing else has them for as long as this is.
    #[inline(always)]
    pub(super) unsafe fn new(base: *mut T, extents: [usize; N], strides: [isize; N], place: Place<L>) -> Self {
        Self { base, grid: Grid { extents, strides, place, level: PhantomData }, elements: PhantomData }
    }

    /// The same, of known extents.
    ///
    /// # Panics
    /// When an extent is another one.
    #[inline(always)]
    #[must_use]
    pub fn frozen(self, known: [Option<usize>; N]) -> Self {
        Self { grid: self.grid.frozen(known), ..self }
    }

    /// How many indices an axis has.
    ///
    /// # Panics
    /// When there is no such axis.
    #[inline(always)]
    pub fn extent(&self, axis: usize) -> usize {
        self.grid.extents[axis]
    }

    /// The number of elements of one core.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.grid.extents.iter().product()
    }

    /// Whether a core has no element.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Each lane's element at an index.
    ///
    /// # Panics
    /// When it is out of bounds, with Rust's message.
    #[track_caller]
    #[inline(always)]
    pub fn lanes_at(&self, simd: S, index: [usize; N]) -> Vector<T, S> {
        // SAFETY: the index is within the extents.
        unsafe { self.grid.place.lie.load(simd, self.base.offset(self.grid.offset(index)).cast_const()) }
    }

    /// Replaces the element at an index in the lanes that are on.
    ///
    /// # Panics
    /// When it is out of bounds and a lane is on, with Rust's message.
    #[track_caller]
    #[inline(always)]
    pub fn set_lanes(&self, index: [usize; N], mask: Mask<S>, value: Vector<T, S>) {
        // SAFETY: the index is within the extents.
        unsafe { self.grid.place.lie.store(self.base.offset(self.grid.offset(index)), mask, value) }
    }

    /// Each lane's element at an index of its own. Lanes that are off read nothing and hold 0.
    ///
    /// # Panics
    /// When the index of a lane that is on is out of bounds, with Rust's message.
    #[track_caller]
    #[inline(always)]
    pub fn gather(&self, mask: Mask<S>, index: [Vector<u64, S>; N]) -> Vector<T, S> {
        // SAFETY: the indices are within the extents in the lanes that are on.
        unsafe { lanes::gather(self.base.cast_const(), mask, self.grid.offsets(mask, index)) }
    }

    /// Replaces the element at an index of each lane's own, in the lanes that are on.
    ///
    /// # Panics
    /// As [`gather`](PlanesMut::gather); nothing is written then.
    #[track_caller]
    #[inline(always)]
    pub fn scatter(&self, mask: Mask<S>, index: [Vector<u64, S>; N], value: Vector<T, S>) {
        // SAFETY: the indices are within the extents in the lanes that are on.
        unsafe { lanes::scatter(self.base, mask, self.grid.offsets(mask, index), value) }
    }
}

/// Panics as Rust does for an index that is out of bounds.
#[track_caller]
#[cold]
#[inline(never)]
fn outside(axes: usize, axis: usize, extent: usize, index: usize) -> ! {
    if axes == 1 {
        panic!("index out of bounds: the len is {extent} but the index is {index}");
    }
    panic!("index out of bounds: the len of axis {axis} is {extent} but the index is {index}");
}
