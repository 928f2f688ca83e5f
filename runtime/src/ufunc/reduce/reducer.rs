//! [`Reducer`]: sequences of elements to one result each, whatever their layout.
//!
//! Along: one sequence at a time, its elements in lanes. Across: a strip of neighbouring sequences at a time, one a lane. Both
//! follow the tree that [`fold`](crate::fold) describes, so which of them is taken changes no bit.

use std::ops::Range;

use super::super::machine::Machine;
use super::super::nest::{Nest, Rows};
use super::super::parallel;
use super::super::stack::PerAxis;
use super::super::stage::{Buffer, WHOLE, copy, scatter};
use super::layout::{Layout, Steps};
use super::slots::Slots;
use super::strip::{Sequence, Strip};
use crate::Level;
use crate::fold::{CHUNKS, FoldLoop, FoldLoops, block, width};

/// The bytes of a strip's rows where they are contiguous: a dozen of them stay in the second-level cache.
const ROW: usize = 32 * 1024;

/// The fewest sequences that are worth a strip.
pub(super) const MIN_STRIP: usize = 8;

/// The rows that wait to be combined in a block, of one accumulator and of all.
const WAITING: usize = 10;

/// A kernel that reduces, at one level.
pub(crate) struct Reducer<'a> {
    machine: Machine,
    loops: FoldLoop,
    /// The size of an element.
    pub(super) size: usize,
    /// Whether elements may be combined in any order.
    pub(super) reorderable: bool,
    /// What the first element is combined with, if anything.
    initial: Option<&'a [u8]>,
    /// The result of a sequence without elements, if there is one.
    empty: Option<&'a [u8]>,
}

// SAFETY: the machine's uniforms are `()`, which nothing reads; everything else is shared data.
unsafe impl Sync for Reducer<'_> {}

/// The first elements of a reduction's operands.
#[derive(Clone, Copy)]
pub(crate) struct Bases {
    pub(crate) input: *const u8,
    /// Of `bool`s; null without a mask.
    pub(crate) mask: *const u8,
    pub(crate) output: *mut u8,
}

// SAFETY: the pointers are to elements, all of them `Sync`. Inputs and masks are only read, and each thread writes results
// of its own.
unsafe impl Sync for Bases {}

impl Bases {
    /// The bases so many steps further.
    pub(super) fn at(&self, index: usize, steps: Steps) -> Self {
        let by = |step: isize| step.wrapping_mul(index as isize);
        Self {
            input: self.input.wrapping_offset(by(steps.input)),
            mask: if self.mask.is_null() { self.mask } else { self.mask.wrapping_offset(by(steps.mask)) },
            output: self.output.wrapping_offset(by(steps.output)),
        }
    }
}

/// A place that one task writes to.
#[derive(Clone, Copy)]
struct Place(*mut u8);

// SAFETY: each task has a place of its own.
unsafe impl Sync for Place {}

impl Place {
    /// The place: a method, so that closures capture all of it.
    fn get(&self) -> *mut u8 {
        self.0
    }
}

impl<'a> Reducer<'a> {
    pub(crate) fn new(kernel: &FoldLoops, level: Level, initial: Option<&'a [u8]>, identity: Option<&'a [u8]>) -> Self {
        let machine = Machine::new(kernel.kernel, level, std::ptr::dangling());
        let (loops, size, reorderable) = (kernel.at(level), machine.sizes[0], kernel.reorderable);
        Self { machine, loops, size, reorderable, initial, empty: initial.or(identity) }
    }

    /// Computes all results; in tasks of no fewer than `min_len` elements where that is given.
    ///
    /// # Safety
    /// - The input has an initialised element of the kernel's type at every index of both groups of axes, the mask,
    ///   unless null, a `bool`; the output is writable at every kept index, and the only access to its memory.
    /// - The level is one that the processor has. There is an initial value or an identity if a sequence has no element, or
    ///   may have none where the mask is on.
    pub(crate) unsafe fn reduce(&self, bases: Bases, layout: &Layout, min_len: Option<usize>) {
        let (results, sequence) = (layout.results(), Sequence::new(&layout.reduced, self.size));
        let mut min_len =
            min_len.filter(|min_len| parallel::is_worth_it(results.saturating_mul(sequence.len), *min_len));
        if let Some(elements) = min_len {
            let each = elements.div_ceil(sequence.len.max(1));
            if parallel::is_worth_it(results, each) {
                // SAFETY: the caller vouches for everything; the ranges do not overlap.
                return parallel::for_each_range(results, each, &|range| unsafe {
                    self.range(&bases, layout, &sequence, range, None);
                });
            }
            min_len = Some(elements.max(block(self.size)));
        }
        if results > 0 {
            // SAFETY: the same contract.
            unsafe { self.range(&bases, layout, &sequence, 0..results, min_len) };
        }
    }

