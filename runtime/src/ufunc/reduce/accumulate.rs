//! Prefixes of sequences: each result is that of all elements up to its own.

use super::super::stage::{Buffer, WHOLE};
use super::layout::{Layout, Steps};
use super::reducer::{Bases, MIN_STRIP, Reducer};
use crate::fold::block;
use crate::lanes::moves::Rows;

impl Reducer<'_> {
    /// Computes the prefixes along the layout's one reduced axis, in its order.
    ///
    /// # Safety
    /// As for [`reduce`](Self::reduce), without a mask; the output has an element at every index of both groups of axes.
    pub(crate) unsafe fn accumulate(&self, bases: Bases, layout: &Layout) {
        let (inner, axis) = (layout.kept[layout.kept.len() - 1], layout.reduced[0]);
        let results = layout.results();
        if results == 0 || axis.len == 0 {
            return;
        }
        let across = inner.len >= MIN_STRIP && inner.input.unsigned_abs() < axis.input.unsigned_abs();
        let columns = if across { WHOLE / self.size } else { 1 };
        self.runs(&bases, &layout.kept, 0..results, |bases, len| {
            for start in (0..len).step_by(columns) {
                let columns = columns.min(len - start);
                let input = bases.input.wrapping_offset(start as isize * inner.input);
                let output = bases.output.wrapping_offset(start as isize * inner.output);
                // SAFETY: the same contract, for some of the sequences.
                unsafe {
                    if columns == 1 {
                        self.prefixes(input, output, axis);
                    } else {
                        self.rows_of_prefixes(input, output, axis, inner, columns);
                    }
                }
            }
        });
    }

    /// One sequence's prefixes.
    ///
    /// # Safety
    /// As for [`accumulate`](Self::accumulate).
    unsafe fn prefixes(&self, input: *const u8, output: *mut u8, axis: Steps) {
        let size = self.size;
        let (mut values, mut results) = (Buffer::<WHOLE>::new(), Buffer::<WHOLE>::new());
        let mut total = 0u64;
        let total = (&raw mut total).cast::<u8>();
        // SAFETY: the caller vouches for both sides; a block fits the buffers, and an element eight bytes.
        unsafe {
            total.copy_from_nonoverlapping(input, size);
            output.copy_from_nonoverlapping(input, size);
            let mut at = 1;
            while at < axis.len {
                let len = (axis.len - at).min(block(size));
                let rows = |start: *mut u8, step: isize| Rows { start, count: 1, row_step: 0, len, step };
                let from = rows(input.cast_mut().wrapping_offset(at as isize * axis.input), axis.input);
                let to = rows(output.wrapping_offset(at as isize * axis.output), axis.output);
                let values = if axis.input == size as isize {
                    from.start
                } else {
                    (self.moves().gather)(size, values.start(), &from);
                    values.start()
                };
                if axis.output == size as isize {
                    self.scan_to(values, len, total, to.start);
                } else {
                    self.scan_to(values, len, total, results.start());
                    (self.moves().scatter)(size, results.start(), &to);
                }
                at += len;
            }
        }
    }

    /// The prefixes of neighbouring sequences.
    ///
    /// # Safety
    /// As for [`accumulate`](Self::accumulate); a row of so many columns fits a buffer.
    unsafe fn rows_of_prefixes(&self, input: *const u8, output: *mut u8, axis: Steps, inner: Steps, columns: usize) {
        let size = self.size;
        let (mut totals, mut values) = (Buffer::<WHOLE>::new(), Buffer::<WHOLE>::new());
        let rows = |start: *mut u8, step: isize| Rows { start, count: 1, row_step: 0, len: columns, step };
        let is_dense = |steps: isize| steps == size as isize;
        let mut before = std::ptr::null();
        for i in 0..axis.len as isize {
            let from = rows(input.cast_mut().wrapping_offset(i * axis.input), inner.input);
            let to = rows(output.wrapping_offset(i * axis.output), inner.output);
            // SAFETY: the caller vouches for both sides; a row fits the buffers. Each result joins what is before it.
            unsafe {
                let value = if is_dense(inner.input) {
                    from.start
                } else {
                    (self.moves().gather)(size, values.start(), &from);
                    values.start()
                };
                let total = if is_dense(inner.output) { to.start } else { totals.start() };
                if i == 0 {
                    total.copy_from_nonoverlapping(value, columns * size);
                } else {
                    self.join_to(before, value, columns, total);
                }
                if !is_dense(inner.output) {
                    (self.moves().scatter)(size, total, &to);
                }
                before = total.cast_const();
            }
        }
    }
}
