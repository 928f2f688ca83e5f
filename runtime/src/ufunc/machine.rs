//! [`Machine`]: a kernel's machine loop with what every call of it needs, and contiguous runs through it.

use super::stack::PerOperand;
use super::stage::{ALIGN, Buffer, SMALL, WHOLE, copy, pad};
use crate::Level;
use crate::kernel::{MachineLoop, MachineLoops};

/// From how many gangs on a contiguous run is aligned by computing some elements twice.
const PEEL_GANGS: usize = 32;

/// A kernel at one level, ready to be called on memory.
#[derive(Clone, Copy)]
pub(crate) struct Machine {
    run: MachineLoop,
    /// The lanes of one of its gangs.
    pub(crate) lanes: usize,
    pub(crate) uniforms: *const (),
    /// The element sizes of the inputs and then the outputs.
    pub(crate) sizes: &'static [usize],
    /// How many of them are inputs.
    pub(crate) inputs: usize,
    /// Whether an output may be the same memory as an input: then no element is computed twice.
    pub(crate) in_place: bool,
}

impl Machine {
    /// The kernel at a level; in place is not expected.
    #[inline]
    pub(crate) fn new(kernel: &'static MachineLoops, level: Level, uniforms: *const ()) -> Self {
        let (run, lanes) = kernel.at(level);
        Self { run, lanes, uniforms, sizes: kernel.sizes, inputs: kernel.inputs.len(), in_place: false }
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

    /// Moves every operand on by `len` contiguous elements.
    #[inline]
    fn advance(&self, operands: &mut [*mut u8], len: usize) {
        for (operand, size) in operands.iter_mut().zip(self.sizes) {
            *operand = operand.wrapping_add(len * size);
        }
    }

    /// Computes `len` elements, not zero, that are contiguous in every operand. Moves the operands about.
    ///
    /// # Safety
    /// As for [`call`](Self::call), for `len` elements of each operand.
    pub(crate) unsafe fn contiguous(&self, operands: &mut [*mut u8], len: usize) {
        let lanes = self.lanes;
        // SAFETY: the caller vouches for `len` elements. Every call below is for whole gangs within
        // them. Where the first or the last gang overlaps its neighbour, elements are computed twice
        // from inputs that no output has touched: not in place.
        unsafe {
            if len < lanes {
                return self.short(operands, len);
            }
            let mut left = len;
            if len >= PEEL_GANGS * lanes && !self.in_place {
                // Stores that straddle cache lines cost more than the elements before the first line.
                let skip = self.to_cache_line(operands);
                if skip > 0 {
                    self.call(operands, skip.div_ceil(lanes));
                    self.advance(operands, skip);
                    left -= skip;
                }
            }
            let gangs = left / lanes;
            self.call(operands, gangs);
            let rest = left % lanes;
            if rest == 0 {
                return;
            }
            if self.in_place {
                self.advance(operands, gangs * lanes);
                self.short(operands, rest);
            } else {
                self.advance(operands, left - lanes);
                self.call(operands, 1);
            }
        }
    }

    /// How many elements it is to the next cache line in the widest output.
    fn to_cache_line(&self, operands: &[*mut u8]) -> usize {
        let outputs = operands[self.inputs..].iter().zip(&self.sizes[self.inputs..]);
        // The first one of equal width: `max_by_key` takes the last.
        let (base, size) = outputs.rev().max_by_key(|(_, size)| **size).expect("a kernel has an output");
        base.addr().wrapping_neg() % ALIGN / size
    }

    /// Computes a contiguous run that is shorter than a gang.
    ///
    /// # Safety
    /// As for [`contiguous`](Self::contiguous).
    unsafe fn short(&self, operands: &[*mut u8], len: usize) {
        // SAFETY: the same contract; the buffer holds `ALIGN` elements of every operand.
        unsafe {
            if self.sizes.iter().sum::<usize>() * ALIGN <= SMALL {
                self.short_in::<SMALL>(operands, len);
            } else {
                self.short_in::<WHOLE>(operands, len);
            }
        }
    }

    /// [`short`](Self::short) in a buffer of a given size.
    ///
    /// # Safety
    /// As for [`short`](Self::short), and the buffer holds `ALIGN` elements of every operand.
    #[inline(never)]
    unsafe fn short_in<const BYTES: usize>(&self, operands: &[*mut u8], len: usize) {
        let mut buffer = Buffer::<BYTES>::new();
        let mut slots = PerOperand::<*mut u8>::new();
        let mut slot = buffer.start();
        for size in self.sizes {
            slots.push(slot);
            slot = slot.wrapping_add(ALIGN * size);
        }
        // SAFETY: the buffer holds `ALIGN` elements of every operand, which is a gang at least. The inputs
        // are filled up with copies of their last elements before the machine loop reads them.
        unsafe {
            for ((size, slot), operand) in self.sizes.iter().zip(&slots[..]).zip(operands).take(self.inputs) {
                let step = *size as isize;
                copy(*size, *slot, step, *operand, step, len);
                pad(*size, *slot, len, self.lanes);
            }
            self.call(&slots, 1);
            for ((size, slot), operand) in self.sizes.iter().zip(&slots[..]).zip(operands).skip(self.inputs) {
                let step = *size as isize;
                copy(*size, *operand, step, *slot, step, len);
            }
        }
    }
}
