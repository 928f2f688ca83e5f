//! Rows whose elements have gaps between them, by a machine loop that takes them where they are.

use std::ops::Range;

use super::execute::Scratch;
use super::machine::Machine;
use super::nest::Nest;
use super::stack::PerOperand;
use crate::kernel::{STEPPED_LANES, SteppedLoop};

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
        ((0..width).any(has_gaps) && !(0..width).any(is_turned)).then_some(stepped)
    }

    /// Computes a range by the stepped loop.
    ///
    /// # Safety
    /// As for [`run`](Self::run), and the loop is the machine's.
    #[inline(never)]
    pub(super) unsafe fn stepped(&self, stepped: SteppedLoop, range: Range<usize>) {
        let Machine { inputs, in_place, uniforms, .. } = *self.machine;
        let (width, steps) = (self.bases.len(), self.inner_steps());
        // An operand whose gangs are whole registers, which are not to lie across cache lines: an output if there is one.
        let is_wide = |k: &usize| [1, 2].contains(&(steps[*k] / self.sizes[*k] as isize));
        let wide = (inputs..width).chain(0..inputs).find(is_wide).filter(|_| !in_place);
        let mut scratch = Scratch::new();
        self.walk(0..width, range, |places, len| {
            let mut row = PerOperand::<*mut u8>::new();
            let go_to = |row: &mut PerOperand<*mut u8>, at: usize| {
                for ((place, start), step) in row.iter_mut().zip(places).zip(steps) {
                    *place = start.wrapping_offset(step.wrapping_mul(at as isize));
                }
            };
            row.extend(places.iter().copied());
            // SAFETY: the caller vouches for every element of the row, of which each call takes a part. Elements that are
            // computed twice are so from inputs that no output has touched: not in place.
            unsafe {
                let mut at = 0;
                if let Some(k) = wide
                    && len >= LONG_ROW
                {
                    let skip = places[k].addr().wrapping_neg() / steps[k].unsigned_abs() % STEPPED_LANES;
                    if skip > 0 {
                        stepped(row.as_ptr(), steps.as_ptr(), 1, uniforms);
                        at = skip;
                        go_to(&mut row, at);
                    }
                }
                let gangs = (len - at) / STEPPED_LANES;
                if gangs > 0 {
                    stepped(row.as_ptr(), steps.as_ptr(), gangs, uniforms);
                    at += gangs * STEPPED_LANES;
                }
                if at == len {
                } else if len >= STEPPED_LANES && !in_place {
                    go_to(&mut row, len - STEPPED_LANES);
                    stepped(row.as_ptr(), steps.as_ptr(), 1, uniforms);
                } else {
                    go_to(&mut row, at);
                    Nest { bases: &row, shape: &[len - at], steps, ..*self }.in_parts(0..len - at, &mut scratch);
                }
            }
        });
    }
}
