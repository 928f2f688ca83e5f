//! [`Strip`]: neighbouring sequences, and the rows across them.

use std::ops::Range;

use super::super::stage::{Buffer, WHOLE, compress};
use super::layout::Steps;
use super::reducer::Bases;
use crate::lanes::moves::{Moves, Rows};

/// The most elements whose flags are looked at together.
const PART: usize = 4096;

/// The axes of all sequences of a reduction.
pub(super) struct Sequence<'a> {
    axes: &'a [Steps],
    /// How many elements a sequence has.
    pub(super) len: usize,
    /// The size of an element.
    size: usize,
    moves: Moves,
}

impl<'a> Sequence<'a> {
    pub(super) fn new(axes: &'a [Steps], size: usize, moves: Moves) -> Self {
        let len = axes.iter().map(|axis| axis.len).product();
        Self { axes, len, size, moves }
    }

    /// The innermost axis.
    pub(super) fn inner(&self) -> Steps {
        self.axes[self.axes.len() - 1]
    }

    /// How far an element is from the first, in the input and in the mask.
    fn offset(&self, mut element: usize) -> (isize, isize) {
        let (mut input, mut mask) = (0isize, 0isize);
        for axis in self.axes.iter().rev() {
            let index = if self.axes.len() == 1 { element } else { element % axis.len } as isize;
            input = input.wrapping_add(index.wrapping_mul(axis.input));
            mask = mask.wrapping_add(index.wrapping_mul(axis.mask));
            element /= axis.len;
        }
        (input, mask)
    }

    /// Visits the runs along the innermost axis that a range of elements consists of.
    fn runs(&self, range: Range<usize>, mut visit: impl FnMut((isize, isize), usize)) {
        let inner = self.inner().len;
        let mut at = range.start;
        while at < range.end {
            let len = (inner - at % inner).min(range.end - at);
            visit(self.offset(at), len);
            at += len;
        }
    }
}

/// Neighbouring sequences, one a column.
pub(super) struct Strip<'s> {
    pub(super) bases: Bases,
    pub(super) columns: usize,
    /// From column to column in the input, in bytes.
    pub(super) step: isize,
    pub(super) sequence: &'s Sequence<'s>,
}

impl Strip<'_> {
    /// Whether one row follows the other in memory.
    pub(super) fn is_dense(&self) -> bool {
        let size = self.sequence.size as isize;
        self.step == size
            && self.sequence.axes.len() == 1
            && self.sequence.inner().input == self.columns as isize * size
    }

    /// Whether a row's elements follow each other in memory.
    #[inline]
    pub(super) fn is_contiguous(&self) -> bool {
        self.step == self.sequence.size as isize || self.columns == 1
    }

    /// Where the first column's element with this number is.
    #[inline]
    pub(super) fn start(&self, element: usize) -> *const u8 {
        self.bases.input.wrapping_offset(self.sequence.offset(element).0)
    }

    /// The row of all columns' elements with this number: in place where they are contiguous, or copied to the buffer.
    ///
    /// # Safety
    /// The element is one of the sequence; the buffer holds a row.
    #[inline]
    pub(super) unsafe fn row(&self, element: usize, buffer: *mut u8) -> *const u8 {
        let (start, size) = (self.start(element), self.sequence.size);
        if self.is_contiguous() {
            return start;
        }
        let rows = Rows { start: start.cast_mut(), count: 1, row_step: 0, len: self.columns, step: self.step };
        // SAFETY: the caller vouches for the row and the buffer.
        unsafe { (self.sequence.moves.gather)(size, buffer, &rows) };
        buffer
    }

    /// A range of the first column's elements: in place where they are contiguous, or copied to the buffer.
    ///
    /// # Safety
    /// The range is of elements of the sequence; the buffer holds them.
    #[inline]
    pub(super) unsafe fn column(&self, range: Range<usize>, buffer: &mut Buffer<WHOLE>) -> *const u8 {
        let inner = self.sequence.inner();
        let fits = self.sequence.axes.len() == 1 || range.start % inner.len + range.len() <= inner.len;
        if fits && (inner.input == self.sequence.size as isize || range.len() == 1) {
            return self.start(range.start);
        }
        // SAFETY: the same contract.
        unsafe { self.gathered(range, buffer.start()) }
    }

    /// # Safety
    /// As for [`column`](Self::column).
    #[inline(never)]
    unsafe fn gathered(&self, range: Range<usize>, buffer: *mut u8) -> *const u8 {
        let (size, step) = (self.sequence.size, self.sequence.inner().input);
        let mut to = buffer;
        self.sequence.runs(range, |(offset, _), len| {
            let start = self.bases.input.wrapping_offset(offset).cast_mut();
            // SAFETY: the run is part of the sequence, and the buffer holds all of them.
            unsafe { (self.sequence.moves.gather)(size, to, &Rows { start, count: 1, row_step: 0, len, step }) };
            to = to.wrapping_add(len * size);
        });
        buffer
    }

    /// The first column's elements where the mask is on, one behind the other, and how many they are.
    ///
    /// # Safety
    /// The sequence's elements are there, and its mask.
    pub(super) unsafe fn selected(&self) -> (Vec<u64>, usize) {
        let (size, inner) = (self.sequence.size, self.sequence.inner());
        let mut flags = [false; PART];
        let (mut memory, mut selected) = (Vec::<u64>::new(), 0);
        for start in (0..self.sequence.len).step_by(PART) {
            let part = start..self.sequence.len.min(start + PART);
            memory.resize(((selected + part.len()) * size).div_ceil(8), 0);
            self.sequence.runs(part, |(input, mask), len| {
                let to = memory.as_mut_ptr().cast::<u8>().wrapping_add(selected * size);
                let rows = |start: *const u8, step| Rows { start: start.cast_mut(), count: 1, row_step: 0, len, step };
                let (values, on) = (
                    rows(self.bases.input.wrapping_offset(input), inner.input),
                    rows(self.bases.mask.wrapping_offset(mask), inner.mask),
                );
                // SAFETY: both runs are part of the sequence and its mask; there is room for all of the part's elements,
                // and for as many flags.
                unsafe {
                    (self.sequence.moves.gather)(1, flags.as_mut_ptr().cast(), &on);
                    selected += compress(size, to, &values, flags.as_ptr());
                }
            });
        }
        (memory, selected)
    }
}
