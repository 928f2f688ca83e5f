//! `accumulate` and `reduceat`: results along the axis that is reduced.

use super::super::error::{Error, ErrorKind};
use super::super::kind::Kind;
use super::super::operand::Operand;
use super::super::plan::memory_order;
use super::super::stack::PerAxis;
use super::super::target::Target;
use super::super::view::View;
use super::axis;
use super::layout::{Layout, Steps};
use super::reducer::{Bases, Reducer};
use super::reduction::{Reduce, check_output};
use crate::Level;
use crate::fold::FoldLoops;
use crate::lanes::Element;

/// What one of these methods gives for the operand `A`: an array of its kind.
type Same<T, A> = <<A as Operand<T>>::Kind as Kind>::Array<T>;

/// Lays out the axis of an operand and the others, with the steps of an output of the same dimension. Gives the axis.
fn lay_out(layout: &mut Layout, input: &View<'_>, output: &View<'_>, axis: usize, size: usize) -> Steps {
    let steps = |k: usize| Steps {
        len: input.shape()[k],
        input: input.strides()[k] * size as isize,
        mask: 0,
        output: output.strides()[k] * size as isize,
    };
    layout.kept.extend((0..input.shape().len()).filter(|k| *k != axis).map(steps));
    layout.reduced.push(steps(axis));
    layout.arrange(false);
    steps(axis)
}

/// A kernel's reducer at a level.
fn reducer<K: Reduce<G, T>, G, T: Element>(level: Option<Level>) -> Reducer<'static> {
    Reducer::new(FoldLoops::of::<K, G, T>(), level.unwrap_or_else(Level::current), None, None)
}

/// The prefixes along an axis: NumPy's `ufunc.accumulate`. In order, whatever the kernel.
///
/// # Errors
/// When the operand has no such axis.
pub fn try_accumulate<K: Reduce<G, T>, G, T: Element, A: Operand<T>>(
    operand: A,
    axis: isize,
    level: Option<Level>,
) -> Result<Same<T, A>, Error> {
    let input = operand.strided().view();
    let axis = axis::resolve(K::NAME, axis, input.shape())?;
    let mut result = <A::Kind as Kind>::uninit::<T>(input.shape(), &memory_order(input.shape(), &[input]));
    let output = <A::Kind as Kind>::view::<T>(&mut result);
    // SAFETY: the output is new, and has the operand's shape.
    unsafe { accumulate::<K, G, T>(&input, axis, &output, level) };
    // SAFETY: every element is a prefix, and written.
    Ok(unsafe { <A::Kind as Kind>::assume_init::<T>(result) })
}

/// [`try_accumulate`] into a target of the operand's shape.
///
/// # Errors
/// When the operand has no such axis, or the target another shape. Nothing is written then.
pub fn try_accumulate_into<K: Reduce<G, T>, G, T: Element, A: Operand<T>, O: Target<T>>(
    operand: A,
    axis: isize,
    mut target: O,
) -> Result<(), Error> {
    let (input, output) = (operand.strided().view(), target.strided_mut().view());
    let axis = axis::resolve(K::NAME, axis, input.shape())?;
    check_output(K::NAME, &output, input.shape())?;
    // SAFETY: the target is borrowed mutably, and has the operand's shape.
    unsafe { accumulate::<K, G, T>(&input, axis, &output, None) };
    Ok(())
}

/// # Safety
/// Both views are of `T` and of one shape, which has the axis; the output is the only access to its memory.
unsafe fn accumulate<K: Reduce<G, T>, G, T: Element>(
    input: &View<'_>,
    axis: usize,
    output: &View<'_>,
    level: Option<Level>,
) {
    let mut layout = Layout::new();
    lay_out(&mut layout, input, output, axis, size_of::<T>());
    let bases = Bases { input: input.ptr(), mask: std::ptr::null(), output: output.ptr() };
    // SAFETY: the same contract.
    unsafe { reducer::<K, G, T>(level).accumulate(bases, &layout) };
}

