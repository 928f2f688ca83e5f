//! `at`: a kernel in place for elements that indices name, one after the other.

use super::super::broadcast::broadcasts_to;
use super::super::error::{Error, ErrorKind};
use super::super::execute::execute;
use super::super::machine::Machine;
use super::super::nest::Nest;
use super::super::operand::Operand;
use super::super::plan::Plan;
use super::super::stack::PerAxis;
use super::super::target::Target;
use super::super::view::View;
use super::reduction::{Reduce, check_output};
use super::segments::indices_of;
use crate::Level;
use crate::fold::FoldLoops;
use crate::lanes::Element;

/// `target[i] = target[i] op b[k]` for each index `i`, the k-th, in order: NumPy's `ufunc.at`. An index that is named twice is
/// computed twice. Of a target with several axes the indices name rows along the first; `b` broadcasts to the indices'
/// number and the rows' shape.
///
/// # Errors
/// When the target has no axis, an index is beyond its end, or `b` does not broadcast. Nothing is written then.
pub fn try_at<K: Reduce<G, T>, G, T: Element, O: Target<T>, I: Operand<usize>, B: Operand<T>>(
    mut target: O,
    indices: I,
    b: B,
    level: Option<Level>,
) -> Result<(), Error> {
    let (target, b, size) = (target.strided_mut().view(), b.strided().view(), size_of::<T>());
    let name = K::NAME;
    check_output(name, &target, target.shape())?;
    let Some((&len, row)) = target.shape().split_first() else {
        return Err(Error::new(
            ErrorKind::AxisBounds,
            format!("{name}: the target is a single value, and has no axis to index"),
        ));
    };
    let indices = indices_of(name, &indices, 0, len)?;
    let shape: PerAxis<usize> = std::iter::once(indices.len()).chain(row.iter().copied()).collect();
    if !broadcasts_to(b.shape(), &shape) {
        let message =
            format!("{name}: operand 2 has shape {:?}, which does not broadcast to {:?}", b.shape(), &shape[..]);
        return Err(Error::new(ErrorKind::ShapeMismatch, message));
    }
    let strides = super::layout::mask_strides(&b, &shape);
    let (place_step, value_step) = (target.strides()[0] * size as isize, strides[0] * size as isize);
    let kernel = FoldLoops::of::<K, G, T>();
    let level = level.unwrap_or_else(Level::current);
    if row.is_empty() {
        let scan = kernel.at(level).scan;
        for (k, index) in indices.iter().enumerate() {
            let place = target.ptr().wrapping_offset(*index as isize * place_step);
            let value = b.ptr().wrapping_offset(k as isize * value_step);
            // SAFETY: the index is on the axis, the number within what `b` broadcasts to; both are of `T`.
            unsafe { scan(value, 1, place, std::ptr::null_mut()) };
        }
        return Ok(());
    }
    let mut machine = Machine::new(kernel.kernel, level, std::ptr::dangling());
    machine.in_place = true;
    let rows = View::array(target.ptr(), row, &target.strides()[1..]);
    let values = View::array(b.ptr(), row, &strides[1..]);
    let mut plan = Plan::new();
    plan.lay_out(row, [(rows, size), (values, size), (rows, size)].into_iter());
    for (k, index) in indices.iter().enumerate() {
        let (place, value) = (*index as isize * place_step, k as isize * value_step);
        let bases = [
            plan.bases[0].wrapping_offset(place),
            plan.bases[1].wrapping_offset(value),
            plan.bases[2].wrapping_offset(place),
        ];
        let nest =
            Nest { machine: &machine, sizes: &plan.sizes, bases: &bases, shape: &plan.shape, steps: &plan.steps };
        // SAFETY: the plan is that of a row, the bases those of this one; the output is the first input, in place.
        unsafe { execute(&nest, None) };
    }
    Ok(())
}
