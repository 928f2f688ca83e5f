//! [`View`]: an operand as the engine sees it, without its element type. [`Strided`] and
//! [`StridedMut`] are its typed faces: they can only be made from memory that is really there.

use std::marker::PhantomData;
use std::slice;

#[cfg(feature = "ndarray")]
use ndarray::{ArrayRef, Dimension};

use crate::lanes::Element;

/// An operand, result or target without its element type: where its first element is, and how its
/// axes lie. Strides count elements, not bytes.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    ptr: *mut u8,
    layout: Layout<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Layout<'a> {
    Scalar,
    Slice(usize),
    Array { shape: &'a [usize], strides: &'a [isize] },
}

impl<'a> View<'a> {
    #[inline]
    pub(crate) fn scalar(ptr: *mut u8) -> Self {
        Self { ptr, layout: Layout::Scalar }
    }

    #[inline]
    pub(crate) fn slice(ptr: *mut u8, len: usize) -> Self {
        Self { ptr, layout: Layout::Slice(len) }
    }

    #[inline]
    pub(crate) fn array(ptr: *mut u8, shape: &'a [usize], strides: &'a [isize]) -> Self {
        Self { ptr, layout: Layout::Array { shape, strides } }
    }

    /// An array of a dimension that is often known: with one axis it may be a slice, of which the engine has less to find out.
    #[cfg(feature = "ndarray")]
    #[inline]
    pub(crate) fn array_of<D: Dimension>(ptr: *mut u8, shape: &'a [usize], strides: &'a [isize]) -> Self {
        match (D::NDIM, shape, strides) {
            (Some(1), [len], [1]) => Self::slice(ptr, *len),
            _ => Self::array(ptr, shape, strides),
        }
    }

    /// The length of what is known to be a slice.
    #[inline]
    pub(crate) fn slice_len(&self) -> Option<usize> {
        match self.layout {
            Layout::Slice(len) => Some(len),
            _ => None,
        }
    }

    /// The same layout elsewhere.
    #[inline]
    pub(crate) fn at(self, ptr: *mut u8) -> Self {
        Self { ptr, ..self }
    }

    /// The address of the first element.
    #[inline]
    pub(crate) fn ptr(&self) -> *mut u8 {
        self.ptr
    }

    /// The lengths of the axes, outermost first.
    #[inline]
    pub(crate) fn shape(&self) -> &[usize] {
        match &self.layout {
            Layout::Scalar => &[],
            Layout::Slice(len) => slice::from_ref(len),
            Layout::Array { shape, .. } => shape,
        }
    }

    /// Whether the axes have these lengths. Shapes are short: a loop beats the call of `memcmp`.
    #[inline]
    pub(crate) fn has_shape(&self, shape: &[usize]) -> bool {
        let own = self.shape();
        own.len() == shape.len() && own.iter().zip(shape).all(|(own, len)| own == len)
    }

    /// The strides of the axes in elements.
    #[inline]
    pub(crate) fn strides(&self) -> &[isize] {
        match &self.layout {
            Layout::Scalar => &[],
            Layout::Slice(_) => &[1],
            Layout::Array { strides, .. } => strides,
        }
    }

    /// Whether the elements lie one behind the other, the last axis innermost.
    #[inline]
    pub(crate) fn is_c_order(&self) -> bool {
        match &self.layout {
            Layout::Scalar | Layout::Slice(_) => true,
            Layout::Array { shape, strides } => is_dense(shape.iter().zip(*strides).rev()),
        }
    }

    /// Whether the elements lie one behind the other, with these axes from the outermost to the innermost; none
    /// for C order.
    #[inline]
    pub(crate) fn is_in_order(&self, axes: &[usize]) -> bool {
        if axes.is_empty() {
            return self.is_c_order();
        }
        let (shape, strides) = (self.shape(), self.strides());
        is_dense(axes.iter().rev().map(|axis| (&shape[*axis], &strides[*axis])))
    }

    /// Whether the elements lie one behind the other, the first axis innermost.
    #[inline]
    pub(crate) fn is_f_order(&self) -> bool {
        match &self.layout {
            Layout::Scalar | Layout::Slice(_) => true,
            Layout::Array { shape, strides } => is_dense(shape.iter().zip(*strides)),
        }
    }
}

/// Whether each axis, the innermost first, steps over all inside it. The stride of an axis of length
/// one means nothing.
#[inline]
fn is_dense<'a>(axes: impl Iterator<Item = (&'a usize, &'a isize)>) -> bool {
    let mut dense = 1;
    for (len, stride) in axes {
        if *len != 1 && *stride != dense {
            return false;
        }
        dense *= *len as isize;
    }
    true
}

/// The elements of an operand of type `T`, borrowed: what an [`Operand`](crate::Operand) shows of itself.
#[derive(Clone, Copy, Debug)]
pub struct Strided<'a, T> {
    view: View<'a>,
    elements: PhantomData<&'a T>,
}

impl<'a, T: Element> Strided<'a, T> {
    /// One value, for every index.
    #[inline]
    pub fn scalar(value: &'a T) -> Self {
        Self { view: View::scalar(std::ptr::from_ref(value).cast_mut().cast()), elements: PhantomData }
    }

    /// The elements of a slice, along one axis.
    #[inline]
    pub fn slice(values: &'a [T]) -> Self {
        Self { view: View::slice(values.as_ptr().cast_mut().cast(), values.len()), elements: PhantomData }
    }

    /// The elements of an ndarray.
    #[cfg(feature = "ndarray")]
    #[inline]
    pub fn array<D: Dimension>(array: &'a ArrayRef<T, D>) -> Self {
        let ptr = array.as_ptr().cast_mut().cast();
        Self { view: View::array_of::<D>(ptr, array.shape(), array.strides()), elements: PhantomData }
    }

    #[inline]
    pub(crate) fn view(self) -> View<'a> {
        self.view
    }
}

/// The elements of a target of type `T`, borrowed mutably: what a [`Target`](crate::Target) shows of itself.
#[derive(Debug)]
pub struct StridedMut<'a, T> {
    view: View<'a>,
    elements: PhantomData<&'a mut T>,
}

impl<'a, T: Element> StridedMut<'a, T> {
    /// One value.
    #[inline]
    pub fn scalar(value: &'a mut T) -> Self {
        Self { view: View::scalar(std::ptr::from_mut(value).cast()), elements: PhantomData }
    }

    /// The elements of a slice, along one axis.
    #[inline]
    pub fn slice(values: &'a mut [T]) -> Self {
        Self { view: View::slice(values.as_mut_ptr().cast(), values.len()), elements: PhantomData }
    }

    /// The elements of an ndarray.
    #[cfg(feature = "ndarray")]
    #[inline]
    pub fn array<D: Dimension>(array: &'a mut ArrayRef<T, D>) -> Self {
        let ptr = array.as_mut_ptr().cast();
        Self { view: View::array_of::<D>(ptr, array.shape(), array.strides()), elements: PhantomData }
    }

    #[inline]
    pub(crate) fn view(self) -> View<'a> {
        self.view
    }
}
