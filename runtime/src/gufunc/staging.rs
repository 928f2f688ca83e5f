//! Copies of cores: slices that are not contiguous, and blocks of items whose planes are to be side by side.

use super::items::Items;
use super::rank::{Core, MAX_RANK, PerCore};
use crate::Level;
use crate::lanes::moves::{Moves, Rows, by_size};

/// Memory without contents, aligned for whole vectors.
pub(super) struct Scratch {
    memory: Vec<Line>,
}

/// A cache line.
#[repr(align(64))]
#[derive(Clone, Copy)]
struct Line(#[expect(dead_code, reason = "it is there for its size")] std::mem::MaybeUninit<[u8; 64]>);

impl Scratch {
    pub(super) fn new(bytes: usize) -> Self {
        let lines = bytes.div_ceil(size_of::<Line>());
        let mut memory = Vec::with_capacity(lines);
        // SAFETY: the capacity is there, and a line needs no initialisation.
        unsafe { memory.set_len(lines) };
        Self { memory }
    }

    pub(super) fn base(&mut self) -> *mut u8 {
        self.memory.as_mut_ptr().cast()
    }
}

/// The core axes of an operand as nested rows: as few axes as walk the elements in order.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    /// From the outermost on: lengths, and bytes between neighbours.
    axes: [(usize, isize); MAX_RANK],
    count: usize,
}

impl Walk {
    pub(super) fn new(core: &Core, rank: usize, size: usize) -> Self {
        let mut walk = Self { axes: [(1, 0); MAX_RANK], count: 0 };
        for (length, stride) in core.extents.iter().zip(&core.strides).take(rank).filter(|(length, _)| **length != 1) {
            let step = stride * size as isize;
            match walk.count.checked_sub(1) {
                Some(last) if walk.axes[last].1 == step * *length as isize => {
                    walk.axes[last] = (walk.axes[last].0 * length, step);
                }
                _ => {
                    walk.axes[walk.count] = (*length, step);
                    walk.count += 1;
                }
            }
        }
        walk
    }

    /// How many elements there are.
    pub(super) fn elements(&self) -> usize {
        self.axes[..self.count].iter().map(|(length, _)| length).product()
    }

    /// Calls `rows` with the offset of each innermost row and the number of its first element.
    #[inline]
    fn for_each_row(&self, mut row: impl FnMut(isize, usize)) {
        let inner = self.inner().0;
        match self.count {
            0 | 1 => row(0, 0),
            2 => (0..self.axes[0].0).for_each(|i| row(i as isize * self.axes[0].1, i * inner)),
            _ => (0..self.axes[0].0).for_each(|i| {
                (0..self.axes[1].0).for_each(|j| {
                    let number = i * self.axes[1].0 + j;
                    row(i as isize * self.axes[0].1 + j as isize * self.axes[1].1, number * inner);
                });
            }),
        }
    }

    /// Writes zeros.
    ///
    /// # Safety
    /// The core's elements, of so many bytes each, are there from `base` on and writable.
    pub(super) unsafe fn clear(&self, base: *mut u8, size: usize) {
        let (count, step) = self.inner();
        self.for_each_row(|offset, _| {
            if step == size as isize || count == 1 {
                // SAFETY: the caller vouches for the row's elements, which are side by side.
                return unsafe { base.wrapping_offset(offset).write_bytes(0, count * size) };
            }
            for element in 0..count {
                // SAFETY: the caller vouches for the element.
                unsafe { base.wrapping_offset(offset + element as isize * step).write_bytes(0, size) };
            }
        });
    }

    /// The innermost axis: its length, and the bytes between neighbours.
    fn inner(&self) -> (usize, isize) {
        match self.count.checked_sub(1) {
            Some(last) => self.axes[last],
            None => (1, 0),
        }
    }
}

/// Items of one operand whose planes are in scratch memory.
#[derive(Clone, Copy)]
pub(super) struct Block {
    /// The first item's core.
    pub(super) base: *mut u8,
    /// The bytes from one item to the next.
    pub(super) step: isize,
    /// The items, and the lane of the first.
    pub(super) items: usize,
    pub(super) lane: usize,
    /// The planes' memory, and the elements from one to the next.
    pub(super) planes: *mut u8,
    pub(super) plane: usize,
    pub(super) size: usize,
}

impl Block {
    /// Calls `copy` for rows of elements, which fill whole planes or parts of one.
    fn for_each_move(&self, walk: &Walk, mut copy: impl FnMut(*mut u8, Rows)) {
        let Self { base, step, items: len, lane, planes, plane, size } = *self;
        let (count, row_step) = walk.inner();
        let whole = lane == 0 && len == plane;
        walk.for_each_row(|offset, number| {
            let start = base.wrapping_offset(offset);
            if whole {
                copy(planes.wrapping_add(number * plane * size), Rows { start, count, row_step, len, step });
            } else {
                for row in 0..count {
                    let to = planes.wrapping_add(((number + row) * plane + lane) * size);
                    let start = start.wrapping_offset(row as isize * row_step);
                    copy(to, Rows { start, count: 1, row_step, len, step });
                }
            }
        });
    }

