//! [`Reducer`]: sequences of elements to one result each, whatever their layout.
//!
//! Along: one sequence at a time, its elements in lanes. Across: a strip of neighbouring sequences at a time, one a lane.
//! Both fold the same tree (see [`fold`](crate::fold)), so which of them is taken changes no bit.

use std::ops::Range;

use super::super::machine::Machine;
use super::super::nest::{Nest, Rows};
use super::super::parallel;
use super::super::stack::PerAxis;
use super::super::stage::{Buffer, WHOLE, compress, copy, gather, scatter};
use super::layout::{Layout, Steps};
use super::slots::Slots;
use crate::Level;
use crate::fold::{ACCUMULATORS, FoldLoop, FoldLoops, block, width};

/// The bytes of a strip's accumulators: they stay in the second-level cache.
const STRIP: usize = 64 * 1024;

/// The fewest sequences that are worth a strip.
const MIN_STRIP: usize = 8;

/// A kernel that reduces, at one level.
pub(crate) struct Reducer<'a> {
    pub(crate) machine: Machine,
    loops: FoldLoop,
    size: usize,
    reorderable: bool,
    /// What the first element is combined with, if anything.
    initial: Option<&'a [u8]>,
    /// The result of a sequence without elements, if there is one.
    empty: Option<&'a [u8]>,
}

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
// SAFETY: as above.
unsafe impl Send for Bases {}

// SAFETY: the uniforms are `()`; everything else is shared data.
unsafe impl Sync for Reducer<'_> {}

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

/// Neighbouring sequences, one a column.
pub(super) struct Strip {
    pub(super) bases: Bases,
    pub(super) columns: usize,
    /// From column to column in the input, in bytes.
    pub(super) step: isize,
}

/// The elements that a mask selects, one behind the other.
struct Selected {
    memory: Vec<u64>,
    bytes: usize,
}

/// A sequence's axes, as rows of steps for a [`Nest`].
struct Sequence {
    shape: PerAxis<usize>,
    /// The steps of the input and of the mask.
    steps: PerAxis<isize>,
    len: usize,
    /// Whether the elements lie one behind the other.
    is_dense: bool,
}

impl Sequence {
    fn new(reduced: &[Steps], size: usize) -> Self {
        Self {
            shape: reduced.iter().map(|axis| axis.len).collect(),
            steps: reduced.iter().flat_map(|axis| [axis.input, axis.mask]).collect(),
            len: reduced.iter().map(|axis| axis.len).product(),
            is_dense: matches!(reduced, [axis] if axis.input == size as isize || axis.len == 1),
        }
    }
}

/// What is done for one run of neighbouring results: their bases, how many, and the steps between them.
pub(super) type Run<'r> = &'r mut dyn FnMut(Bases, usize);

impl<'a> Reducer<'a> {
    pub(crate) fn new(kernel: &FoldLoops, level: Level, initial: Option<&'a [u8]>, identity: Option<&'a [u8]>) -> Self {
        // The kernel's uniforms are `()`, which has no bytes.
        let mut machine = Machine::new(kernel.kernel, level, std::ptr::dangling());
        machine.in_place = true;
        let (loops, size, reorderable) = (kernel.at(level), machine.sizes[0], kernel.reorderable);
        Self { machine, loops, size, reorderable, initial, empty: initial.or(identity) }
    }

    /// The size of an element.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Whether sequences may be combined in any order.
    pub(super) fn reorderable(&self) -> bool {
        self.reorderable
    }

