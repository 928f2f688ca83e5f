//! [`Nest`]: the loop nest over all operands of a call, and the ways to walk it.

use std::ops::Range;

use super::machine::Machine;
use super::stack::{PerAxis, PerOperand};
use crate::lanes::moves::Rows;

/// The longest period, in elements, that an operand is repeated by.
const MAX_PERIOD: usize = 32;

/// All operands of a call, and the axes to loop over.
#[derive(Clone, Copy)]
pub(crate) struct Nest<'a> {
    pub(crate) machine: &'a Machine,
    /// The operands' sizes: the machine's, and a mask's.
    pub(crate) sizes: &'a [usize],
    pub(crate) bases: &'a [*mut u8],
    /// The axes, at least one, the last one innermost.
    pub(crate) shape: &'a [usize],
    /// The steps in bytes: one row an axis, one column an operand.
    pub(crate) steps: &'a [isize],
}

/// How an operand's elements follow one another in the order of a [`Nest`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Without gaps.
    Dense,
    /// So many elements over and over, at most [`MAX_PERIOD`].
    Periodic(u8),
    /// Any other way.
    Strided,
}

impl Access {
    /// The same element over and over.
    pub(crate) const CONSTANT: Access = Access::Periodic(1);
}

impl Nest<'_> {
    /// The steps along the innermost axis.
    pub(crate) fn inner_steps(&self) -> &[isize] {
        &self.steps[self.steps.len() - self.bases.len()..]
    }

    /// Lists how each operand's elements follow one another along these innermost axes.
    pub(crate) fn access(&self, axes: &[usize], access: &mut PerOperand<Access>) {
        let columns = self.bases.len();
        let rows = &self.steps[self.steps.len() - axes.len() * columns..];
        let of = |(operand, size): (usize, &usize)| {
            let mut dense = true;
            let (mut elements, mut period) = (1, 1);
            for (row, len) in rows.chunks_exact(columns).zip(axes).rev() {
                let step = row[operand];
                dense &= *len == 1 || step == (size * elements) as isize;
                elements = elements.wrapping_mul(*len);
                if step != 0 && *len != 1 {
                    period = elements;
                }
            }
            if dense {
                Access::Dense
            } else if period < elements && period <= MAX_PERIOD {
                Access::Periodic(period as u8)
            } else {
                Access::Strided
            }
        };
        access.extend(self.sizes.iter().enumerate().map(of));
    }

    /// Visits the runs along the innermost axis that a range of the flattened nest consists of: where
    /// each operand in `columns` starts, and how many elements follow.
    pub(crate) fn walk(&self, columns: Range<usize>, range: Range<usize>, mut visit: impl FnMut(&[*mut u8], usize)) {
        let width = self.bases.len();
        let row = |axis: usize| &self.steps[axis * width..][columns.clone()];
        let inner = self.shape.len() - 1;
        let mut index = PerAxis::<usize>::new();
        index.extend(self.shape.iter().map(|_| 0));
        let mut rest = range.start;
        if inner > 0 {
            for (index, len) in index.iter_mut().zip(self.shape).rev() {
                *index = rest % len;
                rest /= len;
            }
        } else {
            index[0] = rest;
        }
        let mut places = PerOperand::<*mut u8>::new();
        places.extend(self.bases[columns.clone()].iter().copied());
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

    /// Visits one operand's elements in a range of the flattened nest, in order, in rows along the two
    /// innermost axes.
    pub(crate) fn walk_one(&self, operand: usize, range: Range<usize>, mut visit: impl FnMut(Rows)) {
        let width = self.bases.len();
        let base = self.bases[operand];
        let step_of = |axis: usize| self.steps[axis * width + operand];
        let inner = self.shape.len() - 1;
        let step = step_of(inner);
        if inner == 0 {
            let start = base.wrapping_offset(range.start as isize * step);
            return visit(Rows { start, count: 1, row_step: 0, len: range.len(), step });
        }
        let (row_len, row_step) = (self.shape[inner], step_of(inner - 1));
        let (first, mut at) = (range.start / row_len, range.start % row_len);
        let mut index = PerAxis::<usize>::new();
        index.extend(self.shape[..inner].iter().map(|_| 0));
        let index = &mut index[..];
        // `wrapping_offset`: a row may start outside its operand between two visits.
        let mut row = base;
        let mut rest = first;
        for axis in (0..inner).rev() {
            index[axis] = rest % self.shape[axis];
            rest /= self.shape[axis];
            row = row.wrapping_offset(step_of(axis).wrapping_mul(index[axis] as isize));
        }
        let mut left = range.len();
        loop {
            // Whole rows, as many as follow one another; or a part of one row.
            let start = row.wrapping_offset(step.wrapping_mul(at as isize));
            let (count, len) = if at == 0 && left >= row_len {
                ((left / row_len).min(self.shape[inner - 1] - index[inner - 1]), row_len)
            } else {
                (1, left.min(row_len - at))
            };
            visit(Rows { start, count, row_step, len, step });
            left -= count * len;
            if left == 0 {
                return;
            }
            at = 0;
            index[inner - 1] += count;
            row = row.wrapping_offset(row_step.wrapping_mul(count as isize));
            for axis in (1..inner).rev() {
                if index[axis] < self.shape[axis] {
                    break;
                }
                row = row.wrapping_offset(step_of(axis).wrapping_mul(-(index[axis] as isize)));
                index[axis] = 0;
                index[axis - 1] += 1;
                row = row.wrapping_offset(step_of(axis - 1));
            }
        }
    }
}
