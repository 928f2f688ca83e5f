//! Rows whose elements have gaps between them, by a machine loop that takes them where they are.

use std::ops::Range;

use super::execute::Scratch;
use super::machine::Machine;
use super::nest::Nest;
use super::stack::PerOperand;
use super::stage::{ALIGN, Buffer, WHOLE};
use crate::kernel::{STEPPED_LANES, SteppedLoop};
use crate::lanes::stream::{Fence, stream};

/// From how many elements on a row is worth a call, or a few.
const MIN_ROW: usize = STEPPED_LANES;

/// From how many elements on the results of a row are aligned by computing some of them twice.
const LONG_ROW: usize = 8 * STEPPED_LANES;

impl Nest<'_> {
    /// The loop for the innermost axis, if the kernel has one and it takes less time than to line elements up.
    #[inline]
    pub(super) fn stepped_loop(&self) -> Option<SteppedLoop> {
        let stepped = self.machine.stepped?;
        let (width, axes) = (self.bases.len(), self.shape.len());
        if self.shape[axes - 1] < MIN_ROW {
            return None;
        }
        let inner = self.inner_steps();
        let outer = if axes > 1 { &self.steps[(axes - 2) * width..][..width] } else { &[] };
        let has_gaps = |k: usize| inner[k] != 0 && inner[k] != self.sizes[k] as isize;
        // Where an operand's columns are dense, tiles fetch each of its cache lines once.
        let is_turned = |k: usize| has_gaps(k) && outer.get(k) == Some(&(self.sizes[k] as isize));
        if !(0..width).any(has_gaps) || (0..width).any(is_turned) {
            return None;
        }
        // Neighbours, backwards or every second one, where that makes whole registers of a few shuffles.
        let is_near = |k: usize| {
            let (size, step) = (self.sizes[k], inner[k].unsigned_abs());
            step == 0 || inner[k] == size as isize || size >= 4 && step <= 2 * size
        };
        if (0..width).any(is_near) { Some(stepped) } else { self.machine.single }
    }

    /// Computes a range by the stepped loop.
    ///
    /// # Safety
    /// As for [`run`](Self::run), and the loop is the machine's.
    #[inline(never)]
    pub(super) unsafe fn stepped(&self, stepped: SteppedLoop, range: Range<usize>) {
        let Machine { inputs, in_place, streams, .. } = *self.machine;
        let (width, steps) = (self.bases.len(), self.inner_steps());
        // An operand whose gangs are whole registers, which are not to lie across cache lines: an output if there is one.
        let is_wide = |k: &usize| [1, 2].contains(&(steps[*k] / self.sizes[*k] as isize));
        let wide = (inputs..width).chain(0..inputs).find(is_wide).filter(|_| !in_place);
        let streams = streams && (inputs..width).all(|k| steps[k] == self.sizes[k] as isize);
        let _fence = streams.then_some(Fence);
        let mut scratch = Scratch::new();
        self.walk(0..width, range, |places, len| {
            let row = Row { nest: self, stepped, places };
            let skip = match wide {
                Some(k) if len >= LONG_ROW => places[k].addr().wrapping_neg() / steps[k].unsigned_abs() % STEPPED_LANES,
                _ => 0,
            };
            // SAFETY: the caller vouches for every element of the row, of which each call takes a part. Elements that are
            // computed twice are so from inputs that no output has touched: not in place.
            unsafe {
                let mut at = skip;
                if skip > 0 {
                    row.gangs(0, 1);
                }
                if streams {
                    at = row.streamed(at, len);
                }
                let gangs = (len - at) / STEPPED_LANES;
                row.gangs(at, gangs);
                at += gangs * STEPPED_LANES;
                if at < len {
                    if len >= STEPPED_LANES && !in_place {
                        row.gangs(len - STEPPED_LANES, 1);
                    } else {
                        let bases = row.at(at);
                        Nest { bases: &bases, shape: &[len - at], steps, ..*self }.in_parts(0..len - at, &mut scratch);
                    }
                }
            }
        });
    }
}

/// A row on its way through the loop.
struct Row<'r> {
    nest: &'r Nest<'r>,
    stepped: SteppedLoop,
    places: &'r [*mut u8],
}

impl Row<'_> {
    /// Where the operands' elements of this number are.
    #[inline(always)]
    fn at(&self, element: usize) -> PerOperand<*mut u8> {
        let place = |(start, step): (&*mut u8, &isize)| start.wrapping_offset(step.wrapping_mul(element as isize));
        let mut places = PerOperand::new();
        places.extend(self.places.iter().zip(self.nest.inner_steps()).map(place));
        places
    }

    /// Computes so many gangs.
    ///
    /// # Safety
    /// As for [`SteppedLoop`]; the elements are the row's.
    #[inline(always)]
    unsafe fn gangs(&self, element: usize, gangs: usize) {
        if gangs > 0 {
            // SAFETY: the same contract.
            unsafe { self.call(&self.at(element), gangs) };
        }
    }

    /// # Safety
    /// As for [`SteppedLoop`].
    #[inline(always)]
    unsafe fn call(&self, places: &[*mut u8], gangs: usize) {
        // SAFETY: the same contract.
        unsafe {
            (self.stepped)(places.as_ptr(), self.nest.inner_steps().as_ptr(), gangs, self.nest.machine.uniforms);
        }
    }

    /// Computes elements whose results are dense, and stores these past the caches, from slots of [`ALIGN`] elements; up to the element
    /// that is returned.
    ///
    /// # Safety
    /// As for [`SteppedLoop`], of the elements from the first one on.
    #[inline(never)]
    unsafe fn streamed(&self, first: usize, len: usize) -> usize {
        let (sizes, inputs) = (self.nest.sizes, self.nest.machine.inputs);
        let mut buffer = Buffer::<WHOLE>::new();
        let mut at = first;
        while len - at >= ALIGN {
            let places = self.at(at);
            let mut slots = PerOperand::<*mut u8>::new();
            slots.extend(places[..inputs].iter().copied());
            let mut slot = buffer.start();
            for size in &sizes[inputs..] {
                slots.push(slot);
                slot = slot.wrapping_add(ALIGN * size);
            }
            // SAFETY: the same contract; the buffer holds so many elements of each output.
            unsafe {
                self.call(&slots, ALIGN / STEPPED_LANES);
                for k in inputs..sizes.len() {
                    stream(places[k], slots[k], ALIGN * sizes[k]);
                }
            }
            at += ALIGN;
        }
        at
    }
}
