//! One sequence at a time, its elements in lanes.

use std::ops::Range;
use std::ptr;

use super::super::parallel;
use super::super::stage::Buffer;
use super::layout::Steps;
use super::reducer::{Bases, Place, Reducer};
use super::strip::{Sequence, Strip};
use crate::fold::block;

impl Reducer<'_> {
    /// Computes the result of a strip of one column.
    ///
    /// # Safety
    /// As for [`reduce`](Self::reduce).
    pub(super) unsafe fn one(&self, strip: &Strip<'_>, min_len: Option<usize>) {
        let output = strip.bases.output;
        // SAFETY: the same contract. Selected elements are contiguous, and live until the end of the block.
        unsafe {
            if strip.sequence.len == 0 {
                self.nothing(output);
            } else if !strip.bases.mask.is_null() {
                let (memory, len) = strip.selected();
                if len == 0 {
                    return self.nothing(output);
                }
                let bases = Bases { input: memory.as_ptr().cast(), mask: ptr::null(), output };
                let axis = Steps { len, input: self.size as isize, mask: 0, output: 0 };
                let axes = [axis];
                let sequence = &Sequence::new(&axes, self.size, self.moves());
                self.one(&Strip { bases, columns: 1, step: 0, sequence }, None);
            } else if self.reorderable {
                self.tree_along(strip, min_len);
                self.with_initial(output, 1);
            } else {
                self.ordered_along(strip);
            }
        }
    }

    /// The result of one sequence of no more than a block's elements, one at least, that are contiguous.
    ///
    /// # Safety
    /// They are initialised elements of the kernel's type, which is reorderable; the output is writable, and the only access to its
    /// memory. The level is one that the processor has.
    pub(crate) unsafe fn contiguous(&self, input: *const u8, len: usize, output: *mut u8) {
        // SAFETY: the same contract.
        unsafe {
            (self.loops.fold)(input, len, output);
            self.with_initial(output, 1);
        }
    }

    /// The result of a sequence without elements.
    ///
    /// # Safety
    /// `result` is writable for an element.
    unsafe fn nothing(&self, result: *mut u8) {
        let empty = self.empty.expect("an empty sequence has an initial value or an identity");
        // SAFETY: the caller vouches for the result.
        unsafe { result.copy_from_nonoverlapping(empty.as_ptr(), self.size) };
    }

    /// A column's result by the tree.
    ///
    /// # Safety
    /// As for [`reduce`](Self::reduce), and the sequence is not empty.
    unsafe fn tree_along(&self, strip: &Strip<'_>, min_len: Option<usize>) {
        let (block, len, output) = (block(self.size), strip.sequence.len, strip.bases.output);
        // SAFETY: the same contract; a block's elements fit the buffer.
        let fold = |range: Range<usize>, result: *mut u8| unsafe {
            let (len, mut buffer) = (range.len(), Buffer::new());
            (self.loops.fold)(strip.column(range, &mut buffer), len, result);
        };
        if len <= block {
            return fold(0..len, output);
        }
        let group =
            min_len.map_or(usize::MAX, |min_len| min_len.div_ceil(block).next_power_of_two().saturating_mul(block));
        // SAFETY: each block's value is written before it is combined; the values are of the kernel's type.
        unsafe {
            if len > group {
                let mut values = vec![0u64; len.div_ceil(group)];
                let places: Vec<Place> = values.iter_mut().map(|value| Place(ptr::from_mut(value).cast())).collect();
                parallel::for_each(places.len(), &|k| {
                    self.counted(k * group..len.min((k + 1) * group), block, places[k].get(), fold);
                });
                self.counted(0..len, group, output, |range, to| {
                    to.copy_from_nonoverlapping(places[range.start / group].get(), self.size);
                });
            } else {
                self.counted(0..len, block, output, fold);
            }
        }
    }

    /// The balanced tree over the values of blocks.
    ///
    /// # Safety
    /// `value` writes one; `result` is writable for an element.
    unsafe fn counted(
        &self,
        range: Range<usize>,
        block: usize,
        result: *mut u8,
        value: impl Fn(Range<usize>, *mut u8),
    ) {
        let mut waiting = [0u64; 64];
        let waiting = waiting.as_mut_ptr();
        let at = |place: usize| waiting.wrapping_add(place).cast::<u8>();
        let mut top = 0;
        // SAFETY: a counter of less than 2^63 ones has no more places; each is written before it is read.
        unsafe {
            for number in 0..range.len().div_ceil(block) {
                let start = range.start + number * block;
                value(start..range.end.min(start.saturating_add(block)), at(top));
                top += 1;
                for _ in 0..number.trailing_ones() {
                    (self.loops.scan)(at(top - 1), 1, at(top - 2), ptr::null_mut());
                    top -= 1;
                }
            }
            while top > 1 {
                (self.loops.scan)(at(top - 1), 1, at(top - 2), ptr::null_mut());
                top -= 1;
            }
            result.copy_from_nonoverlapping(at(0), self.size);
        }
    }

    /// A column's result in the sequence's order.
    ///
    /// # Safety
    /// As for [`tree_along`](Self::tree_along).
    unsafe fn ordered_along(&self, strip: &Strip<'_>) {
        let (len, total) = (strip.sequence.len, strip.bases.output);
        let mut buffer = Buffer::new();
        // SAFETY: the same contract; a block fits the buffer.
        unsafe {
            let mut at = 0;
            if let Some(initial) = self.initial {
                total.copy_from_nonoverlapping(initial.as_ptr(), self.size);
            } else {
                total.copy_from_nonoverlapping(strip.bases.input, self.size);
                at = 1;
            }
            while at < len {
                let part = at..len.min(at + block(self.size));
                at = part.end;
                let len = part.len();
                (self.loops.scan)(strip.column(part, &mut buffer), len, total, ptr::null_mut());
            }
        }
    }
}
