//! [`Layout`]: the axes of a reduction, those that results keep and those that become sequences, sorted and merged.

use super::super::stack::PerAxis;
use super::super::view::View;

/// One axis: how long it is, and the steps along it in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Steps {
    pub(crate) len: usize,
    pub(crate) input: isize,
    pub(crate) mask: isize,
    pub(crate) output: isize,
}

/// A reduction's axes, in both groups the outermost first.
pub(crate) struct Layout {
    /// Sorted by how far they reach in memory; at least one.
    pub(crate) kept: PerAxis<Steps>,
    /// In the order of the sequence; at least one.
    pub(crate) reduced: PerAxis<Steps>,
}

/// The strides of a mask along the axes of this shape, to which it broadcasts.
pub(crate) fn mask_strides(mask: &View<'_>, shape: &[usize]) -> PerAxis<isize> {
    let missing = shape.len() - mask.shape().len();
    let stride = |axis: usize| match axis.checked_sub(missing) {
        Some(axis) if mask.shape()[axis] != 1 => mask.strides()[axis],
        _ => 0,
    };
    (0..shape.len()).map(stride).collect()
}

impl Layout {
    /// A layout without axes.
    #[inline(always)]
    pub(crate) fn new() -> Self {
        Self { kept: PerAxis::new(), reduced: PerAxis::new() }
    }

    /// Arranges the axes of both groups, which are listed in their own order. Where `sorts`, sequences follow the memory, too;
    /// otherwise the axes' order.
    pub(crate) fn arrange(&mut self, sorts: bool) {
        arrange(&mut self.kept, true);
        arrange(&mut self.reduced, sorts);
    }

    /// How many results there are.
    pub(crate) fn results(&self) -> usize {
        self.kept.iter().map(|axis| axis.len).product()
    }
}

/// Sorts axes by their steps in the input, the largest first, if that is wanted; leaves out those that have just one element, and merges
/// neighbours that are one axis.
fn arrange(axes: &mut PerAxis<Steps>, sorts: bool) {
    if sorts && axes.len() > 1 {
        // An axis of one element means nothing, and has to be out of the others' way.
        axes.sort_by_key(|axis| std::cmp::Reverse((axis.len != 1, axis.input.unsigned_abs())));
    }
    let mut merged = 0;
    for k in 0..axes.len() {
        let axis = axes[k];
        let over = |step: isize| step.wrapping_mul(axis.len as isize);
        if axis.len == 1 {
            continue;
        }
        if merged > 0
            && let outer = axes[merged - 1]
            && outer.input == over(axis.input)
            && outer.mask == over(axis.mask)
            && outer.output == over(axis.output)
        {
            axes[merged - 1] = Steps { len: outer.len * axis.len, ..axis };
        } else {
            axes[merged] = axis;
            merged += 1;
        }
    }
    axes.truncate(merged);
    if merged == 0 {
        axes.push(Steps { len: 1, input: 0, mask: 0, output: 0 });
    }
}