    /// Computes all results; in tasks of no fewer than `min_len` elements where that is given.
    ///
    /// # Safety
    /// - The input has an initialised element of the kernel's type at every index of both groups of axes, the mask,
    ///   unless null, a `bool`; the output is writable at every kept index, and the only access to its memory.
    /// - The level is one that the processor has. There is an initial value or an identity if a sequence has no element, or
    ///   may have none that the mask has on.
    pub(crate) unsafe fn reduce(&self, bases: Bases, layout: &Layout, min_len: Option<usize>) {
        let (results, elements) = (layout.results(), layout.elements());
        let sequence = Sequence::new(&layout.reduced, self.size);
        if results == 0 {
            return;
        }
        if let Some(min_len) = min_len
            && parallel::is_worth_it(results.saturating_mul(elements), min_len)
        {
            let each = min_len.div_ceil(elements.max(1));
            if parallel::is_worth_it(results, each) {
                // SAFETY: the caller vouches for everything; the ranges do not overlap.
                return parallel::for_each_range(results, each, &|range| unsafe {
                    self.range(&bases, layout, &sequence, range, None);
                });
            }
            // SAFETY: the same contract.
            return unsafe { self.range(&bases, layout, &sequence, 0..results, Some(min_len)) };
        }
        // SAFETY: the same contract.
        unsafe { self.range(&bases, layout, &sequence, 0..results, None) }
    }

