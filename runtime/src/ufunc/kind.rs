//! The kind of an operand decides the kind of the result: a call of scalars gives a scalar, a call
//! with a slice a `Vec`, a call with an ndarray an `Array` of the larger dimension.

use std::mem::{ManuallyDrop, MaybeUninit};

#[cfg(feature = "ndarray")]
use ndarray::{Array, DimMax, Dimension, Ix1};

use super::view::View;
use crate::lanes::Element;

mod sealed {
    pub trait Sealed {}
}
use sealed::Sealed;

/// What a result is held in: the value itself, a `Vec`, or an ndarray.
pub trait Kind: Sized + Sealed {
    /// A result of element type `T`.
    type Array<T: Element>;
    /// The same before its elements have been computed.
    type Uninit<T: Element>;

    /// Allocates a result. `axes` lists the axes from the outermost to the innermost in memory;
    /// empty means C order.
    ///
    /// # Panics
    /// When this kind cannot have that shape, which its own operands never ask for.
    fn uninit<T: Element>(shape: &[usize], axes: &[usize]) -> Self::Uninit<T>;

    /// A result in memory that is there already; otherwise as [`uninit`](Kind::uninit) allocates it.
    ///
    /// # Panics
    /// When the memory has not as many elements as the shape.
    fn uninit_in<T: Element>(memory: Vec<T>, shape: &[usize], axes: &[usize]) -> Self::Uninit<T>;

    /// The memory of a result that is being computed.
    fn view<T: Element>(uninit: &mut Self::Uninit<T>) -> View<'_>;

    /// The result, once computed.
    ///
    /// # Safety
    /// Every element has been written.
    unsafe fn assume_init<T: Element>(uninit: Self::Uninit<T>) -> Self::Array<T>;
}

/// The [`Kind`] of a single value.
#[derive(Clone, Copy, Debug)]
pub enum ScalarKind {}

/// The [`Kind`] of slices, `Vec`s and Rust arrays; the result is a `Vec`.
#[derive(Clone, Copy, Debug)]
pub enum SliceKind {}

/// The [`Kind`] of ndarray's arrays; the result is an `Array<T, D>`.
#[cfg(feature = "ndarray")]
#[derive(Clone, Copy, Debug)]
pub struct ArrayKind<D>(std::marker::PhantomData<D>);

impl Sealed for ScalarKind {}
impl Sealed for SliceKind {}
#[cfg(feature = "ndarray")]
impl<D> Sealed for ArrayKind<D> {}

impl Kind for ScalarKind {
    type Array<T: Element> = T;
    type Uninit<T: Element> = MaybeUninit<T>;

    #[inline]
    fn uninit<T: Element>(shape: &[usize], _axes: &[usize]) -> MaybeUninit<T> {
        assert!(shape.is_empty(), "a scalar result has no axes, the operands have shape {shape:?}");
        MaybeUninit::uninit()
    }

    #[inline]
    fn uninit_in<T: Element>(memory: Vec<T>, shape: &[usize], axes: &[usize]) -> MaybeUninit<T> {
        assert!(memory.len() == 1, "a scalar result is one element, not {}", memory.len());
        Self::uninit(shape, axes)
    }

    #[inline]
    fn view<T: Element>(uninit: &mut MaybeUninit<T>) -> View<'_> {
        View::scalar(uninit.as_mut_ptr().cast())
    }

    #[inline]
    unsafe fn assume_init<T: Element>(uninit: MaybeUninit<T>) -> T {
        // SAFETY: the caller has written the value.
        unsafe { uninit.assume_init() }
    }
}

/// A `Vec` of `len` elements that are not there yet.
fn uninit_vec<T: Element>(len: usize) -> Vec<MaybeUninit<T>> {
    let mut vec = Vec::with_capacity(len);
    // SAFETY: the capacity is there, and a `MaybeUninit` needs no initialisation.
    unsafe { vec.set_len(len) };
    vec
}

/// A `Vec` whose elements are about to be written again.
fn into_uninit<T: Element>(vec: Vec<T>) -> Vec<MaybeUninit<T>> {
    let mut vec = ManuallyDrop::new(vec);
    // SAFETY: the parts come from a `Vec` that is not used again, and `MaybeUninit<T>` has the layout of `T`.
    unsafe { Vec::from_raw_parts(vec.as_mut_ptr().cast(), vec.len(), vec.capacity()) }
}

impl Kind for SliceKind {
    type Array<T: Element> = Vec<T>;
    type Uninit<T: Element> = Vec<MaybeUninit<T>>;

    #[inline]
    fn uninit<T: Element>(shape: &[usize], _axes: &[usize]) -> Vec<MaybeUninit<T>> {
        assert!(shape.len() == 1, "a `Vec` has one axis, the operands have shape {shape:?}");
        uninit_vec(shape[0])
    }