/// Reductions of segments along an axis: NumPy's `ufunc.reduceat`. The k-th segment goes from the k-th index to the next one,
/// or is the one element there if that is no further; the last goes to the end.
///
/// # Errors
/// When the operand has no such axis, the indices are not along one axis, or one of them is beyond the end.
pub fn try_reduceat<K: Reduce<G, T>, G, T: Element, A: Operand<T>, I: Operand<usize>>(
    operand: A,
    indices: I,
    axis: isize,
    level: Option<Level>,
) -> Result<Same<T, A>, Error> {
    let input = operand.strided().view();
    let (axis, starts, shape) = segments::<K, G, T>(&input, &indices, axis)?;
    let mut result = <A::Kind as Kind>::uninit::<T>(&shape, &[]);
    let output = <A::Kind as Kind>::view::<T>(&mut result);
    // SAFETY: the output is new, and has the segments' shape.
    unsafe { reduceat::<K, G, T>(&input, axis, &starts, &output, level) };
    // SAFETY: each index has written its part of the axis.
    Ok(unsafe { <A::Kind as Kind>::assume_init::<T>(result) })
}

/// [`try_reduceat`] into a target of the result's shape.
///
/// # Errors
/// As for [`try_reduceat`], and when the target has another shape. Nothing is written then.
pub fn try_reduceat_into<K: Reduce<G, T>, G, T: Element, A: Operand<T>, I: Operand<usize>, O: Target<T>>(
    operand: A,
    indices: I,
    axis: isize,
    mut target: O,
) -> Result<(), Error> {
    let (input, output) = (operand.strided().view(), target.strided_mut().view());
    let (axis, starts, shape) = segments::<K, G, T>(&input, &indices, axis)?;
    check_output(K::NAME, &output, &shape)?;
    // SAFETY: the target is borrowed mutably, and has the segments' shape.
    unsafe { reduceat::<K, G, T>(&input, axis, &starts, &output, None) };
    Ok(())
}

/// The axis, where its segments start, and the shape of their results.
#[allow(clippy::type_complexity, reason = "three parts of one answer")]
fn segments<K: Reduce<G, T>, G, T: Element>(
    input: &View<'_>,
    indices: &impl Operand<usize>,
    axis: isize,
) -> Result<(usize, Vec<usize>, PerAxis<usize>), Error> {
    let axis = axis::resolve(K::NAME, axis, input.shape())?;
    let starts = indices_of(K::NAME, indices, axis, input.shape()[axis])?;
    let mut shape: PerAxis<usize> = input.shape().iter().copied().collect();
    shape[axis] = starts.len();
    Ok((axis, starts, shape))
}

/// # Safety
/// As for [`accumulate`], but for the output's axis, which has one element for each start; these are on the input's axis.
unsafe fn reduceat<K: Reduce<G, T>, G, T: Element>(
    input: &View<'_>,
    axis: usize,
    starts: &[usize],
    output: &View<'_>,
    level: Option<Level>,
) {
    let mut layout = Layout::new();
    let along = lay_out(&mut layout, input, output, axis, size_of::<T>());
    let reducer = reducer::<K, G, T>(level);
    for (k, &start) in starts.iter().enumerate() {
        let end = starts.get(k + 1).copied().unwrap_or(along.len);
        let segment = Steps { len: end.saturating_sub(start).max(1), output: 0, ..along };
        let bases = Bases {
            input: input.ptr().wrapping_offset(start as isize * along.input),
            mask: std::ptr::null(),
            output: output.ptr().wrapping_offset(k as isize * along.output),
        };
        layout.reduced.truncate(0);
        layout.reduced.push(segment);
        // SAFETY: the segment is within the axis and has an element, and the result's place along the axis is `k`.
        unsafe { reducer.reduce(bases, &layout, None) };
    }
}

/// The indices, each of which is on the axis.
pub(super) fn indices_of(
    name: &str,
    indices: &impl Operand<usize>,
    axis: usize,
    len: usize,
) -> Result<Vec<usize>, Error> {
    let view = indices.strided().view();
    let [count] = *view.shape() else {
        let message = format!("{name}: the indices have shape {:?}: they must have one axis", view.shape());
        return Err(Error::new(ErrorKind::ShapeMismatch, message));
    };
    let stride = view.strides()[0];
    // SAFETY: the view is of `usize`s, which live as long as the operand.
    let read = |k: usize| unsafe { *view.ptr().cast::<usize>().wrapping_offset(k as isize * stride) };
    let found: Vec<usize> = (0..count).map(read).collect();
    if let Some(k) = found.iter().position(|index| *index >= len) {
        let message =
            format!("{name}: index {} (number {k}) is beyond the end of axis {axis}, of length {len}", found[k]);
        return Err(Error::new(ErrorKind::IndexBounds, message));
    }
    Ok(found)
}
