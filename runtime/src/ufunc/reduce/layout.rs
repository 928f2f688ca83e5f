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
    /// The axes in these two groups. Where `sorts`, sequences follow the memory, too; otherwise the axes' order.
    pub(crate) fn new(kept: impl Iterator<Item = Steps>, reduced: impl Iterator<Item = Steps>, sorts: bool) -> Self {
        let (mut kept, mut reduced) = (long(kept), long(reduced));
        by_reach(&mut kept);
        if sorts {
            by_reach(&mut reduced);
        }
        Self { kept: merged(&kept), reduced: merged(&reduced) }
    }

    /// How many results there are.
    pub(crate) fn results(&self) -> usize {
        self.kept.iter().map(|axis| axis.len).product()
    }
}

/// The axes that have not just one element.
fn long(axes: impl Iterator<Item = Steps>) -> PerAxis<Steps> {
    axes.filter(|axis| axis.len != 1).collect()
}

/// Sorts axes by their steps in the input, the largest first.
fn by_reach(axes: &mut [Steps]) {
    axes.sort_by_key(|axis| std::cmp::Reverse(axis.input.unsigned_abs()));
}

/// Neighbours that are one axis become one.
fn merged(axes: &[Steps]) -> PerAxis<Steps> {
    let mut merged = PerAxis::<Steps>::new();
    for axis in axes {
        let over = |step: isize| step.wrapping_mul(axis.len as isize);
        match merged.last_mut() {
            Some(outer)
                if outer.input == over(axis.input)
                    && outer.mask == over(axis.mask)
                    && outer.output == over(axis.output) =>
            {
                *outer = Steps { len: outer.len * axis.len, ..*axis };
            }
            _ => merged.push(*axis),
        }
    }
    if merged.is_empty() {
        merged.push(Steps { len: 1, input: 0, mask: 0, output: 0 });
    }
    merged
}