    /// Computes a range of the results; with `min_len`, each of them by several threads.
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
        let inner = layout.kept[layout.kept.len() - 1];
        let nearest = sequence.steps[sequence.steps.len() - 2];
        let (masked, size) = (!bases.mask.is_null(), self.size);
        let short = sequence.len < width(size) / 2;
        let across =
            !masked && inner.len >= MIN_STRIP && (short || inner.input.unsigned_abs() < nearest.unsigned_abs());
        let columns = if across { (STRIP / (width(size) * size)).min(inner.len) } else { 1 };
        let levels = sequence.len.div_ceil(block(size)).max(1).ilog2() as usize + 3;
        let accumulators = if self.reorderable { width(size) } else { 1 };
        let bytes = (accumulators * columns * size).max(ACCUMULATORS);
        let mut slots = Slots::new(levels, bytes);
        self.runs(bases, &layout.kept, range, &mut |bases, len| {
            let mut done = 0;
            while done < len {
                let strip = Strip {
                    bases: Bases {
                        input: bases.input.wrapping_offset(done as isize * inner.input),
                        mask: bases.mask.wrapping_offset(done as isize * inner.mask),
                        output: bases.output.wrapping_offset(done as isize * inner.output),
                    },
                    columns: columns.min(len - done),
                    step: inner.input,
                };
                // SAFETY: the same contract, for some of the results; the slots hold a strip's accumulators.
                unsafe {
                    let totals = match (sequence.len, masked, self.reorderable) {
                        (0, ..) => self.nothing(&mut slots),
                        (_, true, _) => self.masked(&strip, sequence, &mut slots),
                        (_, false, true) => self.tree(&strip, sequence, &mut slots, min_len),
                        (_, false, false) => self.ordered(&strip, sequence, &mut slots),
                    };
                    let rows = Rows {
                        start: strip.bases.output,
                        count: 1,
                        row_step: 0,
                        len: strip.columns,
                        step: inner.output,
                    };
                    scatter(size, &rows, totals);
                }
                done += strip.columns;
            }
        });
    }

    /// Visits runs of neighbouring results.
    pub(super) fn runs(&self, bases: &Bases, kept: &[Steps], range: Range<usize>, visit: Run<'_>) {
        let shape: PerAxis<usize> = kept.iter().map(|axis| axis.len).collect();
        let steps: PerAxis<isize> = kept.iter().flat_map(|axis| [axis.input, axis.mask, axis.output]).collect();
        let places = [bases.input.cast_mut(), bases.mask.cast_mut(), bases.output];
        let nest = Nest { machine: &self.machine, sizes: &[], bases: &places, shape: &shape, steps: &steps };
        let no_mask = bases.mask.is_null();
        nest.walk(0..3, range, |places, len| {
            let mask = if no_mask { std::ptr::null() } else { places[1].cast_const() };
            visit(Bases { input: places[0], mask, output: places[2] }, len);
        });
    }

    /// The result of sequences without elements.
    fn nothing(&self, slots: &mut Slots) -> *mut u8 {
        let to = slots.at(0);
        let empty = self.empty.expect("an empty sequence has an initial value or an identity");
        // SAFETY: a slot holds an element.
        unsafe { to.copy_from_nonoverlapping(empty.as_ptr(), self.size) };
        to
    }

    /// A strip's results by the tree.
    ///
    /// # Safety
    /// As for [`reduce`](Self::reduce); the slots hold the strip's accumulators.
    unsafe fn tree(&self, strip: &Strip, sequence: &Sequence, slots: &mut Slots, min_len: Option<usize>) -> *mut u8 {
        let (block, all) = (block(self.size), 0..sequence.len);
        let group =
            min_len.map_or(usize::MAX, |min_len| (min_len.div_ceil(strip.columns * block)).next_power_of_two() * block);
        // SAFETY: the same contract.
        unsafe {
            if sequence.len > group {
                let bytes = width(self.size) * strip.columns * self.size;
                let groups = sequence.len.div_ceil(group);
                let mut totals = Slots::new(groups, bytes.max(ACCUMULATORS));
                let places: Vec<Place> = (0..groups).map(|k| Place(totals.at(k))).collect();
                parallel::for_each(groups, &|k| {
                    let mut slots = Slots::new(group.ilog2() as usize, bytes.max(ACCUMULATORS));
                    let part = k * group..sequence.len.min((k + 1) * group);
                    let len = part.len().min(width(self.size)) * strip.columns;
                    self.totals(part, block, strip.columns, &mut slots, &mut |range, to| {
                        self.leaf(strip, sequence, range, to)
                    });
                    places[k].get().copy_from_nonoverlapping(slots.at(0), len * self.size);
                });
                self.totals(all, group, strip.columns, slots, &mut |range, to| {
                    let len = range.len().min(width(self.size)) * strip.columns;
                    to.copy_from_nonoverlapping(places[range.start / group].get(), len * self.size);
                });
            } else {
                self.totals(all, block, strip.columns, slots, &mut |range, to| self.leaf(strip, sequence, range, to));
            }
            self.finish(sequence.len, strip.columns, slots.at(0))
        }
    }

    /// Folds blocks and combines them as a balanced tree, as a binary counter adds ones. The accumulators are in the first slot.
    ///
    /// # Safety
    /// `leaf` writes the accumulators of a block. The slots are one more than the tree has levels.
    unsafe fn totals(
        &self,
        range: Range<usize>,
        block: usize,
        columns: usize,
        slots: &mut Slots,
        leaf: &mut dyn FnMut(Range<usize>, *mut u8),
    ) {
        let mut levels = [0u8; 64];
        let (mut top, mut start, mut count) = (0, range.start, 0);
        while start < range.end {
            let end = range.end.min(start.saturating_add(block));
            leaf(start..end, slots.at(top));
            (levels[top], count) = (0, (end - start).min(width(self.size)));
            while top > 0 && levels[top - 1] == levels[top] {
                // SAFETY: the accumulators on the left are all there, on the right so many.
                unsafe { self.join(slots.at(top - 1), slots.at(top), count * columns) };
                (top, count) = (top - 1, width(self.size));
                levels[top] += 1;
            }
            (top, start) = (top + 1, end);
        }
        while top > 1 {
            // SAFETY: as above.
            unsafe { self.join(slots.at(top - 2), slots.at(top - 1), count * columns) };
            (top, count) = (top - 1, width(self.size));
        }
    }

    /// `left = left op right` for so many elements.
    ///
    /// # Safety
    /// Both are valid for them, initialised and aligned.
    pub(super) unsafe fn join(&self, left: *mut u8, right: *mut u8, len: usize) {
        // SAFETY: the caller vouches for the memory; the machine is in place.
        unsafe { self.machine.contiguous(&mut [left, right, left], len) }
    }

    /// A block's accumulators.
    ///
    /// # Safety
    /// As for [`reduce`](Self::reduce); `to` holds the strip's accumulators.
    unsafe fn leaf(&self, strip: &Strip, sequence: &Sequence, range: Range<usize>, to: *mut u8) {
        let (size, columns) = (self.size, strip.columns);
        // SAFETY: the same contract. A block is no longer than the buffer, nor is a row of a strip.
        unsafe {
            if columns == 1 {
                let mut buffer = Buffer::<WHOLE>::new();
                let len = range.len();
                let values = self.lined_up(strip, sequence, range, buffer.start());
                return (self.loops.fold)(values, len, to);
            }
            let (width, row_bytes) = (width(size), columns * size);
            let mut buffer = Buffer::<WHOLE>::new();
            let mut seen = 0;
            self.rows(strip, sequence, range, |row| {
                let total = to.wrapping_add(seen % width * row_bytes);
                let rows = Rows { start: row, count: 1, row_step: 0, len: columns, step: strip.step };
                if seen < width {
                    gather(size, total, &rows);
                } else {
                    let row = if strip.step == size as isize {
                        row
                    } else {
                        gather(size, buffer.start(), &rows);
                        buffer.start()
                    };
                    self.join(total, row, columns);
                }
                seen += 1;
            });
        }
    }

    /// Visits a range of a sequence's elements: where each is in the strip's first column.
    fn rows(&self, strip: &Strip, sequence: &Sequence, range: Range<usize>, mut visit: impl FnMut(*mut u8)) {
        let step = sequence.steps[sequence.steps.len() - 2];
        self.nest(&[strip.bases.input.cast_mut(), std::ptr::null_mut()], sequence).walk(0..1, range, |places, len| {
            for i in 0..len {
                visit(places[0].wrapping_offset(i as isize * step));
            }
        });
    }

    /// The loop over a sequence.
    fn nest<'n>(&'n self, bases: &'n [*mut u8; 2], sequence: &'n Sequence) -> Nest<'n> {
        Nest { machine: &self.machine, sizes: &[], bases, shape: &sequence.shape, steps: &sequence.steps }
    }

    /// A range of a sequence's elements, contiguous: in place, or copied to the buffer.
    ///
    /// # Safety
    /// As for [`reduce`](Self::reduce); the buffer holds the range.
    unsafe fn lined_up(&self, strip: &Strip, sequence: &Sequence, range: Range<usize>, buffer: *mut u8) -> *const u8 {
        let size = self.size;
        if sequence.is_dense {
            return strip.bases.input.wrapping_add(range.start * size);
        }
        let bases = [strip.bases.input.cast_mut(), std::ptr::null_mut()];
        let (whole, mut to, mut place) = (range.len(), buffer, buffer.cast_const());
        self.nest(&bases, sequence).walk_one(0, range, |rows| {
            if rows.count == 1 && rows.len == whole && rows.step == size as isize {
                place = rows.start;
                return;
            }
            // SAFETY: the rows are part of the sequence, and the buffer holds all of them.
            unsafe { gather(size, to, &rows) };
            to = to.wrapping_add(rows.count * rows.len * size);
        });
        place
    }

    /// The results from the accumulators of sequences of this length.
    ///
    /// # Safety
    /// The accumulators are those of that length, in a slot of their own.
    unsafe fn finish(&self, len: usize, columns: usize, totals: *mut u8) -> *mut u8 {
        let mut count = len.min(width(self.size));
        // SAFETY: the caller vouches for the accumulators; halves do not overlap.
        unsafe {
            if columns == 1 {
                (self.loops.combine)(totals, count);
            }
            while count > 1 && columns > 1 {
                let half = count.next_power_of_two() / 2;
                self.join(totals, totals.wrapping_add(half * columns * self.size), (count - half) * columns);
                count = half;
            }
            if let Some(initial) = self.initial {
                let initial = initial.as_ptr().cast_mut();
                self.machine.with_constants(&mut [initial, totals, totals], &[0, self.size, self.size], columns);
            }
        }
        totals
    }

    /// A strip's results in the sequences' order.
    ///
    /// # Safety
    /// As for [`tree`](Self::tree).
    unsafe fn ordered(&self, strip: &Strip, sequence: &Sequence, slots: &mut Slots) -> *mut u8 {
        let (size, columns, total) = (self.size, strip.columns, slots.at(0));
        let mut buffer = Buffer::<WHOLE>::new();
        // SAFETY: the same contract; a block and a row fit the buffer.
        unsafe {
            let mut at = 0;
            if let Some(initial) = self.initial {
                copy(size, total, initial.as_ptr(), true, columns);
            } else {
                let rows =
                    Rows { start: strip.bases.input.cast_mut(), count: 1, row_step: 0, len: columns, step: strip.step };
                gather(size, total, &rows);
                at = 1;
            }
            if columns == 1 {
                while at < sequence.len {
                    let range = at..sequence.len.min(at + block(size));
                    at = range.end;
                    self.scan(strip, sequence, range, total, buffer.start());
                }
            } else if at < sequence.len {
                self.rows(strip, sequence, at..sequence.len, |row| {
                    let rows = Rows { start: row, count: 1, row_step: 0, len: columns, step: strip.step };
                    gather(size, buffer.start(), &rows);
                    self.join(total, buffer.start(), columns);
                });
            }
        }
        total
    }

    /// # Safety
    /// As for [`lined_up`](Self::lined_up).
    unsafe fn scan(&self, strip: &Strip, sequence: &Sequence, range: Range<usize>, total: *mut u8, buffer: *mut u8) {
        let len = range.len();
        // SAFETY: the same contract.
        unsafe {
            let values = self.lined_up(strip, sequence, range, buffer);
            (self.loops.scan)(values, len, total, std::ptr::null_mut());
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

    /// The result of those elements of one sequence where the mask is on: as if the others were not there.
    ///
    /// # Safety
    /// As for [`tree`](Self::tree), and there is a mask.
    unsafe fn masked(&self, strip: &Strip, sequence: &Sequence, slots: &mut Slots) -> *mut u8 {
        // SAFETY: the same contract.
        let selected = unsafe { self.selected(strip, sequence) };
        let len = selected.bytes / self.size;
        if len == 0 {
            return self.nothing(slots);
        }
        let bases =
            Bases { input: selected.memory.as_ptr().cast(), mask: std::ptr::null(), output: strip.bases.output };
        let strip = Strip { bases, columns: 1, step: 0 };
        let axis = Steps { len, input: self.size as isize, mask: 0, output: 0 };
        let sequence = Sequence::new(&[axis], self.size);
        // SAFETY: the selected elements are contiguous, and live as long as `selected`.
        unsafe {
            if self.reorderable {
                self.tree(&strip, &sequence, slots, None)
            } else {
                self.ordered(&strip, &sequence, slots)
            }
        }
    }

    /// The elements of one sequence where the mask is on.
    ///
    /// # Safety
    /// As for [`reduce`](Self::reduce), and there is a mask.
    unsafe fn selected(&self, strip: &Strip, sequence: &Sequence) -> Selected {
        const PART: usize = 4096;
        let bases = [strip.bases.input.cast_mut(), strip.bases.mask.cast_mut()];
        let nest = self.nest(&bases, sequence);
        let mut flags = [false; PART];
        let mut selected = Selected { memory: Vec::new(), bytes: 0 };
        for start in (0..sequence.len).step_by(PART) {
            let part = start..sequence.len.min(start + PART);
            let mut to = flags.as_mut_ptr().cast::<u8>();
            nest.walk_one(1, part.clone(), |rows| {
                // SAFETY: the rows are part of the mask, and no more than there are flags.
                unsafe { gather(1, to, &rows) };
                to = to.wrapping_add(rows.count * rows.len);
            });
            selected.memory.resize((selected.bytes + part.len() * self.size).div_ceil(8), 0);
            let mut flag = flags.as_ptr();
            nest.walk_one(0, part, |rows| {
                let to = selected.memory.as_mut_ptr().cast::<u8>().wrapping_add(selected.bytes);
                // SAFETY: the rows are part of the sequence, there are as many flags, and room for all of them.
                let on = unsafe { compress(self.size, to, &rows, flag) };
                selected.bytes += on * self.size;
                flag = flag.wrapping_add(rows.count * rows.len);
            });
        }
        selected
    }
}
