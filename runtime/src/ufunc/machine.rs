//! [`Machine`]: a kernel's machine loop with what every call of it needs, and contiguous runs through it.

use super::stack::PerOperand;
use super::stage::{ALIGN, Buffer, ROWS, SMALL, WHOLE, copy, copy_and_pad, copy_few};
use crate::Level;
use crate::kernel::{MachineLoop, MachineLoops, SteppedLoop};
use crate::lanes::moves::Moves;
use crate::lanes::stream::{Fence, stream, wide_is_halves};

/// From how many elements on repeated inputs get long blocks: then fewer calls of the machine loop outweigh
/// filling more memory.
const LONG_RUN: usize = 8 * 1024;

/// From how many gangs on a contiguous run is aligned by computing some elements twice.
pub(crate) const PEEL_GANGS: usize = 32;

/// The bytes of a first-level cache, on processors with [`wide_is_halves`].
pub(crate) const FIRST_LEVEL: usize = 32 * 1024;

/// Whether a kernel at this level is so short that it waits for so many bytes, if they are more than `cached`, and for registers of 512
/// bits more than for those of 256: then the loop of [`Level::Avx2`] takes less time, and gives the same bits.
pub(crate) fn is_slower_wide(
    kernel: &MachineLoops,
    level: Level,
    bytes: usize,
    cached: impl FnOnce() -> usize,
) -> bool {
    level == Level::Avx512
        && !kernel.is_long_at(level)
        && !kernel.is_long_at(Level::Avx2)
        && bytes > cached()
        && wide_is_halves()
}

/// A kernel at one level, ready to be called on memory.
#[derive(Clone, Copy)]
pub(crate) struct Machine {
    run: MachineLoop,
    /// The loop for operands at any steps, if there is one.
    pub(super) stepped: Option<SteppedLoop>,
    /// That which takes one element after the other.
    pub(super) single: Option<SteppedLoop>,
    /// The lanes of one of its gangs.
    pub(crate) lanes: usize,
    /// Whether a run of elements takes so little time that its stores matter.
    pub(crate) aligns: bool,
    pub(crate) uniforms: *const (),
    /// The level's moves.
    pub(crate) moves: Moves,
    /// The element sizes of the inputs and then the outputs.
    pub(crate) sizes: &'static [usize],
    /// How many of them are inputs.
    pub(crate) inputs: usize,
    /// Whether an output may be the same memory as an input: then no element is computed twice.
    pub(crate) in_place: bool,
    /// Whether outputs are stored past the caches where they are dense.
    pub(crate) streams: bool,
}

impl Machine {
    /// The kernel at a level; in place is not expected.
    #[inline]
    pub(crate) fn new(kernel: &'static MachineLoops, level: Level, uniforms: *const ()) -> Self {
        let (run, lanes) = kernel.at(level);
        let aligns = !kernel.is_long_at(level);
        let moves = Moves::at(level);
        Self {
            run,
            stepped: kernel.stepped_at(level),
            single: kernel.single(),
            lanes,
            aligns,
            uniforms,
            moves,
            sizes: kernel.sizes,
            inputs: kernel.inputs.len(),
            in_place: false,
            streams: false,
        }
    }

    /// Takes the machine loop of another level, whose gangs are no more than this one's, and whose instructions the processor has, too.
    pub(crate) fn run_at(&mut self, kernel: &'static MachineLoops, level: Level) {
        let (run, lanes) = kernel.at(level);
        debug_assert!(lanes <= self.lanes, "a lower level has no more lanes");
        (self.run, self.lanes) = (run, lanes);
    }

    /// Runs the machine loop.
    ///
    /// # Safety
    /// - Each operand has `gangs` whole gangs of elements here, aligned; inputs are initialised.
    /// - The outputs are the only access to their memory; in place it may be that of an input of the same size.
    /// - The processor has the level, and the uniforms are the kernel's.
    #[inline]
    pub(crate) unsafe fn call(&self, operands: &[*mut u8], gangs: usize) {
        // SAFETY: the caller vouches for everything.
        unsafe { (self.run)(operands.as_ptr(), gangs, self.uniforms) }
    }

    /// Computes `len` elements, not zero, that are contiguous in every operand. Moves the operands about.
    ///
    /// # Safety
    /// As for [`call`](Self::call), for `len` elements of each operand.
    #[inline]
    pub(crate) unsafe fn contiguous(&self, operands: &mut [*mut u8], len: usize) {
        // SAFETY: the same contract.
        unsafe { self.blocks(operands, self.sizes, len, usize::MAX) }
    }