    #[inline]
    fn uninit_in<T: Element>(memory: Vec<T>, shape: &[usize], _axes: &[usize]) -> Vec<MaybeUninit<T>> {
        assert!(shape == [memory.len()], "{} elements are not a result of shape {shape:?}", memory.len());
        into_uninit(memory)
    }

    #[inline]
    fn view<T: Element>(uninit: &mut Vec<MaybeUninit<T>>) -> View<'_> {
        View::slice(uninit.as_mut_ptr().cast(), uninit.len())
    }

    #[inline]
    unsafe fn assume_init<T: Element>(uninit: Vec<MaybeUninit<T>>) -> Vec<T> {
        let mut vec = ManuallyDrop::new(uninit);
        // SAFETY: the parts come from a `Vec` that is not used again, `MaybeUninit<T>` has the
        // layout of `T`, and the caller has written every element.
        unsafe { Vec::from_raw_parts(vec.as_mut_ptr().cast(), vec.len(), vec.capacity()) }
    }
}

/// A shape as ndarray's type.
#[cfg(feature = "ndarray")]
fn dimension<D: Dimension>(shape: &[usize]) -> D {
    let mut dimension = D::zeros(shape.len());
    for (axis, len) in shape.iter().enumerate() {
        dimension[axis] = *len;
    }
    dimension
}

/// An array whose elements lie in this memory; `axes` as for [`Kind::uninit`].
///
/// # Panics
/// When the memory has not as many elements as the shape.
#[cfg(feature = "ndarray")]
fn in_order<T, D: Dimension>(memory: Vec<MaybeUninit<T>>, shape: &[usize], axes: &[usize]) -> Array<MaybeUninit<T>, D> {
    use ndarray::ShapeBuilder;

    let mut strides = D::zeros(shape.len());
    let mut stride = 1;
    let mut walk = |axis: usize| {
        strides[axis] = stride;
        stride *= shape[axis];
    };
    if axes.is_empty() {
        (0..shape.len()).rev().for_each(&mut walk);
    } else {
        axes.iter().rev().copied().for_each(&mut walk);
    }
    assert!(stride == memory.len(), "{} elements are not a result of shape {shape:?}", memory.len());
    // SAFETY: the strides walk the axes one inside the other, so they give every index its own place in
    // memory of as many elements as the shape has. A `MaybeUninit` needs no initialisation.
    unsafe { Array::from_shape_vec_unchecked(dimension::<D>(shape).strides(strides), memory) }
}

#[cfg(feature = "ndarray")]
impl<D: Dimension> Kind for ArrayKind<D> {
    type Array<T: Element> = Array<T, D>;
    type Uninit<T: Element> = Array<MaybeUninit<T>, D>;

    fn uninit<T: Element>(shape: &[usize], axes: &[usize]) -> Array<MaybeUninit<T>, D> {
        if axes.is_empty() || shape.contains(&0) {
            return Array::uninit(dimension::<D>(shape));
        }
        in_order(uninit_vec(shape.iter().product()), shape, axes)
    }

    fn uninit_in<T: Element>(memory: Vec<T>, shape: &[usize], axes: &[usize]) -> Array<MaybeUninit<T>, D> {
        in_order(into_uninit(memory), shape, axes)
    }

    #[inline]
    fn view<T: Element>(uninit: &mut Array<MaybeUninit<T>, D>) -> View<'_> {
        let ptr = uninit.as_mut_ptr().cast();
        View::array_of::<D>(ptr, uninit.shape(), uninit.strides())
    }

    #[inline]
    unsafe fn assume_init<T: Element>(uninit: Array<MaybeUninit<T>, D>) -> Array<T, D> {
        // SAFETY: the caller has written every element.
        unsafe { uninit.assume_init() }
    }
}

/// The kind of a call with operands of both kinds: scalar < slice < ndarray, and the larger
/// dimension of two ndarrays.
pub trait Join<Other: Kind>: Kind {
    /// The joint kind.
    type Output: Kind;
}

impl<K: Kind> Join<K> for ScalarKind {
    type Output = K;
}

impl Join<ScalarKind> for SliceKind {
    type Output = SliceKind;
}

impl Join<SliceKind> for SliceKind {
    type Output = SliceKind;
}

#[cfg(feature = "ndarray")]
impl<D: Dimension> Join<ArrayKind<D>> for SliceKind
where
    Ix1: DimMax<D>,
{
    type Output = ArrayKind<<Ix1 as DimMax<D>>::Output>;
}

#[cfg(feature = "ndarray")]
impl<D: Dimension> Join<ScalarKind> for ArrayKind<D> {
    type Output = ArrayKind<D>;
}

#[cfg(feature = "ndarray")]
impl<D: Dimension + DimMax<Ix1>> Join<SliceKind> for ArrayKind<D> {
    type Output = ArrayKind<<D as DimMax<Ix1>>::Output>;
}

#[cfg(feature = "ndarray")]
impl<D: Dimension + DimMax<E>, E: Dimension> Join<ArrayKind<E>> for ArrayKind<D> {
    type Output = ArrayKind<<D as DimMax<E>>::Output>;
}
