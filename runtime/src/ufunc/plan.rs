//! [`Plan`]: the axes of a call, sorted by how far their steps reach in memory and merged where two
//! are one, so that the inner loop is as long and as dense as the operands allow.

use super::stack::{PerAxis, PerOperand, Stack};
use super::view::View;

/// The steps of all operands along all axes: one row an axis, one column an operand.
pub(crate) type Steps = Stack<isize, 64>;

/// The loop over all operands of a call: at least one axis, the last one innermost.
pub(crate) struct Plan {
    pub(crate) shape: PerAxis<usize>,
    /// The steps in bytes: one row an axis, one column an operand.
    pub(crate) steps: Steps,
    pub(crate) bases: PerOperand<*mut u8>,
    pub(crate) sizes: PerOperand<usize>,
}

/// The step of an operand along an axis of the joint shape, in bytes: zero where it is broadcast.
fn step(view: &View<'_>, size: usize, shape: &[usize], axis: usize) -> isize {
    let own = view.shape();
    match (axis + own.len()).checked_sub(shape.len()) {
        // The stride of an axis of length one means nothing.
        Some(axis) if own[axis] != 1 => view.strides()[axis] * size as isize,
        _ => 0,
    }
}

/// Sorts the axes so that steps shrink from the outermost to the innermost, as NumPy's `order='K'` does:
/// two axes change places when some operand's step says so and no operand's step says otherwise. Axes
/// along which no operand has two steps to compare stay in C order.
fn sort_axes(ndim: usize, steps: &[isize], operands: usize) -> PerAxis<usize> {
    let row = |axis: usize| &steps[axis * operands..][..operands];
    let mut order: PerAxis<usize> = (0..ndim).collect();
    for sorted in 1..ndim {
        let axis = order[sorted];
        let mut place = sorted;
        for outer in (0..sorted).rev() {
            let (mut farther, mut nearer) = (false, false);
            for (mine, theirs) in row(axis).iter().zip(row(order[outer])) {
                if *mine != 0 && *theirs != 0 {
                    if mine.unsigned_abs() > theirs.unsigned_abs() { farther = true } else { nearer = true }
                }
            }
            match (farther, nearer) {
                (true, false) => place = outer,
                (false, false) => {}
                (_, true) => break,
            }
        }
        order[place..=sorted].rotate_right(1);
    }
    order
}

/// Whether no operand's steps grow from an axis to one inside it: then the axes are sorted as they are.
fn is_sorted(steps: &[isize], operands: usize) -> bool {
    let mut is_sorted = true;
    for k in 0..operands {
        let mut outer = usize::MAX;
        for axis in steps.chunks_exact(operands) {
            let step = axis[k].unsigned_abs();
            is_sorted &= step <= outer;
            outer = if step == 0 { outer } else { step };
        }
    }
    is_sorted
}

/// The axes of the operands' joint shape from the outermost to the innermost in memory; empty for C order.
pub(crate) fn memory_order(shape: &[usize], inputs: &[View<'_>]) -> PerAxis<usize> {
    let mut steps = Steps::new();
    for axis in 0..shape.len() {
        steps.extend(inputs.iter().map(|view| step(view, 1, shape, axis)));
    }
    let order = sort_axes(shape.len(), &steps, inputs.len());
    if order.is_sorted() { PerAxis::new() } else { order }
}

impl Plan {
    /// A plan without operands.
    #[inline(always)]
    pub(crate) fn new() -> Self {
        Self { shape: PerAxis::new(), steps: Steps::new(), bases: PerOperand::new(), sizes: PerOperand::new() }
    }

    /// Plans the loop over this shape, to which all operands broadcast: where the plan stays, as its lists are long to copy.
    pub(crate) fn lay_out<'a>(&mut self, shape: &[usize], operands: impl Iterator<Item = (View<'a>, usize)>) {
        let mut views = PerOperand::new();
        for (view, size) in operands {
            self.bases.push(view.ptr());
            self.sizes.push(size);
            views.push(view);
        }
        let count = views.len();
        let mut rows = Steps::new();
        for (axis, len) in shape.iter().enumerate() {
            let start = rows.len();
            for (view, size) in views.iter().zip(&self.sizes[..]) {
                rows.push(step(view, *size, shape, axis));
            }
            flip(*len, &mut rows[start..], &mut self.bases);
        }
        if is_sorted(&rows, count) {
            self.push_axes(shape, &rows, 0..shape.len());
        } else {
            let order = sort_axes(shape.len(), &rows, count);
            self.push_axes(shape, &rows, order.iter().copied());
        }
        self.turn();
    }

    /// Adds axes of a shape that have not just one element, from the outermost to the innermost, one at least.
    #[inline(always)]
    fn push_axes(&mut self, shape: &[usize], rows: &[isize], order: impl Iterator<Item = usize>) {
        let count = self.sizes.len();
        for axis in order.filter(|axis| shape[*axis] != 1) {
            self.push_axis(shape[axis], &rows[axis * count..][..count]);
        }
        if self.shape.is_empty() {
            self.shape.push(1);
            self.steps.extend(std::iter::repeat_n(0, count));
        }
    }

    /// Moves the axis along which an operand is dense that is not so along the innermost one to the place beside that:
    /// the two make tiles.
    fn turn(&mut self) {
        let (count, axes) = (self.sizes.len(), self.shape.len());
        if axes < 3 {
            return;
        }
        let step = |axis: usize, k: usize| self.steps[axis * count + k];
        let turned = |axis: &usize| {
            (0..count).any(|k| {
                let size = self.sizes[k] as isize;
                step(*axis, k) == size && step(axes - 1, k).abs() > size
            })
        };
        if let Some(axis) = (0..axes - 2).rev().find(turned) {
            self.shape[axis..axes - 1].rotate_left(1);
            self.steps[axis * count..(axes - 1) * count].rotate_left(count);
        }
    }

    /// Adds an axis inside the others, merged with the last one where their steps make one axis.
    fn push_axis(&mut self, len: usize, steps: &[isize]) {
        let count = steps.len();
        if let Some(outer) = self.shape.last_mut() {
            let start = self.steps.len() - count;
            let last = &mut self.steps[start..];
            if last.iter().zip(steps).all(|(outer, inner)| *outer == inner * len as isize) {
                *outer *= len;
                last.copy_from_slice(steps);
                return;
            }
        }
        self.shape.push(len);
        self.steps.extend(steps.iter().copied());
    }
}