    /// Computes `len` elements, not zero, that are contiguous in every operand, but for those inputs
    /// whose step is zero: these are one element for all. Every other step is the element's size.
    ///
    /// # Safety
    /// As for [`call`](Self::call), for `len` elements of each operand, or one.
    pub(crate) unsafe fn with_constants(&self, operands: &mut [*mut u8], steps: &[usize], len: usize) {
        let constant = |(size, step): (&usize, &usize)| if *step == 0 { *size } else { 0 };
        let bytes: usize = self.sizes.iter().zip(steps).map(constant).sum();
        // SAFETY: the same contract; `WHOLE` is enough for `ALIGN` elements of every operand.
        unsafe {
            if len < self.lanes {
                self.short(operands, steps, len);
            } else if self.streams {
                self.streamed(operands, steps, len);
            } else if bytes * ALIGN <= SMALL && len < LONG_RUN {
                self.with_constants_in::<SMALL>(operands, steps, len, bytes);
            } else if bytes * ALIGN <= ROWS {
                self.with_constants_in::<ROWS>(operands, steps, len, bytes);
            } else {
                self.with_constants_in::<WHOLE>(operands, steps, len, bytes);
            }
        }
    }

    /// [`with_constants`](Self::with_constants) that stores the outputs past the caches, from slots of [`ALIGN`] elements: so
    /// few that the processor loads the next ones meanwhile.
    ///
    /// # Safety
    /// As for [`with_constants`](Self::with_constants), and not in place.
    #[inline(never)]
    unsafe fn streamed(&self, operands: &mut [*mut u8], steps: &[usize], len: usize) {
        let mut buffer = Buffer::<WHOLE>::new();
        let _fence = Fence;
        let is_slot = |k: usize| k >= self.inputs || steps[k] == 0;
        // SAFETY: the buffer holds `ALIGN` elements of every operand, which are whole gangs: a block of each constant, of which
        // there is one element, and of each output. The blocks below are parts of the `len` elements.
        unsafe {
            // Blocks of the widest output are whole cache lines.
            let head = self.before_cache_line(operands).min(len);
            let mut slots = PerOperand::<*mut u8>::new();
            let mut slot = buffer.start();
            for (k, size) in self.sizes.iter().copied().enumerate() {
                slots.push(slot);
                if k < self.inputs && steps[k] == 0 {
                    copy(size, slot, operands[k], true, ALIGN);
                    operands[k] = slot;
                }
                slot = slot.wrapping_add(ALIGN * size);
            }
            let part = |at: usize, len: usize| {
                let place = |(operand, step): (&*mut u8, &usize)| operand.wrapping_add(at * step);
                let mut places = PerOperand::<*mut u8>::new();
                places.extend(operands.iter().zip(steps).map(place));
                self.blocks(&mut places, steps, len, ALIGN);
            };
            if head > 0 {
                part(0, head);
            }
            let mut at = head;
            while len - at >= ALIGN {
                for k in (0..slots.len()).filter(|k| !is_slot(*k)) {
                    slots[k] = operands[k].wrapping_add(at * steps[k]);
                }
                self.call(&slots, ALIGN / self.lanes);
                for k in self.inputs..slots.len() {
                    let size = self.sizes[k];
                    stream(operands[k].wrapping_add(at * size), slots[k], ALIGN * size);
                }
                at += ALIGN;
            }
            if at < len {
                part(at, len - at);
            }
        }
    }

    /// [`with_constants`](Self::with_constants) in a buffer of a given size.
    ///
    /// # Safety
    /// As for [`with_constants`](Self::with_constants), and the buffer holds `ALIGN` times `bytes`, the
    /// sum of the constants' sizes.
    #[inline(never)]
    unsafe fn with_constants_in<const BYTES: usize>(
        &self,
        operands: &mut [*mut u8],
        steps: &[usize],
        len: usize,
        bytes: usize,
    ) {
        let mut buffer = Buffer::<BYTES>::new();
        let block = (BYTES / bytes.max(1) / ALIGN * ALIGN).min(len.next_multiple_of(ALIGN));
        let mut slot = buffer.start();
        for ((operand, size), step) in operands.iter_mut().zip(self.sizes).zip(steps) {
            if *step == 0 {
                // SAFETY: the buffer holds a block of every constant, and the operand one element.
                unsafe { copy(*size, slot, *operand, true, block) };
                *operand = slot;
                slot = slot.wrapping_add(block * size);
            }
        }
        // SAFETY: the same contract: a block of each constant is there, and its step stays zero.
        unsafe { self.blocks(operands, steps, len, block) }
    }

