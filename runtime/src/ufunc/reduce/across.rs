//! A strip of neighbouring sequences at a time, one a lane: rows of elements are combined.

use std::ops::Range;
use std::ptr;

use super::super::parallel;
use super::super::stage::{Buffer, WHOLE, copy};
use super::reducer::{Place, Reducer};
use super::slots::Slots;
use super::strip::Strip;
use crate::fold::{CHUNKS, block, width};

/// The rows that wait to be combined in a block, of one accumulator and of all.
pub(super) const WAITING: usize = 10;

impl Reducer<'_> {
    /// A strip's results by the tree.
    ///
    /// # Safety
    /// As for [`reduce`](Self::reduce), and the sequence is not empty. The slots hold rows of the strip, enough for a block and for
    /// the tree over blocks.
    pub(super) unsafe fn tree_across(
        &self,
        strip: &Strip<'_>,
        results: *mut u8,
        slots: &Slots<'_>,
        min_len: Option<usize>,
    ) {
        let (block, len, columns) = (block(self.size), strip.sequence.len, strip.columns);
        let group = min_len
            .map_or(usize::MAX, |min_len| min_len.div_ceil(columns * block).next_power_of_two().saturating_mul(block));
        let bytes = columns * self.size;
        // SAFETY: the same contract; each task has slots of its own.
        unsafe {
            if len <= block {
                return self.block_across(strip, 0..len, results, slots);
            }
            if len > group {
                let values = Slots::new(len.div_ceil(group), bytes);
                let places: Vec<Place> = (0..len.div_ceil(group)).map(|k| Place(values.at(k))).collect();
                let levels = (group / block).ilog2() as usize + 2;
                parallel::for_each(places.len(), &|k| {
                    let slots = Slots::new(WAITING + levels, self.slot(columns, len));
                    self.counted_rows(
                        k * group..len.min((k + 1) * group),
                        block,
                        columns,
                        &slots,
                        |range, to, slots| {
                            self.block_across(strip, range, to, slots);
                        },
                    );
                    places[k].get().copy_from_nonoverlapping(slots.at(WAITING), bytes);
                });
                self.counted_rows(0..len, group, columns, slots, |range, to, _| {
                    to.copy_from_nonoverlapping(places[range.start / group].get(), bytes);
                });
            } else {
                self.counted_rows(0..len, block, columns, slots, |range, to, slots| {
                    self.block_across(strip, range, to, slots);
                });
            }
            results.copy_from_nonoverlapping(slots.at(WAITING), bytes);
        }
    }

    /// The balanced tree over rows of blocks' values; in the slot after those of a block.
    ///
    /// # Safety
    /// `value` writes a row of values; the slots hold them.
    unsafe fn counted_rows(
        &self,
        range: Range<usize>,
        block: usize,
        columns: usize,
        slots: &Slots<'_>,
        value: impl Fn(Range<usize>, *mut u8, &Slots<'_>),
    ) {
        let mut top = WAITING;
        for number in 0..range.len().div_ceil(block) {
            let start = range.start + number * block;
            value(start..range.end.min(start.saturating_add(block)), slots.at(top), slots);
            top += 1;
            for _ in 0..number.trailing_ones() {
                // SAFETY: both rows have been written.
                unsafe { self.join(slots.at(top - 2), slots.at(top - 1), columns) };
                top -= 1;
            }
        }
        while top > WAITING + 1 {
            // SAFETY: as above.
            unsafe { self.join(slots.at(top - 2), slots.at(top - 1), columns) };
            top -= 1;
        }
    }

    /// The values of a block, or of the last part of one, for each column.
    ///
    /// # Safety
    /// As for [`tree_across`](Self::tree_across); `result` holds a row, apart from the slots of a block.
    unsafe fn block_across(&self, strip: &Strip<'_>, range: Range<usize>, result: *mut u8, slots: &Slots<'_>) {
        let count = range.len().min(width(self.size));
        // SAFETY: the same contract.
        unsafe {
            if strip.is_dense() && count * strip.columns * self.size <= self.slot(strip.columns, strip.sequence.len) {
                return self.dense_across(strip, range, result, slots);
            }
            let values = Block { strip, range, count, slots }.accumulators(self, 0, 1, None, result, 0);
            if values != result.cast_const() {
                result.copy_from_nonoverlapping(values, strip.columns * self.size);
            }
        }
    }

    /// [`block_across`](Self::block_across) where one row follows the other in memory: all accumulators at once.
    ///
    /// # Safety
    /// As for [`block_across`](Self::block_across); a slot holds all accumulators.
    unsafe fn dense_across(&self, strip: &Strip<'_>, range: Range<usize>, result: *mut u8, slots: &Slots<'_>) {
        let (width, columns) = (width(self.size), strip.columns);
        let mut top = 0;
        let mut count = 0;
        for (number, start) in range.clone().step_by(CHUNKS * width).enumerate() {
            let len = (range.end - start).min(CHUNKS * width);
            let mut rows = [ptr::null(); CHUNKS];
            for (chunk, row) in rows.iter_mut().enumerate().take(len.div_ceil(width)) {
                *row = strip.bases.input.wrapping_add((start + chunk * width) * columns * self.size);
            }
            let (whole, rest) = (len / width, len % width);
            // SAFETY: the rows are the strip's; each of a block's few runs has a slot.
            unsafe {
                if whole == 0 {
                    slots.at(top).copy_from_nonoverlapping(rows[0], rest * columns * self.size);
                } else {
                    (self.loops.rows)(rows.as_ptr(), whole, width * columns, slots.at(top), None);
                    if rest > 0 {
                        self.join(slots.at(top), rows[whole], rest * columns);
                    }
                }
                (top, count) = (top + 1, len.min(width));
                for _ in 0..number.trailing_ones() {
                    self.join(slots.at(top - 2), slots.at(top - 1), count * columns);
                    (top, count) = (top - 1, width);
                }
            }
        }
        // SAFETY: as above; halves do not overlap.
        unsafe {
            while top > 1 {
                self.join(slots.at(top - 2), slots.at(top - 1), count * columns);
                (top, count) = (top - 1, width);
            }
            let (totals, mut count) = (slots.at(0), range.len().min(width));
            while count > 1 {
                let half = count.next_power_of_two() / 2;
                self.join(totals, totals.wrapping_add(half * columns * self.size), (count - half) * columns);
                count = half;
            }
            result.copy_from_nonoverlapping(totals, columns * self.size);
        }
    }

    /// A strip's results in the sequences' order.
    ///
    /// # Safety
    /// As for [`tree_across`](Self::tree_across).
    pub(super) unsafe fn ordered_across(&self, strip: &Strip<'_>, total: *mut u8) {
        let mut buffer = Buffer::<WHOLE>::new();
        let copies = WHOLE / CHUNKS;
        let mut at = 0;
        // SAFETY: the same contract: rows are in place, or in the buffer, and the first is the total.
        unsafe {
            if let Some(initial) = self.initial {
                copy(self.size, total, initial.as_ptr(), true, strip.columns);
            } else {
                let row = strip.row(0, buffer.start());
                total.copy_from_nonoverlapping(row, strip.columns * self.size);
                at = 1;
            }
            while at < strip.sequence.len {
                let mut rows = [total.cast_const(); CHUNKS];
                let count = (strip.sequence.len - at).min(CHUNKS - 1);
                for k in 0..count {
                    rows[k + 1] = strip.row(at + k, buffer.start().wrapping_add(k * copies));
                }
                (self.loops.rows)(rows.as_ptr(), count + 1, strip.columns, total, None);
                at += count;
            }
        }
    }
}

