//! [`Slots`]: memory for rows of values that wait to be combined.

use std::mem::MaybeUninit;

/// A cache line.
#[repr(C, align(64))]
#[derive(Clone, Copy)]
struct Line(MaybeUninit<[u64; 8]>);

/// Places of equal size, each at the start of a cache line.
pub(super) struct Slots {
    /// Taken from the memory once: later places leave earlier ones valid.
    base: *mut Line,
    lines: Vec<Line>,
    each: usize,
}

impl Slots {
    /// So many places of so many bytes.
    pub(super) fn new(count: usize, bytes: usize) -> Self {
        let each = bytes.div_ceil(size_of::<Line>());
        let mut lines = Vec::with_capacity(each * count);
        // SAFETY: the capacity is there, and a `MaybeUninit` needs no initialisation.
        unsafe { lines.set_len(each * count) };
        Self { base: lines.as_mut_ptr(), lines, each }
    }

    /// A place.
    ///
    /// # Panics
    /// When there is no such place.
    pub(super) fn at(&self, slot: usize) -> *mut u8 {
        assert!((slot + 1) * self.each <= self.lines.len(), "there is no place {slot}");
        self.base.wrapping_add(slot * self.each).cast()
    }
}