    /// Computes a range of the results, not empty; with `min_len`, each of them by several threads.
    ///
    /// # Safety
    /// As for [`reduce`](Self::reduce).
    unsafe fn range(
        &self,
        bases: &Bases,
        layout: &Layout,
        sequence: &Sequence,
        range: Range<usize>,
        min_len: Option<usize>,
    ) {
        let (inner, nearest) = (layout.kept[layout.kept.len() - 1], sequence.inner().input);
        let is_short = sequence.len < width(self.size) / 2;
        let across = bases.mask.is_null()
            && sequence.len > 0
            && inner.len >= MIN_STRIP
            && (is_short || inner.input.unsigned_abs() < nearest.unsigned_abs());
        if !across {
            return self.runs(bases, &layout.kept, range, |bases, len| {
                for k in 0..len {
                    let strip = Strip { bases: bases.at(k, inner), columns: 1, step: 0, sequence };
                    // SAFETY: the same contract, for one of the results.
                    unsafe { self.one(&strip, min_len) };
                }
            });
        }
        // A block's rows that are not contiguous are copied to half of a first-level cache.
        let bytes = if inner.input == self.size as isize { ROW } else { WHOLE / CHUNKS };
        let columns = (bytes / self.size).min(inner.len).min(range.len());
        let levels = sequence.len.div_ceil(block(self.size)).ilog2() as usize + 2;
        let slots = Slots::new(WAITING + levels, self.slot(columns));
        self.runs(bases, &layout.kept, range, |bases, len| {
            for start in (0..len).step_by(columns) {
                let columns = columns.min(len - start);
                let strip = Strip { bases: bases.at(start, inner), columns, step: inner.input, sequence };
                let is_dense = inner.output == self.size as isize;
                let results = if is_dense { strip.bases.output } else { slots.at(WAITING) };
                // SAFETY: the same contract, for some of the results; the slots hold a strip's rows.
                unsafe {
                    if self.reorderable {
                        self.tree_across(&strip, results, &slots, min_len);
                        self.with_initial(results, columns);
                    } else {
                        self.ordered_across(&strip, results);
                    }
                    if !is_dense {
                        let (start, len, step) = (strip.bases.output, columns, inner.output);
                        scatter(self.size, &Rows { start, count: 1, row_step: 0, len, step }, results);
                    }
                }
            }
        });
    }

    /// The bytes of a slot for a row of a strip, or for all accumulators of a narrow one.
    fn slot(&self, columns: usize) -> usize {
        let (row, all) = (columns * self.size, width(self.size) * columns * self.size);
        if all <= WHOLE { all } else { row }
    }

    /// Visits runs of neighbouring results: where they start, and how many they are.
    pub(super) fn runs(&self, bases: &Bases, kept: &[Steps], range: Range<usize>, mut visit: impl FnMut(Bases, usize)) {
        if let [axis] = kept {
            return visit(bases.at(range.start, *axis), range.len());
        }
        let shape: PerAxis<usize> = kept.iter().map(|axis| axis.len).collect();
        let steps: PerAxis<isize> = kept.iter().flat_map(|axis| [axis.input, axis.mask, axis.output]).collect();
        let places = [bases.input.cast_mut(), bases.mask.cast_mut(), bases.output];
        let nest = Nest { machine: &self.machine, sizes: &[], bases: &places, shape: &shape, steps: &steps };
        nest.walk(0..3, range, |places, len| {
            let mask = if bases.mask.is_null() { bases.mask } else { places[1].cast_const() };
            visit(Bases { input: places[0], mask, output: places[2] }, len);
        });
    }

