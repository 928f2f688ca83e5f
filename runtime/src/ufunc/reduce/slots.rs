//! [`Slots`]: memory for rows of values that wait to be combined.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use super::super::stage::{Buffer, WHOLE};

/// A cache line.
#[repr(C, align(64))]
#[derive(Clone, Copy)]
struct Line(MaybeUninit<[u64; 8]>);

/// Places of equal size, each at the start of a cache line.
pub(super) struct Slots<'b> {
    /// Taken from the memory once: later places leave earlier ones valid.
    base: *mut Line,
    /// How many lines there are.
    count: usize,
    each: usize,
    /// The lines, if they are not in a buffer.
    _lines: Vec<Line>,
    buffer: PhantomData<&'b mut Buffer<WHOLE>>,
}

impl Slots<'static> {
    /// So many places of so many bytes.
    pub(super) fn new(count: usize, bytes: usize) -> Self {
        let each = bytes.div_ceil(size_of::<Line>());
        let mut lines = Vec::with_capacity(each * count);
        // SAFETY: the capacity is there, and a `MaybeUninit` needs no initialisation.
        unsafe { lines.set_len(each * count) };
        Self { base: lines.as_mut_ptr(), count: lines.len(), each, _lines: lines, buffer: PhantomData }
    }
}

impl<'b> Slots<'b> {
    /// So many places of so many bytes, in a buffer if it has room for them.
    pub(super) fn in_buffer(buffer: &'b mut Buffer<WHOLE>, count: usize, bytes: usize) -> Self {
        let each = bytes.div_ceil(size_of::<Line>());
        if each * count * size_of::<Line>() > WHOLE {
            return Slots::new(count, bytes);
        }
        Self { base: buffer.start().cast(), count: each * count, each, _lines: Vec::new(), buffer: PhantomData }
    }

    /// A place.
    ///
    /// # Panics
    /// When there is no such place.
    pub(super) fn at(&self, slot: usize) -> *mut u8 {
        assert!((slot + 1) * self.each <= self.count, "there is no place {slot}");
        self.base.wrapping_add(slot * self.each).cast()
    }
}
