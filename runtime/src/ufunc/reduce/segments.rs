//! `accumulate` and `reduceat`: results along the axis that is reduced.

use super::super::error::{Error, ErrorKind};
use super::super::kind::Kind;
use super::super::operand::Operand;
use super::super::plan::memory_order;
use super::super::stack::PerAxis;
use super::super::view::View;
use super::axis;
use super::layout::{Layout, Steps};
use super::reducer::{Bases, Reducer};
use super::reduction::Reduce;
use crate::Level;
use crate::fold::FoldLoops;
use crate::lanes::Element;

/// What one of these methods gives for the operand `A`: an array of its kind.
type Same<T, A> = <<A as Operand<T>>::Kind as Kind>::Array<T>;

/// The axis of an operand and the others, with the steps of an output of the same dimension.
fn layout(input: &View<'_>, output: &View<'_>, axis: usize, size: usize) -> (Layout, Steps) {
    let steps = |k: usize| Steps {
        len: input.shape()[k],
        input: input.strides()[k] * size as isize,
        mask: 0,
        output: output.strides()[k] * size as isize,
    };
    let kept = (0..input.shape().len()).filter(|k| *k != axis).map(steps);
    (Layout::new(kept, std::iter::once(steps(axis)), false), steps(axis))
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
    let (layout, _) = layout(&input, &output, axis, size_of::<T>());
    let bases = Bases { input: input.ptr(), mask: std::ptr::null(), output: output.ptr() };
    // SAFETY: both views are of `T` and of this shape, and the output is new.
    unsafe { reducer::<K, G, T>(level).accumulate(bases, &layout) };
    // SAFETY: every element is a prefix, and written.
    Ok(unsafe { <A::Kind as Kind>::assume_init::<T>(result) })
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
    let (input, size) = (operand.strided().view(), size_of::<T>());
    let axis = axis::resolve(K::NAME, axis, input.shape())?;
    let starts = indices_of(K::NAME, &indices, axis, input.shape()[axis])?;
    let mut shape: PerAxis<usize> = input.shape().iter().copied().collect();
    shape[axis] = starts.len();
    let mut result = <A::Kind as Kind>::uninit::<T>(&shape, &[]);
    let output = <A::Kind as Kind>::view::<T>(&mut result);
    let (_, along) = layout(&input, &output, axis, size);
    let reducer = reducer::<K, G, T>(level);
    for (k, &start) in starts.iter().enumerate() {
        let end = starts.get(k + 1).copied().unwrap_or(input.shape()[axis]);
        let segment = Steps { len: end.saturating_sub(start).max(1), output: 0, ..along };
        let others = (0..input.shape().len()).filter(|other| *other != axis).map(|k| Steps {
            len: input.shape()[k],
            input: input.strides()[k] * size as isize,
            mask: 0,
            output: output.strides()[k] * size as isize,
        });
        let bases = Bases {
            input: input.ptr().wrapping_offset(start as isize * along.input),
            mask: std::ptr::null(),
            output: output.ptr().wrapping_offset(k as isize * along.output),
        };
        // SAFETY: the segment is within the axis and has an element, and the result's place along the axis is `k`.
        unsafe { reducer.reduce(bases, &Layout::new(others, std::iter::once(segment), reducer.reorderable), None) };
    }
    // SAFETY: each index has written its part of the axis.
    Ok(unsafe { <A::Kind as Kind>::assume_init::<T>(result) })
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
