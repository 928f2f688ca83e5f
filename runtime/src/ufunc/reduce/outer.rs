//! `outer`: a kernel for every pair of elements of two operands.

use super::super::error::Error;
use super::super::job::Job;
use super::super::kind::Kind;
use super::super::operand::Operand;
use super::super::parallel::DEFAULT_MIN_LEN;
use super::super::results::Results;
use super::super::stack::PerAxis;
use super::super::view::View;
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
    let (mut shape, mut strides) = (PerAxis::<usize>::new(), PerAxis::<isize>::new());
    shape.extend(a.shape().iter().copied().chain(b.shape().iter().map(|_| 1)));
    strides.extend(a.strides().iter().copied().chain(b.shape().iter().map(|_| 0)));
    let inputs = [if shape.is_empty() { a } else { View::array(a.ptr(), &shape, &strides) }, b];
    let job = Job {
        kernel: MachineLoops::of::<K, G>(),
        uniforms: std::ptr::dangling(),
        mask: None,
        level: None,
        in_place: false,
        min_len: parallel.then_some(DEFAULT_MIN_LEN),
    };
    let frame = job.frame(&inputs)?;
    type Joint<T, U, A, B> = <<A as Operand<T>>::Kind as Outer<<B as Operand<U>>::Kind>>::Output;
    let mut results = <(R,)>::uninit::<Joint<T, U, A, B>>(frame.shape(), frame.axes());
    let outputs = <(R,)>::views::<Joint<T, U, A, B>>(&mut results);
    // SAFETY: the views are of the kernel's types, and the results' memory is new; the uniforms have no bytes.
    unsafe { job.run(&inputs, outputs.as_ref())? };
    // SAFETY: `run` has written every element.
    Ok(unsafe { <(R,)>::assume_init::<Joint<T, U, A, B>>(results) })
}