/// Walks an axis from its other end when all steps along it go backwards, so that reversed arrays are
/// contiguous again.
fn flip(len: usize, steps: &mut [isize], bases: &mut [*mut u8]) {
    if len == 0 || steps.iter().any(|step| *step > 0) || steps.iter().all(|step| *step == 0) {
        return;
    }
    for (step, base) in steps.iter_mut().zip(bases) {
        // The last element along the axis, within the operand.
        *base = base.wrapping_offset(*step * (len as isize - 1));
        *step = -*step;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(shape: &[usize], steps: &[&[isize]]) -> Vec<usize> {
        let rows: Vec<isize> = (0..shape.len()).flat_map(|axis| steps.iter().map(move |own| own[axis])).collect();
        sort_axes(shape.len(), &rows, steps.len()).to_vec()
    }

    #[test]
    fn axes_follow_the_memory_and_c_order_wins_conflicts() {
        assert_eq!(order(&[2, 3, 4], &[&[12, 4, 1]]), [0, 1, 2]);
        assert_eq!(order(&[2, 3, 4], &[&[1, 2, 6]]), [2, 1, 0]);
        assert_eq!(order(&[2, 3, 4], &[&[-1, 2, -6], &[0, 0, 0]]), [2, 1, 0]);
        assert_eq!(order(&[2, 3], &[&[3, 1], &[1, 2]]), [0, 1]);
        assert_eq!(order(&[2, 3, 4], &[&[4, 8, 1]]), [1, 0, 2]);
        // Nothing to compare along axis 1: it stays where it is.
        assert_eq!(order(&[2, 3, 4], &[&[1, 0, 2]]), [2, 0, 1]);
    }

    #[cfg(feature = "ndarray")]
    #[test]
    fn axes_that_are_one_are_merged() {
        use crate::ufunc::Strided;
        use ndarray::{Array3, ShapeBuilder, s};

        let c = Array3::<f64>::zeros((2, 3, 4));
        let f = Array3::<f64>::zeros((2, 3, 4).f());
        let sliced = c.slice(s![.., .., ..2]);
        let reversed = c.slice(s![..;-1, ..;-1, ..;-1]);
        let plan = |array: &ndarray::ArrayRef<f64, ndarray::Ix3>| {
            let shape = array.shape().to_vec();
            let view = Strided::array(array).view();
            let mut plan = Plan::new();
            plan.lay_out(&shape, std::iter::once((view, 8)));
            (plan.shape.to_vec(), plan.steps.to_vec(), plan.bases[0].cast_const().cast::<f64>())
        };
        assert_eq!(plan(&c), (vec![24], vec![8], c.as_ptr()));
        assert_eq!(plan(&f), (vec![24], vec![8], f.as_ptr()));
        assert_eq!(plan(&sliced), (vec![6, 2], vec![32, 8], c.as_ptr()));
        assert_eq!(plan(&reversed), (vec![24], vec![8], c.as_ptr()));
    }
}