    /// Computes the result of a strip of one column.
    ///
    /// # Safety
    /// As for [`reduce`](Self::reduce).
    unsafe fn one(&self, strip: &Strip<'_>, min_len: Option<usize>) {
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
                let bases = Bases { input: memory.as_ptr().cast(), mask: std::ptr::null(), output };
                let axis = Steps { len, input: self.size as isize, mask: 0, output: 0 };
                let sequence = &Sequence::new(&[axis], self.size);
                self.one(&Strip { bases, columns: 1, step: 0, sequence }, None);
            } else if self.reorderable {
                self.tree_along(strip, min_len);
                self.with_initial(output, 1);
            } else {
                self.ordered_along(strip);
            }
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
                let places: Vec<Place> =
                    values.iter_mut().map(|value| Place(std::ptr::from_mut(value).cast())).collect();
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
                    (self.loops.scan)(at(top - 1), 1, at(top - 2), std::ptr::null_mut());
                    top -= 1;
                }
            }
            while top > 1 {
                (self.loops.scan)(at(top - 1), 1, at(top - 2), std::ptr::null_mut());
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
                (self.loops.scan)(strip.column(part, &mut buffer), len, total, std::ptr::null_mut());
            }
        }
    }

    /// A strip's results by the tree.
    ///
    /// # Safety
    /// As for [`reduce`](Self::reduce), and the sequence is not empty. The slots hold rows of the strip, enough for a block and for
    /// the tree over blocks.
    unsafe fn tree_across(&self, strip: &Strip<'_>, results: *mut u8, slots: &Slots, min_len: Option<usize>) {
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
                    let slots = Slots::new(WAITING + levels, self.slot(columns));
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
        slots: &Slots,
        value: impl Fn(Range<usize>, *mut u8, &Slots),
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
    unsafe fn block_across(&self, strip: &Strip<'_>, range: Range<usize>, result: *mut u8, slots: &Slots) {
        let count = range.len().min(width(self.size));
        // SAFETY: the same contract.
        unsafe {
            if strip.is_dense() && count * strip.columns * self.size <= self.slot(strip.columns) {
                self.dense_across(strip, range, result, slots);
            } else {
                self.accumulators(strip, &range, 0, 1, count, result, 0, slots);
            }
        }
    }

    /// [`block_across`](Self::block_across) where one row follows the other in memory: all accumulators at once.
    ///
    /// # Safety
    /// As for [`block_across`](Self::block_across); a slot holds all accumulators.
    unsafe fn dense_across(&self, strip: &Strip<'_>, range: Range<usize>, result: *mut u8, slots: &Slots) {
        let (width, columns) = (width(self.size), strip.columns);
        let mut top = 0;
        let mut count = 0;
        for (number, start) in range.clone().step_by(CHUNKS * width).enumerate() {
            let len = (range.end - start).min(CHUNKS * width);
            let mut rows = [std::ptr::null(); CHUNKS];
            for (chunk, row) in rows.iter_mut().enumerate().take(len.div_ceil(width)) {
                *row = strip.bases.input.wrapping_add((start + chunk * width) * columns * self.size);
            }
            let (whole, rest) = (len / width, len % width);
            // SAFETY: the rows are the strip's; each of a block's few runs has a slot.
            unsafe {
                if whole == 0 {
                    slots.at(top).copy_from_nonoverlapping(rows[0], rest * columns * self.size);
                } else {
                    (self.loops.rows)(rows.as_ptr(), whole, width * columns, slots.at(top));
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

    /// The accumulators `first`, `first + step` and so on of a block, combined by halves.
    ///
    /// # Safety
    /// As for [`block_across`](Self::block_across). The slots from `free` on are not in use.
    #[allow(clippy::too_many_arguments, reason = "a recursion's state")]
    unsafe fn accumulators(
        &self,
        strip: &Strip<'_>,
        range: &Range<usize>,
        first: usize,
        step: usize,
        count: usize,
        result: *mut u8,
        free: usize,
        slots: &Slots,
    ) {
        // SAFETY: the same contract: at each of six levels one slot is taken.
        unsafe {
            if step >= count.next_power_of_two() {
                return self.runs_across(strip, range, first, result, free, slots);
            }
            self.accumulators(strip, range, first, 2 * step, count, result, free, slots);
            if first + step < count {
                let right = slots.at(free);
                self.accumulators(strip, range, first + step, 2 * step, count, right, free + 1, slots);
                self.join(result, right, strip.columns);
            }
        }
    }

    /// One accumulator of a block: its runs, combined as a balanced tree.
    ///
    /// # Safety
    /// As for [`accumulators`](Self::accumulators).
    unsafe fn runs_across(
        &self,
        strip: &Strip<'_>,
        range: &Range<usize>,
        first: usize,
        result: *mut u8,
        free: usize,
        slots: &Slots,
    ) {
        let width = width(self.size);
        let mut buffer = Buffer::<WHOLE>::new();
        let copies = WHOLE / CHUNKS;
        let mut top = 0;
        for (number, start) in (range.start + first..range.end).step_by(CHUNKS * width).enumerate() {
            let mut rows = [std::ptr::null(); CHUNKS];
            let mut count = 0;
            // SAFETY: the elements are in the range, the copies of their rows in the buffer; each of a block's few runs has a slot.
            unsafe {
                for element in (start..range.end).step_by(width).take(CHUNKS) {
                    rows[count] = strip.row(element, buffer.start().wrapping_add(count * copies));
                    count += 1;
                }
                let to = if top == 0 { result } else { slots.at(free + top - 1) };
                (self.loops.rows)(rows.as_ptr(), count, strip.columns, to);
                top += 1;
                for _ in 0..number.trailing_ones() {
                    top -= 1;
                    let left = if top == 1 { result } else { slots.at(free + top - 2) };
                    self.join(left, slots.at(free + top - 1), strip.columns);
                }
            }
        }
        while top > 1 {
            top -= 1;
            // SAFETY: as above.
            unsafe {
                let left = if top == 1 { result } else { slots.at(free + top - 2) };
                self.join(left, slots.at(free + top - 1), strip.columns);
            }
        }
    }

    /// A strip's results in the sequences' order.
    ///
    /// # Safety
    /// As for [`tree_across`](Self::tree_across).
    unsafe fn ordered_across(&self, strip: &Strip<'_>, total: *mut u8) {
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
                (self.loops.rows)(rows.as_ptr(), count + 1, strip.columns, total);
                at += count;
            }
        }
    }

    /// `left = left op right` for each column.
    ///
    /// # Safety
    /// Both are valid rows of so many columns.
    pub(super) unsafe fn join(&self, left: *mut u8, right: *const u8, columns: usize) {
        // SAFETY: the caller vouches for the rows; the result takes the place of the first.
        unsafe { self.join_to(left, right, columns, left) };
    }

    /// `result = left op right` for each column.
    ///
    /// # Safety
    /// All are valid rows of so many columns; the result may be one of the others.
    pub(super) unsafe fn join_to(&self, left: *const u8, right: *const u8, columns: usize, result: *mut u8) {
        // SAFETY: the caller vouches for the rows.
        unsafe { (self.loops.rows)([left, right].as_ptr(), 2, columns, result) };
    }

    /// `results = initial op results`, if there is an initial value.
    ///
    /// # Safety
    /// The results are valid, so many of them, and contiguous.
    unsafe fn with_initial(&self, results: *mut u8, columns: usize) {
        let Some(initial) = self.initial else { return };
        for k in 0..columns {
            let mut total = 0u64;
            let (total, result) = ((&raw mut total).cast::<u8>(), results.wrapping_add(k * self.size));
            // SAFETY: the caller vouches for the results; an element has eight bytes at most.
            unsafe {
                total.copy_from_nonoverlapping(initial.as_ptr(), self.size);
                (self.loops.scan)(result, 1, total, std::ptr::null_mut());
                result.copy_from_nonoverlapping(total, self.size);
            }
        }
    }

    /// `total = total op value` for one value after the other, with all totals in `results`.
    ///
    /// # Safety
    /// All are valid for so many elements, initialised where they are read, and aligned; the total is apart.
    pub(super) unsafe fn scan_to(&self, values: *const u8, len: usize, total: *mut u8, results: *mut u8) {
        // SAFETY: the same contract.
        unsafe { (self.loops.scan)(values, len, total, results) }
    }
}
