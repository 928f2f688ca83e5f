//! [`Single`]: a call of one item, whose operands have their core axes and no more than loop dimensions of length one. Nothing has to
//! be broadcast or walked, and what is the longer part of so short a call is left out.

use super::rank::{Core, MAX_RANK};
use super::signature::{Signature, Size};
use crate::operand::View;

/// The most operands.
const MAX_OPERANDS: usize = 4;
/// The most core dimensions.
const MAX_DIMENSIONS: usize = 6;

/// Where the cores of the one item are.
pub(super) struct Single {
    lengths: [usize; MAX_DIMENSIONS],
    /// The dimensions whose lengths are known, as bits.
    known: u32,
    bases: [*mut u8; MAX_OPERANDS],
    cores: [Core; MAX_OPERANDS],
}

impl Single {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Self {
            lengths: [0; MAX_DIMENSIONS],
            known: 0,
            bases: [std::ptr::null_mut(); MAX_OPERANDS],
            cores: [Core::EMPTY; MAX_OPERANDS],
        }
    }

    /// Takes the inputs, and the outputs if they are there; `slices` are the operands that have to be contiguous, as bits. False if the
    /// call is another one, or has an error.
    pub(super) fn takes(
        &mut self,
        signature: &Signature,
        slices: u32,
        inputs: &[View<'_>],
        outputs: Option<&[View<'_>]>,
    ) -> bool {
        let Signature { dimensions, operands, .. } = signature;
        if operands.len() > MAX_OPERANDS || dimensions.len() > MAX_DIMENSIONS || signature.flexible {
            return false;
        }
        for (k, dimension) in dimensions.iter().enumerate() {
            match dimension.size {
                Size::Given => {}
                Size::Frozen(length) => {
                    self.lengths[k] = length;
                    self.known |= 1 << k;
                }
                Size::Flexible | Size::Computed(..) => return false,
            }
        }
        // The loop dimensions of results are at least those of the inputs.
        let loops = match outputs {
            None => 0,
            Some(outputs) => outputs[0].shape().len().wrapping_sub(operands[inputs.len()].dimensions.len()),
        };
        for (k, view) in inputs.iter().enumerate() {
            if !self.takes_operand(k, operands[k].dimensions, slices, view, loops) {
                return false;
            }
        }
        if self.known != (1 << dimensions.len()) - 1 {
            return false;
        }
        for (number, view) in outputs.unwrap_or_default().iter().enumerate() {
            let k = inputs.len() + number;
            let dimensions = operands[k].dimensions;
            // Elements that are the same memory are an error, and so are results of other dimensions than the first.
            let repeats = view.shape().iter().zip(view.strides()).any(|(length, stride)| *length > 1 && *stride == 0);
            if repeats
                || view.shape().len() != loops.wrapping_add(dimensions.len())
                || !self.takes_operand(k, dimensions, slices, view, loops)
            {
                return false;
            }
        }
        true
    }

    #[inline]
    fn takes_operand(&mut self, k: usize, dimensions: &[usize], slices: u32, view: &View<'_>, loops: usize) -> bool {
        let (shape, strides) = (view.shape(), view.strides());
        let rank = dimensions.len();
        let Some(first) = shape.len().checked_sub(rank) else { return false };
        if first > loops || shape[..first].iter().any(|length| *length != 1) {
            return false;
        }
        let core = &mut self.cores[k];
        for (axis, dimension) in dimensions.iter().enumerate() {
            let length = shape[first + axis];
            if self.known >> dimension & 1 == 0 {
                self.known |= 1 << dimension;
                self.lengths[*dimension] = length;
            } else if self.lengths[*dimension] != length {
                return false;
            }
            core.extents[axis] = length;
            core.strides[axis] = strides[first + axis];
        }
        if slices >> k & 1 == 1 && core.strides[0] != 1 && core.extents[0] > 1 {
            return false;
        }
        self.bases[k] = view.ptr();
        true
    }

    /// The shape of a result, which is its core's.
    #[inline]
    pub(super) fn result_shape(&mut self, signature: &Signature, operand: usize) -> &[usize] {
        let dimensions = signature.operands[operand].dimensions;
        let core = &mut self.cores[operand];
        let mut stride = 1;
        for (axis, dimension) in dimensions.iter().enumerate().rev() {
            core.extents[axis] = self.lengths[*dimension];
            core.strides[axis] = stride;
            stride *= self.lengths[*dimension] as isize;
        }
        &core.extents[..dimensions.len().min(MAX_RANK)]
    }

    /// Whether no result would be too large for memory: lengths have so few bits that no product overflows.
    #[inline]
    pub(super) fn is_small(&self) -> bool {
        self.lengths.iter().all(|length| *length < 1 << 16)
    }

    /// The address of each operand's core, and the cores.
    #[inline]
    pub(super) fn operands(&self) -> (&[*mut u8], &[Core]) {
        (&self.bases, &self.cores)
    }

    /// Puts a result where its memory is.
    #[inline]
    pub(super) fn place(&mut self, operand: usize, base: *mut u8) {
        self.bases[operand] = base;
    }
}
