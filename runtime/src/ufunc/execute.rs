//! The loop over a call's elements. Runs that are contiguous in every operand go straight to the
//! machine loop; all others are lined up in a [`Stage`] first.
//!
//! Whichever way an element takes, the machine loop sees its inputs alone, so its result depends on
//! nothing else. What fills up a gang is another element of the same range: computed twice, it panics
//! only where the range does.

use std::ops::Range;

use super::machine::Machine;
use super::parallel;
use super::stack::{PerAxis, PerOperand};
use super::stage::{Buffer, Stage, compress, copy, expand, pad};

/// From how many gangs on the innermost axis is worth a machine loop of its own.
const RUN_GANGS: usize = 4;

/// All operands of a call, and the axes to loop over.
#[derive(Clone, Copy)]
pub(crate) struct Loop<'a> {
    pub(crate) machine: &'a Machine,
    /// The operands' sizes: the machine's, and a mask's.
    pub(crate) sizes: &'a [usize],
    pub(crate) bases: &'a [*mut u8],
    /// The axes, at least one, the last one innermost.
    pub(crate) shape: &'a [usize],
    /// The steps in bytes: one row an axis, one column an operand.
    pub(crate) steps: &'a [isize],
}

/// How an operand's elements follow one another in the order of a [`Loop`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    /// Without gaps.
    Dense,
    /// The same one over and over.
    Constant,
    /// Any other way.
    Strided,
}

/// Computes every element of the loop that the mask does not leave out; in tasks of no fewer than
/// `min_len` elements where that is given.
///
/// # Safety
/// - Every operand has an element of its size at every index of the loop; inputs and the mask are
///   initialised, and the mask's elements are `bool`s.
/// - The outputs are the only access to their memory, but may be that of inputs where the machine is
///   `in_place`: then of the same size and steps.
/// - The machine is of a level that this processor has, its element types are those of the operands,
///   and the uniforms are its own.
pub(crate) unsafe fn execute(all: &Loop<'_>, min_len: Option<usize>) {
    let len: usize = all.shape.iter().product();
    if len == 0 {
        return;
    }
    if let Some(min_len) = min_len
        && parallel::is_worth_it(len, min_len)
    {
        let shared = Shared(all);
        // SAFETY: the caller vouches for everything; the ranges do not overlap, so that each task
        // has its own part of the outputs.
        parallel::for_each_range(len, min_len, &|range| unsafe { shared.get().run(range) });
    } else {
        // SAFETY: the caller vouches for everything.
        unsafe { all.run(0..len) };
    }
}

/// A loop that several threads look at.
struct Shared<'a>(&'a Loop<'a>);

// SAFETY: the pointers are to elements and uniforms, all of them `Sync`. Inputs are only read; of the
// outputs each thread writes the elements in its own range, and no two indices share memory there.
unsafe impl Sync for Shared<'_> {}

impl<'a> Shared<'a> {
    /// The loop: a method, so that closures capture `Shared` and not the reference in it.
    fn get(&self) -> &'a Loop<'a> {
        self.0
    }
}

