//! [`Items`]: the cores of a call, one for each index of its loop dimensions.

use std::ops::Range;

use super::rank::{Core, PerCore};
use super::resolve::Resolved;
use super::signature::Signature;
use crate::operand::View;
use crate::ufunc::{PerAxis, Stack};

/// The operands of a call, where their cores are.
pub struct Items {
    /// How many there are.
    pub(super) count: usize,
    /// How many operands are inputs.
    pub(super) inputs: usize,
    /// By operand: the size of an element in bytes.
    pub(super) sizes: PerCore<usize>,
    /// By operand: the first core.
    bases: PerCore<*mut u8>,
    pub(super) cores: PerCore<Core>,
    /// By operand: how many core axes the function has there.
    pub(super) ranks: PerCore<usize>,
    /// Neighbouring loop dimensions that all operands walk as one are one. There is at least one.
    shape: PerAxis<usize>,
    /// By loop dimension, and then by operand: the bytes from one core to the next.
    steps: Stack<isize, 24>,
    /// The outputs hold nothing yet, and begin as zeros.
    pub(super) fresh: bool,
}

// SAFETY: the outputs' cores are each written by whoever has its number alone, and inputs are read.
unsafe impl Sync for Items {}

impl Items {
    /// # Safety
    /// The views are of elements of these sizes, and they are alive for as long as this is; they have the resolved dimensions.
    pub(super) unsafe fn new(
        signature: &Signature,
        resolved: &Resolved,
        views: &[&[View<'_>]; 2],
        sizes: [&[usize]; 2],
        fresh: bool,
    ) -> Self {
        let operands = signature.operands.len();
        let dims = resolved.shape.len();
        let mut items = Self {
            count: 1,
            inputs: signature.inputs,
            sizes: PerCore::new(),
            bases: PerCore::new(),
            cores: PerCore::new(),
            ranks: PerCore::new(),
            shape: PerAxis::new(),
            steps: Stack::new(),
            fresh,
        };
        items.sizes.extend(sizes.into_iter().flatten().copied());
        items.steps.extend(std::iter::repeat_n(0, dims.max(1) * operands));
        for (position, view) in views.iter().copied().flatten().enumerate() {
            let (shape, strides) = (view.shape(), view.strides());
            let core_axes = &resolved.cores[position];
            let size = items.sizes[position] as isize;
            let mut core = Core::EMPTY;
            let dimensions = signature.operands[position].dimensions;
            for (k, dimension) in dimensions.iter().enumerate() {
                core.extents[k] = resolved.lengths[*dimension];
                core.strides[k] = core_axes.axis(k).map_or(0, |axis| strides[axis]);
            }
            let mut at = dims * operands + position;
            for axis in (0..shape.len()).rev().filter(|axis| !core_axes.has(*axis)) {
                at -= operands;
                if shape[axis] != 1 {
                    items.steps[at] = strides[axis] * size;
                }
            }
            items.bases.push(view.ptr());
            items.cores.push(core);
            items.ranks.push(dimensions.len());
        }
        for length in resolved.shape.iter() {
            items.count *= length;
            items.shape.push(*length);
        }
        match dims {
            0 => items.shape.push(1),
            1 => {}
            _ => items.merge(operands),
        }
        items
    }

    /// Keeps the loop dimensions that are needed to walk all operands.
    fn merge(&mut self, operands: usize) {
        let mut merged: PerAxis<usize> = PerAxis::new();
        let mut kept: Stack<isize, 24> = Stack::new();
        for (axis, length) in self.shape.iter().enumerate().filter(|(_, length)| **length != 1) {
            let own = &self.steps[axis * operands..(axis + 1) * operands];
            match merged.len().checked_sub(1) {
                Some(at) if (0..operands).all(|k| kept[at * operands + k] == own[k] * *length as isize) => {
                    merged[at] *= length;
                    kept[at * operands..].copy_from_slice(own);
                }
                _ => {
                    merged.push(*length);
                    kept.extend(own.iter().copied());
                }
            }
        }
        if merged.is_empty() {
            merged.push(1);
            kept.extend(std::iter::repeat_n(0, operands));
        }
        self.shape = merged;
        self.steps = kept;
    }

    /// By operand: the bytes between neighbours in a run.
    #[inline]
    pub(super) fn run_steps(&self) -> &[isize] {
        &self.steps[(self.shape.len() - 1) * self.sizes.len()..]
    }

    /// The most items that follow each other at the same steps.
    pub(super) fn run_len(&self) -> usize {
        self.shape[self.shape.len() - 1]
    }

    /// Whether all items have the same core of an operand.
    pub(super) fn is_constant(&self, operand: usize) -> bool {
        let operands = self.sizes.len();
        (0..self.shape.len()).all(|axis| self.steps[axis * operands + operand] == 0)
    }

    /// How many elements the cores of one item have.
    pub(super) fn elements(&self) -> usize {
        self.cores.iter().map(|core| core.extents.iter().fold(1, |n: usize, len| n.saturating_mul(*len))).sum()
    }

    /// The items of a range, in order, as runs at the same steps.
    #[inline]
    pub(super) fn runs(&self, range: Range<usize>) -> Runs<'_> {
        Runs { items: self, range }
    }
}

/// Items that follow each other at the same steps.
pub(super) struct Run {
    /// By operand: the first item's core.
    pub(super) bases: Bases,
    pub(super) count: usize,
}

/// An address an operand.
pub(super) type Bases = [*mut u8; MAX_CORES];

/// The most operands: eight inputs, eight outputs.
pub(super) const MAX_CORES: usize = 16;

/// Run after run. It is no iterator of closures: what computes them has a level's instructions enabled, which closures have not.
pub(super) struct Runs<'a> {
    items: &'a Items,
    range: Range<usize>,
}

impl Runs<'_> {
    #[inline]
    pub(super) fn next(&mut self) -> Option<Run> {
        let Self { items, range } = self;
        if range.start >= range.end {
            return None;
        }
        let last = items.shape.len() - 1;
        let inner = items.shape[last];
        let operands = items.sizes.len();
        let mut bases = [std::ptr::null_mut(); MAX_CORES];
        for (base, first) in bases.iter_mut().zip(items.bases.iter()) {
            *base = *first;
        }
        let (mut rest, first) = if last == 0 { (0, range.start) } else { (range.start / inner, range.start % inner) };
        let count = (inner - first).min(range.end - range.start);
        let (mut axis, mut index) = (last, first);
        loop {
            if index != 0 {
                for (base, step) in bases.iter_mut().zip(&items.steps[axis * operands..(axis + 1) * operands]) {
                    *base = base.wrapping_offset(index as isize * step);
                }
            }
            if axis == 0 {
                break;
            }
            axis -= 1;
            index = rest % items.shape[axis];
            rest /= items.shape[axis];
        }
        range.start += count;
        Some(Run { bases, count })
    }
}