/// A block of a strip.
struct Block<'b> {
    strip: &'b Strip<'b>,
    range: Range<usize>,
    /// How many accumulators have an element.
    count: usize,
    slots: &'b Slots<'b>,
}

impl Block<'_> {
    /// The accumulators `first`, `first + step` and so on, combined by halves: where they are, in `result` or in place. `after` is the one
    /// that comes after all of them.
    ///
    /// # Safety
    /// As for [`Reducer::reduce`]. The slots hold rows, and those from `free` on are not in use.
    unsafe fn accumulators(
        &self,
        reducer: &Reducer<'_>,
        first: usize,
        step: usize,
        after: Option<usize>,
        result: *mut u8,
        free: usize,
    ) -> *const u8 {
        // SAFETY: the same contract: at each of six levels one slot is taken.
        unsafe {
            if step >= self.count.next_power_of_two() {
                return self.runs(reducer, first, after, result, free);
            }
            let other = Some(first + step).filter(|other| *other < self.count);
            let left = self.accumulators(reducer, first, 2 * step, other.or(after), result, free);
            let Some(other) = other else { return left };
            let right = self.accumulators(reducer, other, 2 * step, after, self.slots.at(free), free + 1);
            reducer.join_to(left, right, self.strip.columns, result);
            result
        }
    }

    /// Where the rows are that come next, if they are far away: those of the accumulator `after` behind the last of one.
    fn ahead(&self, reducer: &Reducer<'_>, next: usize, after: Option<usize>) -> Option<[*const u8; CHUNKS]> {
        if !reducer.is_far || !self.strip.is_contiguous() {
            return None;
        }
        let next = if next < self.range.end { next } else { self.range.start + after? };
        let last = self.range.end - 1;
        Some(std::array::from_fn(|k| self.strip.start((next + k * width(reducer.size)).min(last))))
    }

    /// One accumulator: its runs, combined as a balanced tree; in `result` or in place.
    ///
    /// # Safety
    /// As for [`accumulators`](Self::accumulators).
    unsafe fn runs(
        &self,
        reducer: &Reducer<'_>,
        first: usize,
        after: Option<usize>,
        result: *mut u8,
        free: usize,
    ) -> *const u8 {
        let (width, strip) = (width(reducer.size), self.strip);
        let (mut buffer, copies) = (Buffer::<WHOLE>::new(), WHOLE / CHUNKS);
        let at = |place: usize| if place == 0 { result } else { self.slots.at(free + place - 1) };
        let mut top = 0;
        for (number, start) in (self.range.start + first..self.range.end).step_by(CHUNKS * width).enumerate() {
            let mut rows = [ptr::null(); CHUNKS];
            let mut count = 0;
            // SAFETY: the elements are in the range, the copies of their rows in the buffer; each of a block's few runs has a slot.
            unsafe {
                for element in (start..self.range.end).step_by(width).take(CHUNKS) {
                    rows[count] = strip.row(element, buffer.start().wrapping_add(count * copies));
                    count += 1;
                }
                if number == 0 && count == 1 && rows[0] != buffer.start().cast_const() {
                    return rows[0];
                }
                let ahead = self.ahead(reducer, start + CHUNKS * width, after);
                (reducer.loops.rows)(rows.as_ptr(), count, strip.columns, at(top), ahead.as_ref());
                top += 1;
                for _ in 0..number.trailing_ones() {
                    top -= 1;
                    reducer.join(at(top - 1), at(top), strip.columns);
                }
            }
        }
        while top > 1 {
            top -= 1;
            // SAFETY: as above.
            unsafe { reducer.join(at(top - 1), at(top), strip.columns) };
        }
        result
    }
}
