//! `outer`: a kernel for every pair of elements of two operands.

use super::super::error::Error;
use super::super::job::{Frame, Job};
use super::super::kind::Kind;
use super::super::operand::Operand;
use super::super::parallel::DEFAULT_MIN_LEN;
use super::super::results::Results;
use super::super::stack::PerAxis;
use super::super::target::Target;
use super::super::view::View;
use super::reduction::check_output;
use super::shapes::Outer;
use crate::kernel::{Kernel, MachineLoops};
use crate::lanes::Element;

/// What an outer product gives: all axes of the first operand, then all of the second one.
pub type Product<R, T, U, A, B> =
    <<<A as Operand<T>>::Kind as Outer<<B as Operand<U>>::Kind>>::Output as Kind>::Array<R>;

/// The kernel for every element of `a` with every element of `b`: NumPy's `ufunc.outer`.
///
/// # Errors
/// When the result would be too large for memory.
pub fn try_outer<K, G, T, U, R, A, B>(a: A, b: B, parallel: bool) -> Result<Product<R, T, U, A, B>, Error>
where
    K: for<'a> Kernel<G, Inputs = (T, U), Outputs = (R,), Uniforms<'a> = ()>,
    T: Element,
    U: Element,
    R: Element,
    A: Operand<T>,
    B: Operand<U>,
    A::Kind: Outer<B::Kind>,
{
    let (a, b) = (a.strided().view(), b.strided().view());
    let (shape, strides) = spread(&a, &b);
    let inputs = [View::array(a.ptr(), &shape, &strides), b];
    let job = job::<K, G>(parallel);
    let mut frame = Frame::new();
    job.frame(&inputs, &mut frame)?;
    type Joint<T, U, A, B> = <<A as Operand<T>>::Kind as Outer<<B as Operand<U>>::Kind>>::Output;
    let mut results = <(R,)>::uninit::<Joint<T, U, A, B>>(frame.shape(), frame.axes());
    let outputs = <(R,)>::views::<Joint<T, U, A, B>>(&mut results);
    // SAFETY: the views are of the kernel's types, and the results' memory is new; the uniforms have no bytes.
    unsafe { job.run(&inputs, outputs.as_ref())? };
    // SAFETY: `run` has written every element.
    Ok(unsafe { <(R,)>::assume_init::<Joint<T, U, A, B>>(results) })
}

/// [`try_outer`] into a target of the result's shape.
///
/// # Errors
/// When the target has another shape. Nothing is written then.
pub fn try_outer_into<K, G, T, U, R, A, B, O>(a: A, b: B, mut target: O, parallel: bool) -> Result<(), Error>
where
    K: for<'a> Kernel<G, Inputs = (T, U), Outputs = (R,), Uniforms<'a> = ()>,
    T: Element,
    U: Element,
    R: Element,
    A: Operand<T>,
    B: Operand<U>,
    O: Target<R>,
{
    let (a, b, output) = (a.strided().view(), b.strided().view(), target.strided_mut().view());
    let (shape, strides) = spread(&a, &b);
    let result: PerAxis<usize> = a.shape().iter().chain(b.shape()).copied().collect();
    check_output(K::NAME, &output, &result)?;
    // SAFETY: the views are of the kernel's types, the target is borrowed mutably, and the uniforms have no bytes.
    unsafe { job::<K, G>(parallel).run(&[View::array(a.ptr(), &shape, &strides), b], &[output]) }
}

/// The first operand's shape and strides, with an axis of length one for each of the second one's.
fn spread(a: &View<'_>, b: &View<'_>) -> (PerAxis<usize>, PerAxis<isize>) {
    let shape = a.shape().iter().copied().chain(b.shape().iter().map(|_| 1)).collect();
    let strides = a.strides().iter().copied().chain(b.shape().iter().map(|_| 0)).collect();
    (shape, strides)
}

fn job<K, G>(parallel: bool) -> Job<'static>
where
    K: for<'a> Kernel<G, Uniforms<'a> = ()>,
{
    Job {
        kernel: MachineLoops::of::<K, G>(),
        uniforms: std::ptr::dangling(),
        mask: None,
        level: None,
        in_place: false,
        min_len: parallel.then_some(DEFAULT_MIN_LEN),
    }
}
