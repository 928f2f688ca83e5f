//! From the arrays of a call to views.

#[cfg(feature = "ndarray")]
use ndarray::{ArrayBase, ArrayView, ArrayViewMut, Data, DataMut, Ix1, Ix2, Ix3, Ix4, Ix5, Ix6};

use crate::lanes;

use super::view::View;
use super::view_mut::ViewMut;

/// What an array function reads: slices, `Vec`s, Rust arrays, and ndarray's arrays of one to six axes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no array of {N} axes to read",
    note = "arrays are `&[T]`, `&Vec<T>`, `&[T; M]`, and ndarray's `&Array` and `ArrayView` of one to six axes"
)]
pub trait AsView<'a, const N: usize> {
    /// The type of the elements.
    type Element;
    /// The array as lane code sees it.
    #[allow(clippy::wrong_self_convention, reason = "what is converted is a reference, or a view")]
    fn as_view(self) -> View<'a, Self::Element, N>;
}

/// What an array function writes: the mutable ones of [`AsView`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no array of {N} axes to write",
    note = "arrays are `&mut [T]`, `&mut Vec<T>`, `&mut [T; M]`, and ndarray's `&mut Array` and `ArrayViewMut` of one to six axes"
)]
pub trait AsViewMut<'a, const N: usize> {
    /// The type of the elements.
    type Element;
    /// The array as lane code sees it.
    #[allow(clippy::wrong_self_convention, reason = "what is converted is a reference, or a view")]
    fn as_view_mut(self) -> ViewMut<'a, Self::Element, N>;
}

impl<'a, T: lanes::Element> AsView<'a, 1> for &'a [T] {
    type Element = T;

    #[inline]
    fn as_view(self) -> View<'a, T, 1> {
        // SAFETY: these are the slice's elements.
        unsafe { View::new(self.as_ptr(), [self.len()], [1]) }
    }
}

impl<'a, T: lanes::Element> AsViewMut<'a, 1> for &'a mut [T] {
    type Element = T;

    #[inline]
    fn as_view_mut(self) -> ViewMut<'a, T, 1> {
        // SAFETY: these are the slice's elements, mutably borrowed.
        unsafe { ViewMut::new(self.as_mut_ptr(), [self.len()], [1]) }
    }
}

macro_rules! slices {
    ($([$($generics:tt)*] $t:ty;)*) => {$(
        impl<'a, T: lanes::Element, $($generics)*> AsView<'a, 1> for &'a $t {
            type Element = T;

            #[inline]
            fn as_view(self) -> View<'a, T, 1> {
                self.as_slice().as_view()
            }
        }

        impl<'a, T: lanes::Element, $($generics)*> AsViewMut<'a, 1> for &'a mut $t {
            type Element = T;

            #[inline]
            fn as_view_mut(self) -> ViewMut<'a, T, 1> {
                self.as_mut_slice().as_view_mut()
            }
        }
    )*};
}

slices! {
    [] Vec<T>;
    [const M: usize] [T; M];
}

/// Extents or strides: ndarray has as many as there are axes.
#[cfg(feature = "ndarray")]
#[inline]
fn all<A: Copy, const N: usize>(axes: &[A]) -> [A; N] {
    *axes.first_chunk().expect("an array of so many axes")
}

// `ArrayBase` names its element type as a third parameter, which tells an array's elements from its memory.
#[cfg(feature = "ndarray")]
macro_rules! arrays {
    ($($n:literal $ix:ident;)*) => {$(
        impl<'a, T: lanes::Element, S: Data<Elem = T>> AsView<'a, $n> for &'a ArrayBase<S, $ix, T> {
            type Element = T;

            #[inline]
            fn as_view(self) -> View<'a, T, $n> {
                // SAFETY: these are the array's elements.
                unsafe { View::new(self.as_ptr(), all(self.shape()), all(self.strides())) }
            }
        }

        impl<'a, T: lanes::Element> AsView<'a, $n> for ArrayView<'a, T, $ix> {
            type Element = T;

            #[inline]
            fn as_view(self) -> View<'a, T, $n> {
                // SAFETY: these are the array's elements.
                unsafe { View::new(self.as_ptr(), all(self.shape()), all(self.strides())) }
            }
        }

        impl<'a, T: lanes::Element, S: DataMut<Elem = T>> AsViewMut<'a, $n> for &'a mut ArrayBase<S, $ix, T> {
            type Element = T;

            #[inline]
            fn as_view_mut(self) -> ViewMut<'a, T, $n> {
                // A shared array becomes this one's own here, perhaps with other strides.
                let base = self.as_mut_ptr();
                // SAFETY: these are the array's elements, mutably borrowed, no two of them in one place.
                unsafe { ViewMut::new(base, all(self.shape()), all(self.strides())) }
            }
        }

        impl<'a, T: lanes::Element> AsViewMut<'a, $n> for ArrayViewMut<'a, T, $ix> {
            type Element = T;

            #[inline]
            fn as_view_mut(mut self) -> ViewMut<'a, T, $n> {
                // SAFETY: these are the array's elements, mutably borrowed, no two of them in one place.
                unsafe { ViewMut::new(self.as_mut_ptr(), all(self.shape()), all(self.strides())) }
            }
        }
    )*};
}

#[cfg(feature = "ndarray")]
arrays! {
    1 Ix1;
    2 Ix2;
    3 Ix3;
    4 Ix4;
    5 Ix5;
    6 Ix6;
}