    /// # Safety
    /// The processor has the moves' level; the items' cores are there and readable, the planes writable.
    pub(super) unsafe fn gather(&self, moves: Moves, walk: &Walk) {
        // SAFETY: the caller vouches for both sides.
        self.for_each_move(walk, |to, rows| unsafe { (moves.gather)(self.size, to, &rows) });
    }

    /// # Safety
    /// The processor has the moves' level; the items' cores are there and writable, the planes readable.
    pub(super) unsafe fn scatter(&self, moves: Moves, walk: &Walk) {
        // SAFETY: the caller vouches for both sides.
        self.for_each_move(walk, |from, rows| unsafe { (moves.scatter)(self.size, from, &rows) });
    }

    /// Copies the last item to the lanes behind it, up to `end`.
    ///
    /// # Safety
    /// The planes are writable and hold the items.
    pub(super) unsafe fn fill(&self, walk: &Walk, end: usize) {
        let last = self.lane + self.items - 1;
        if last + 1 >= end {
            return;
        }
        by_size!(self.size, U => {
            for number in 0..walk.elements() {
                let plane = self.planes.cast::<U>().wrapping_add(number * self.plane);
                // SAFETY: the lanes up to `end` are the plane's.
                unsafe {
                    let value = plane.add(last).read();
                    (last + 1..end).for_each(|lane| plane.add(lane).write(value));
                }
            }
        });
    }
}

/// Contiguous copies of slices that are not.
pub(super) struct Slices {
    /// The operands that are copied, with their copies.
    copied: PerCore<Option<*mut u8>>,
    places: PerCore<*mut u8>,
    cores: PerCore<Core>,
    moves: Moves,
    _memory: Scratch,
}

impl Slices {
    /// None if all slices are contiguous.
    #[inline]
    pub(super) fn new(items: &Items, slices: u32, level: Level) -> Option<Self> {
        let is_copied = |k: usize| {
            let core = &items.cores[k];
            slices >> k & 1 == 1 && core.strides[0] != 1 && core.extents[0] > 1
        };
        if !(0..items.sizes.len()).any(is_copied) {
            return None;
        }
        Some(Self::of(items, &is_copied, level))
    }

    #[cold]
    fn of(items: &Items, is_copied: &dyn Fn(usize) -> bool, level: Level) -> Self {
        let bytes = |k: usize| (items.cores[k].extents[0] * items.sizes[k]).next_multiple_of(64);
        let total = (0..items.sizes.len()).filter(|k| is_copied(*k)).map(bytes).sum();
        let mut memory = Scratch::new(total);
        let mut at = memory.base();
        let mut slices = Self {
            copied: PerCore::new(),
            places: PerCore::new(),
            cores: PerCore::new(),
            moves: Moves::at(level),
            _memory: memory,
        };
        for (k, core) in items.cores.iter().enumerate() {
            let mut core = *core;
            let copied = is_copied(k).then(|| {
                core.strides[0] = 1;
                let copy = at;
                at = at.wrapping_add(bytes(k));
                copy
            });
            slices.copied.push(copied);
            slices.places.push(std::ptr::null_mut());
            slices.cores.push(core);
        }
        slices
    }

    fn rows(items: &Items, k: usize, base: *mut u8) -> Rows {
        let core = &items.cores[k];
        Rows {
            start: base,
            count: 1,
            row_step: 0,
            len: core.extents[0],
            step: core.strides[0] * items.sizes[k] as isize,
        }
    }

    /// The operands of an item, slices copied.
    pub(super) fn gather(&mut self, items: &Items, bases: &[*mut u8]) -> (&[*mut u8], &[Core]) {
        for (k, base) in bases.iter().enumerate() {
            self.places[k] = match self.copied[k] {
                None => *base,
                Some(copy) => {
                    // SAFETY: the items' cores are there, and the copy has room for one; the level is that of the call.
                    unsafe { (self.moves.gather)(items.sizes[k], copy, &Self::rows(items, k, *base)) };
                    copy
                }
            };
        }
        (&self.places, &self.cores)
    }

    /// Writes the outputs' copies back.
    pub(super) fn scatter(&self, items: &Items, bases: &[*mut u8]) {
        for (k, base) in bases.iter().enumerate().skip(items.inputs) {
            if let Some(copy) = self.copied[k] {
                // SAFETY: as in `gather`; an output's core is written by its item alone.
                unsafe { (self.moves.scatter)(items.sizes[k], copy, &Self::rows(items, k, *base)) };
            }
        }
    }
}