impl Loop<'_> {
    /// Computes the elements in a range of the flattened loop.
    ///
    /// # Safety
    /// As for [`execute`]; the range is within the loop and not empty.
    unsafe fn run(&self, range: Range<usize>) {
        // SAFETY: the caller's contract is that of each of these.
        unsafe {
            if self.bases.len() > self.machine.sizes.len() {
                return self.masked(range);
            }
            let access = self.access(self.shape);
            if self.is_dense(&access) {
                let from = range.start;
                let steps: PerOperand<usize> = self.dense_steps(&access);
                let places = self.bases.iter().zip(&steps[..]).map(|(base, step)| base.wrapping_add(from * step));
                return self.machine.with_constants(&mut places.collect::<PerOperand<_>>(), &steps, range.len());
            }
            let inner = &self.shape[self.shape.len() - 1..];
            if self.shape.len() == 1 || inner[0] < RUN_GANGS * self.machine.lanes {
                return self.flat(&access, range);
            }
            let access = self.access(inner);
            if access.iter().all(|access| *access == Access::Dense) {
                return self.walk(0..self.bases.len(), range, |places, len| {
                    let mut operands: PerOperand<*mut u8> = places.iter().copied().collect();
                    self.machine.contiguous(&mut operands, len);
                });
            }
            self.runs(&access, range);
        }
    }

    /// Whether every output is dense, and every input dense or constant.
    fn is_dense(&self, access: &[Access]) -> bool {
        let (inputs, outputs) = access.split_at(self.machine.inputs);
        inputs.iter().all(|access| *access != Access::Strided) && outputs.iter().all(|access| *access == Access::Dense)
    }

    /// Each operand's size, or zero where it is constant.
    fn dense_steps(&self, access: &[Access]) -> PerOperand<usize> {
        let step = |(access, size): (&Access, &usize)| if *access == Access::Constant { 0 } else { *size };
        access.iter().zip(self.sizes).map(step).collect()
    }

    /// Computes a range through the stage, whatever the innermost axis is.
    ///
    /// # Safety
    /// As for [`run`](Self::run).
    #[inline(never)]
    unsafe fn flat(&self, access: &[Access], range: Range<usize>) {
        let mut buffer = Buffer::new();
        // SAFETY: the same contract.
        unsafe { self.staged(access, range, &mut Stage::new(&mut buffer, self.sizes)) };
    }

    /// Computes the runs along the innermost axis that a range consists of, each through the stage.
    ///
    /// # Safety
    /// As for [`run`](Self::run).
    #[inline(never)]
    unsafe fn runs(&self, access: &[Access], range: Range<usize>) {
        let mut buffer = Buffer::new();
        let mut stage = Stage::new(&mut buffer, self.sizes);
        let steps = self.inner_steps();
        self.walk(0..self.bases.len(), range, |bases, len| {
            // SAFETY: the same contract, for a part of the range.
            unsafe { Loop { bases, shape: &[len], steps, ..*self }.staged(access, 0..len, &mut stage) };
        });
    }

    /// The steps along the innermost axis.
    fn inner_steps(&self) -> &[isize] {
        &self.steps[self.steps.len() - self.bases.len()..]
    }

    /// How each operand's elements follow one another along these innermost axes.
    fn access(&self, axes: &[usize]) -> PerOperand<Access> {
        let columns = self.bases.len();
        let rows = &self.steps[self.steps.len() - axes.len() * columns..];
        let of = |(operand, size): (usize, &usize)| {
            let (mut dense, mut constant) = (true, true);
            let mut expected = *size as isize;
            for (axis, len) in axes.iter().enumerate().rev().filter(|(_, len)| **len != 1) {
                let step = rows[axis * columns + operand];
                dense &= step == expected;
                constant &= step == 0;
                expected = expected.wrapping_mul(*len as isize);
            }
            match (dense, constant) {
                (true, _) => Access::Dense,
                (_, true) => Access::Constant,
                _ => Access::Strided,
            }
        };
        self.sizes.iter().enumerate().map(of).collect()
    }

    /// Visits the runs along the innermost axis that a range of the flattened loop consists of: where
    /// each operand in `columns` starts, and how many elements follow.
    fn walk(&self, columns: Range<usize>, range: Range<usize>, mut visit: impl FnMut(&[*mut u8], usize)) {
        let width = self.bases.len();
        let row = |axis: usize| &self.steps[axis * width..][columns.clone()];
        let inner = self.shape.len() - 1;
        let mut index: PerAxis<usize> = self.shape.iter().map(|_| 0).collect();
        let mut rest = range.start;
        if inner > 0 {
            for (index, len) in index.iter_mut().zip(self.shape).rev() {
                *index = rest % len;
                rest /= len;
            }
        } else {
            index[0] = rest;
        }
        let mut places: PerOperand<*mut u8> = self.bases[columns.clone()].iter().copied().collect();
        let (index, places) = (&mut index[..], &mut places[..]);
        // `wrapping_offset`: a place may lie outside its operand between two runs.
        let go = |places: &mut [*mut u8], axis: usize, by: isize| {
            for (place, step) in places.iter_mut().zip(row(axis)) {
                *place = place.wrapping_offset(step.wrapping_mul(by));
            }
        };
        for (axis, index) in index.iter().enumerate() {
            go(places, axis, *index as isize);
        }
        let mut left = range.len();
        loop {
            let len = left.min(self.shape[inner] - index[inner]);
            visit(places, len);
            left -= len;
            if left == 0 {
                return;
            }
            go(places, inner, -(index[inner] as isize));
            index[inner] = 0;
            for axis in (0..inner).rev() {
                index[axis] += 1;
                go(places, axis, 1);
                if index[axis] < self.shape[axis] {
                    break;
                }
                go(places, axis, -(index[axis] as isize));
                index[axis] = 0;
            }
        }
    }

    /// Visits the runs of one operand: where each starts, its step and its length.
    fn walk_one(&self, operand: usize, range: Range<usize>, mut visit: impl FnMut(*mut u8, isize, usize)) {
        let step = self.inner_steps()[operand];
        if self.shape.len() == 1 {
            let start = self.bases[operand].wrapping_offset(range.start as isize * step);
            visit(start, step, range.len());
        } else {
            self.walk(operand..operand + 1, range, |places, len| visit(places[0], step, len));
        }
    }

    /// Computes a range through the stage, block by block.
    ///
    /// # Safety
    /// As for [`run`](Self::run). The stage has been made for these sizes, and used with these operands alone.
    unsafe fn staged(&self, access: &[Access], range: Range<usize>, stage: &mut Stage<'_>) {
        let Machine { lanes, inputs, in_place, .. } = *self.machine;
        let mut start = range.start;
        while start < range.end {
            let left = range.end - start;
            let block = if left >= lanes {
                start..start + left.min(stage.block()) / lanes * lanes
            } else if range.len() >= lanes && !in_place {
                // A whole gang, some of it computed twice, needs no padding.
                range.end - lanes..range.end
            } else {
                start..range.end
            };
            start = block.end;
            let (from, len) = (block.start, block.len());
            let padded = len.next_multiple_of(lanes);
            let mut operands = PerOperand::<*mut u8>::new();
            for (k, size) in self.sizes.iter().copied().enumerate() {
                let slot = stage.slot(k);
                operands.push(match access[k] {
                    Access::Dense if len == padded => self.bases[k].wrapping_add(from * size),
                    Access::Constant if k < inputs => {
                        // SAFETY: a constant operand has one element, here; only this fills its slot,
                        // with at most a block.
                        unsafe { stage.fill(k, size, self.bases[k], padded) };
                        slot
                    }
                    _ if k < inputs => {
                        let mut to = slot;
                        self.walk_one(k, block.clone(), |from, step, len| {
                            // SAFETY: the run is part of the operand, the block fits the slot.
                            unsafe { copy(size, to, size as isize, from, step, len) };
                            to = to.wrapping_add(len * size);
                        });
                        // SAFETY: the block's elements are there, and a padded block fits the slot.
                        unsafe { pad(size, slot, len, padded) };
                        slot
                    }
                    _ => slot,
                });
            }
            // SAFETY: each operand is a whole number of gangs, in place or in its slot.
            unsafe { self.machine.call(&operands, padded / lanes) };
            for k in inputs..operands.len() {
                let mut from = stage.slot(k).cast_const();
                if operands[k].cast_const() == from {
                    let size = self.sizes[k];
                    self.walk_one(k, block.clone(), |to, step, len| {
                        // SAFETY: the run is part of the output, and the machine loop has written the slot.
                        unsafe { copy(size, to, step, from, size as isize, len) };
                        from = from.wrapping_add(len * size);
                    });
                }
            }
        }
    }

    /// Computes those elements of a range where the mask is on. They are moved together, so that the
    /// machine loop never sees the others.
    ///
    /// # Safety
    /// As for [`run`](Self::run).
    #[inline(never)]
    unsafe fn masked(&self, range: Range<usize>) {
        let access = self.access(self.shape);
        let mut buffer = Buffer::new();
        let mut stage = Stage::new(&mut buffer, self.sizes);
        let Machine { lanes, inputs, .. } = *self.machine;
        let mask = self.machine.sizes.len();
        let flags = stage.slot(mask);
        let operands: PerOperand<*mut u8> = (0..mask).map(|k| stage.slot(k)).collect();
        let mut start = range.start;
        while start < range.end {
            let block = start..range.end.min(start + stage.block());
            start = block.end;
            let mut to = flags;
            self.walk_one(mask, block.clone(), |from, step, len| {
                // SAFETY: the run is part of the mask, the block fits the slot.
                unsafe { copy(1, to, 1, from, step, len) };
                to = to.wrapping_add(len);
            });
            let flags = flags.cast_const().cast::<bool>();
            // SAFETY: the flags of the block have just been copied from `bool`s.
            let on = unsafe { std::slice::from_raw_parts(flags, block.len()) }.iter().filter(|on| **on).count();
            if on == 0 {
                continue;
            }
            let padded = on.next_multiple_of(lanes);
            for (k, size) in self.sizes[..inputs].iter().copied().enumerate() {
                if access[k] == Access::Constant {
                    // SAFETY: a constant operand has one element, here; only this fills its slot.
                    unsafe { stage.fill(k, size, self.bases[k], padded) };
                    continue;
                }
                let (mut to, mut flags) = (operands[k], flags);
                self.walk_one(k, block.clone(), |from, step, len| {
                    // SAFETY: the run is part of the operand; the block fits the slot, and has as many flags.
                    let on = unsafe { compress(size, to, from, step, flags, len) };
                    to = to.wrapping_add(on * size);
                    flags = flags.wrapping_add(len);
                });
                // SAFETY: the elements that are on are there, one at least; a padded block fits the slot.
                unsafe { pad(size, operands[k], on, padded) };
            }
            // SAFETY: each slot holds a whole number of gangs.
            unsafe { self.machine.call(&operands, padded / lanes) };
            for k in inputs..mask {
                let (mut from, mut flags, size) = (operands[k].cast_const(), flags, self.sizes[k]);
                self.walk_one(k, block.clone(), |to, step, len| {
                    // SAFETY: the run is part of the output; the machine loop has written the slot.
                    let on = unsafe { expand(size, to, step, from, flags, len) };
                    from = from.wrapping_add(on * size);
                    flags = flags.wrapping_add(len);
                });
            }
        }
    }
}
