//! [`Reducer`]: sequences of elements to one result each, whatever their layout.
//!
//! Along: one sequence at a time, its elements in lanes. Across: a strip of neighbouring sequences at a time, one a lane. Both
//! follow the tree that [`fold`](crate::fold) describes, so which of them is taken changes no bit.

use std::ops::Range;

use super::super::machine::{Machine, is_slower_wide};
use super::super::nest::Nest;
use super::super::parallel;
use super::super::stack::{PerAxis, Stack};
use super::super::stage::{Buffer, WHOLE};
use super::across::WAITING;
use super::layout::{Layout, Steps};
use super::slots::Slots;
use super::strip::{Sequence, Strip};
use crate::Level;
use crate::fold::{CHUNKS, FoldLoop, FoldLoops, block, width};
use crate::lanes::moves::{Moves, Rows};
use crate::lanes::stream::last_level_cache;

/// The bytes of a strip's rows where they are contiguous: a dozen of them stay in the second-level cache.
const ROW: usize = 32 * 1024;

/// The fewest sequences that are worth a strip.
pub(super) const MIN_STRIP: usize = 8;

/// A kernel that reduces, at one level.
pub(crate) struct Reducer<'a> {
    machine: Machine,
    pub(super) loops: FoldLoop,
    /// The size of an element.
    pub(super) size: usize,
    /// Whether elements may be combined in any order.
    pub(super) reorderable: bool,
    /// What the first element is combined with, if anything.
    pub(super) initial: Option<&'a [u8]>,
    /// The result of a sequence without elements, if there is one.
    pub(super) empty: Option<&'a [u8]>,
    /// Whether elements come from far away.
    pub(super) is_far: bool,
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
pub(super) struct Place(pub(super) *mut u8);

// SAFETY: each task has a place of its own.
unsafe impl Sync for Place {}

impl Place {
    /// The place: a method, so that closures capture all of it.
    pub(super) fn get(&self) -> *mut u8 {
        self.0
    }
}

impl<'a> Reducer<'a> {
    pub(crate) fn new(kernel: &FoldLoops, level: Level, initial: Option<&'a [u8]>, identity: Option<&'a [u8]>) -> Self {
        let machine = Machine::new(kernel.kernel, level, std::ptr::dangling());
        let (loops, size, reorderable) = (kernel.at(level), machine.sizes[0], kernel.reorderable);
        Self { machine, loops, size, reorderable, initial, empty: initial.or(identity), is_far: false }
    }

    /// Takes what reduces so many bytes from memory in the least time; the bits are the same.
    pub(crate) fn expect(&mut self, kernel: &FoldLoops, level: Level, bytes: usize) {
        self.is_far = bytes > last_level_cache() / 2;
        if is_slower_wide(kernel.kernel, level, bytes, || last_level_cache() / 8) {
            self.loops = kernel.at(Level::Avx2);
        }
    }

    /// The level's moves.
    pub(super) fn moves(&self) -> Moves {
        self.machine.moves
    }

    /// Computes all results; in tasks of no fewer than `min_len` elements where that is given.
    ///
    /// # Safety
    /// - The input has an initialised element of the kernel's type at every index of both groups of axes, the mask,
    ///   unless null, a `bool`; the output is writable at every kept index, and the only access to its memory.
    /// - The level is one that the processor has. There is an initial value or an identity if a sequence has no element, or
    ///   may have none where the mask is on.
    pub(crate) unsafe fn reduce(&self, bases: Bases, layout: &Layout, min_len: Option<usize>) {
        let (results, sequence) = (layout.results(), Sequence::new(&layout.reduced, self.size, self.moves()));
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
        sequence: &Sequence<'_>,
        range: Range<usize>,
        min_len: Option<usize>,
    ) {
        let (inner, nearest) = (layout.kept[layout.kept.len() - 1], sequence.inner().input);
        let is_short = sequence.len < width(self.size) / 2 && inner.len >= 2 * sequence.len;
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
        let mut buffer = Buffer::new();
        let slots = Slots::in_buffer(&mut buffer, WAITING + levels, self.slot(columns, sequence.len));
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
                        let rows = Rows { start, count: 1, row_step: 0, len, step };
                        (self.moves().scatter)(self.size, results, &rows);
                    }
                }
            }
        });
    }

    /// The bytes of a slot for a row of a strip, or for all accumulators of a narrow one, whose sequences have so many elements.
    pub(super) fn slot(&self, columns: usize, len: usize) -> usize {
        let (row, all) = (columns * self.size, width(self.size).min(len) * columns * self.size);
        if all <= WHOLE { all } else { row }
    }

    /// Visits runs of neighbouring results: where they start, and how many they are.
    pub(super) fn runs(&self, bases: &Bases, kept: &[Steps], range: Range<usize>, mut visit: impl FnMut(Bases, usize)) {
        if let [axis] = kept {
            return visit(bases.at(range.start, *axis), range.len());
        }
        let (mut shape, mut steps) = (PerAxis::<usize>::new(), Stack::<isize, 18>::new());
        shape.extend(kept.iter().map(|axis| axis.len));
        steps.extend(kept.iter().flat_map(|axis| [axis.input, axis.mask, axis.output]));
        let places = [bases.input.cast_mut(), bases.mask.cast_mut(), bases.output];
        let nest = Nest { machine: &self.machine, sizes: &[], bases: &places, shape: &shape, steps: &steps };
        nest.walk(0..3, range, |places, len| {
            let mask = if bases.mask.is_null() { bases.mask } else { places[1].cast_const() };
            visit(Bases { input: places[0], mask, output: places[2] }, len);
        });
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
        unsafe { (self.loops.rows)([left, right].as_ptr(), 2, columns, result, None) };
    }

    /// `results = initial op results`, if there is an initial value.
    ///
    /// # Safety
    /// The results are valid, so many of them, and contiguous.
    pub(super) unsafe fn with_initial(&self, results: *mut u8, columns: usize) {
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