    /// Computes `len` elements, not zero, in blocks; operands with step zero start over at each block.
    ///
    /// # Safety
    /// As for [`call`](Self::call), for `len` elements of each operand, or `block` of those with step zero: a
    /// multiple of [`ALIGN`], which is a multiple of every gang.
    unsafe fn blocks(&self, operands: &mut [*mut u8], steps: &[usize], len: usize, block: usize) {
        let lanes = self.lanes;
        let advance = |operands: &mut [*mut u8], len: usize| {
            for (operand, step) in operands.iter_mut().zip(steps) {
                *operand = operand.wrapping_add(len * step);
            }
        };
        // SAFETY: the caller vouches for `len` elements. Every call below is for whole gangs within
        // them. Where the first or the last gang overlaps its neighbour, elements are computed twice
        // from inputs that no output has touched: not in place.
        unsafe {
            if len < lanes {
                return self.short(operands, steps, len);
            }
            let mut left = len;
            if self.aligns && len >= PEEL_GANGS * lanes {
                // Stores that straddle cache lines cost more than the elements before the first line, which
                // are less than `ALIGN`.
                let skip = self.before_cache_line(operands);
                if self.in_place {
                    let (gangs, rest) = (skip / lanes, skip % lanes);
                    if gangs > 0 {
                        self.call(operands, gangs);
                        advance(operands, gangs * lanes);
                    }
                    if rest > 0 {
                        self.short(operands, steps, rest);
                        advance(operands, rest);
                    }
                } else if skip > 0 {
                    self.call(operands, skip.div_ceil(lanes));
                    advance(operands, skip);
                }
                left -= skip;
            }
            while left >= lanes {
                let gangs = left.min(block) / lanes;
                self.call(operands, gangs);
                advance(operands, gangs * lanes);
                left -= gangs * lanes;
            }
            if left == 0 {
            } else if self.in_place {
                self.short(operands, steps, left);
            } else {
                for (operand, step) in operands.iter_mut().zip(steps) {
                    *operand = operand.wrapping_sub((lanes - left) * step);
                }
                self.call(operands, 1);
            }
        }
    }

    /// How many elements it is to the next cache line in the widest output.
    fn before_cache_line(&self, operands: &[*mut u8]) -> usize {
        let outputs = operands[self.inputs..].iter().zip(&self.sizes[self.inputs..]);
        // The first one of equal width: `max_by_key` takes the last.
        let (base, size) = outputs.rev().max_by_key(|(_, size)| **size).expect("a kernel has an output");
        base.addr().wrapping_neg() % ALIGN / size
    }

    /// Computes a run of elements that is shorter than a gang.
    ///
    /// # Safety
    /// As for [`call`](Self::call), for `len` elements of each operand.
    pub(crate) unsafe fn few(&self, operands: &[*mut u8], len: usize) {
        // SAFETY: the same contract.
        unsafe { self.short(operands, self.sizes, len) }
    }

    /// Computes a run that is shorter than a gang; steps are the elements' sizes, or zero.
    ///
    /// # Safety
    /// As for [`call`](Self::call), for `len` elements of each operand, or one of those with step zero.
    unsafe fn short(&self, operands: &[*mut u8], steps: &[usize], len: usize) {
        // SAFETY: the same contract; the buffer holds `ALIGN` elements of every operand.
        unsafe {
            if self.sizes.iter().sum::<usize>() * ALIGN <= SMALL {
                self.short_in::<SMALL>(operands, steps, len);
            } else {
                self.short_in::<WHOLE>(operands, steps, len);
            }
        }
    }

    /// [`short`](Self::short) in a buffer of a given size.
    ///
    /// # Safety
    /// As for [`short`](Self::short), and the buffer holds `ALIGN` elements of every operand.
    #[inline(never)]
    unsafe fn short_in<const BYTES: usize>(&self, operands: &[*mut u8], steps: &[usize], len: usize) {
        let mut buffer = Buffer::<BYTES>::new();
        let mut slots = PerOperand::<*mut u8>::new();
        let mut slot = buffer.start();
        for size in self.sizes {
            slots.push(slot);
            slot = slot.wrapping_add(ALIGN * size);
        }
        // SAFETY: the buffer holds `ALIGN` elements of every operand, which is a gang at least, with room behind an input for an
        // output. The inputs are filled up with copies of their last elements before the machine loop reads them.
        unsafe {
            for k in 0..self.inputs {
                let (size, slot) = (self.sizes[k], slots[k]);
                let len = if steps[k] == 0 { 1 } else { len };
                copy_and_pad(size, slot, operands[k], len, self.lanes);
            }
            self.call(&slots, 1);
            for k in self.inputs..self.sizes.len() {
                copy_few(operands[k], slots[k], len * self.sizes[k]);
            }
        }
    }
}
