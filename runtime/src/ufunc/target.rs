//! [`Target`]: where a kernel's results can be written to, NumPy's `out=`.

#[cfg(feature = "ndarray")]
use ndarray::{ArrayBase, ArrayRef, DataMut, Dimension};

use super::view::{StridedMut, View};
use crate::lanes::Element;

/// Something that takes results of type `T`: a `&mut T`, a mutable slice or `Vec`, or a mutable ndarray.
/// Its shape is fixed; the operands broadcast to it.
#[diagnostic::on_unimplemented(
    message = "expected a target of `{T}`, found `{Self}`",
    label = "results of type `{T}` cannot be written to this",
    note = "a target of `{T}` is a `&mut [{T}]`, `&mut Vec<{T}>`, `&mut [{T}; N]`, `&mut {T}`, or (feature `ndarray`) \
            a `&mut Array` or an `ArrayViewMut` of `{T}`"
)]
pub trait Target<T: Element> {
    /// The elements.
    fn strided_mut(&mut self) -> StridedMut<'_, T>;
}

impl<T: Element> Target<T> for &mut T {
    #[inline]
    fn strided_mut(&mut self) -> StridedMut<'_, T> {
        StridedMut::scalar(self)
    }
}

impl<T: Element> Target<T> for &mut [T] {
    #[inline]
    fn strided_mut(&mut self) -> StridedMut<'_, T> {
        StridedMut::slice(self)
    }
}

impl<T: Element> Target<T> for &mut Vec<T> {
    #[inline]
    fn strided_mut(&mut self) -> StridedMut<'_, T> {
        StridedMut::slice(self)
    }
}

impl<T: Element, const N: usize> Target<T> for &mut [T; N] {
    #[inline]
    fn strided_mut(&mut self) -> StridedMut<'_, T> {
        StridedMut::slice(&mut self[..])
    }
}

/// `ArrayViewMut` by value.
#[cfg(feature = "ndarray")]
impl<T: Element, D: Dimension> Target<T> for ndarray::ArrayViewMut<'_, T, D> {
    #[inline]
    fn strided_mut(&mut self) -> StridedMut<'_, T> {
        StridedMut::array(self)
    }
}

#[cfg(feature = "ndarray")]
impl<T: Element, S: DataMut<Elem = T>, D: Dimension> Target<T> for &mut ArrayBase<S, D, T> {
    #[inline]
    fn strided_mut(&mut self) -> StridedMut<'_, T> {
        StridedMut::array(self)
    }
}

#[cfg(feature = "ndarray")]
impl<T: Element, D: Dimension> Target<T> for &mut ArrayRef<T, D> {
    #[inline]
    fn strided_mut(&mut self) -> StridedMut<'_, T> {
        StridedMut::array(self)
    }
}

/// A call's targets, for the element types in the tuple `Types`: the [`Target`] itself where there
/// is one result, a tuple of targets where there are several.
///
/// # Safety
/// There is one view for each type, in order, of that type, and of memory that is borrowed mutably.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take results of types `{Types}`",
    label = "the results cannot be written to this",
    note = "one result is written to a `&mut [T]`, `&mut Vec<T>`, `&mut T`, `&mut Array<T, D>` or `ArrayViewMut<T, D>`, \
            several results to a tuple of them"
)]
pub unsafe trait Targets<Types> {
    /// One [`View`] a target.
    type Views<'a>: AsRef<[View<'a>]>
    where
        Self: 'a;

    /// The targets as the engine takes them.
    fn views(&mut self) -> Self::Views<'_>;
}

// SAFETY: one view, typed by `StridedMut`.
unsafe impl<T: Element, O: Target<T>> Targets<(T,)> for O {
    type Views<'a>
        = [View<'a>; 1]
    where
        Self: 'a;

    #[inline]
    fn views(&mut self) -> [View<'_>; 1] {
        [self.strided_mut().view()]
    }
}

macro_rules! targets {
    ($($o:ident $t:ident $k:tt),*) => {
        // SAFETY: one view for each type, typed by `StridedMut`.
        unsafe impl<$($o: Target<$t>,)* $($t: Element),*> Targets<($($t,)*)> for ($($o,)*) {
            type Views<'a> = [View<'a>; [$($k),*].len()] where Self: 'a;

            #[inline]
            fn views(&mut self) -> Self::Views<'_> {
                [$(self.$k.strided_mut().view()),*]
            }
        }
    };
}

targets!(A T 0, B U 1);
targets!(A T 0, B U 1, C V 2);
targets!(A T 0, B U 1, C V 2, D W 3);
targets!(A T 0, B U 1, C V 2, D W 3, E X 4);
targets!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5);
targets!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6);
targets!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7);
targets!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8);
targets!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9);
targets!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9, K T4 10);
targets!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9, K T4 10, L T5 11);
