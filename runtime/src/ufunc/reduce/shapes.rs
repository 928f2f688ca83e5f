//! Which kind of array a reduction gives, from the operand's kind and the axes that are named.

#[cfg(feature = "ndarray")]
use super::super::kind::ArrayKind;
use super::super::kind::{Kind, ScalarKind, SliceKind};
#[cfg(feature = "ndarray")]
use ndarray::{DimAdd, Dimension, Ix1, Ix2, IxDyn, RemoveAxis};

/// A kind of arrays that have axes.
#[diagnostic::on_unimplemented(
    message = "a single value has no axis",
    label = "there is no axis to name",
    note = "`reduce_all`, and `reduction` without axes, take operands of any kind"
)]
pub trait AxisKind: Kind {
    /// The same with an axis less.
    type Less: Kind;
}

impl AxisKind for SliceKind {
    type Less = ScalarKind;
}

#[cfg(feature = "ndarray")]
impl<D: RemoveAxis> AxisKind for ArrayKind<D> {
    type Less = ArrayKind<D::Smaller>;
}

/// Which axes a reduction names: what it gives for an operand of a kind.
pub trait Axes<K: Kind> {
    /// The kind of the result.
    type Kind: Kind;
}

/// No axis was named: all are reduced, to a single value.
#[derive(Clone, Copy, Debug)]
pub enum AllAxes {}

/// One axis was named: the result has one less.
#[derive(Clone, Copy, Debug)]
pub enum OneAxis {}

/// Several axes were named: the result's dimension is dynamic.
#[cfg(feature = "ndarray")]
#[derive(Clone, Copy, Debug)]
pub enum SeveralAxes {}

/// Reduced axes are kept, with length one: the result has the operand's kind.
#[derive(Clone, Copy, Debug)]
pub enum KeptAxes {}

impl<K: Kind> Axes<K> for AllAxes {
    type Kind = ScalarKind;
}

impl<K: AxisKind> Axes<K> for OneAxis {
    type Kind = K::Less;
}

#[cfg(feature = "ndarray")]
impl<K: Kind> Axes<K> for SeveralAxes {
    type Kind = ArrayKind<IxDyn>;
}

impl<K: Kind> Axes<K> for KeptAxes {
    type Kind = K;
}

/// What naming axes makes of a reduction that had named these.
pub trait Named {
    /// With one axis.
    type One;
    /// With several.
    type Several;
}

macro_rules! named {
    ($($state:ty => $one:ty, $several:ty;)*) => {
        $(impl Named for $state {
            type One = $one;
            type Several = $several;
        })*
    };
}

#[cfg(feature = "ndarray")]
named! {
    AllAxes => OneAxis, SeveralAxes;
    OneAxis => OneAxis, SeveralAxes;
    SeveralAxes => OneAxis, SeveralAxes;
    KeptAxes => KeptAxes, KeptAxes;
}

#[cfg(not(feature = "ndarray"))]
named! {
    AllAxes => OneAxis, AllAxes;
    OneAxis => OneAxis, AllAxes;
    KeptAxes => KeptAxes, KeptAxes;
}

/// The kind of an outer product: all axes of the first operand, then all of the second one.
pub trait Outer<Other: Kind>: Kind {
    /// The joint kind.
    type Output: Kind;
}

impl<K: Kind> Outer<K> for ScalarKind {
    type Output = K;
}

impl Outer<ScalarKind> for SliceKind {
    type Output = SliceKind;
}

#[cfg(feature = "ndarray")]
impl Outer<SliceKind> for SliceKind {
    type Output = ArrayKind<Ix2>;
}

#[cfg(feature = "ndarray")]
impl<D: Dimension> Outer<ArrayKind<D>> for SliceKind
where
    Ix1: DimAdd<D>,
{
    type Output = ArrayKind<<Ix1 as DimAdd<D>>::Output>;
}

#[cfg(feature = "ndarray")]
impl<D: Dimension> Outer<ScalarKind> for ArrayKind<D> {
    type Output = ArrayKind<D>;
}

#[cfg(feature = "ndarray")]
impl<D: Dimension + DimAdd<Ix1>> Outer<SliceKind> for ArrayKind<D> {
    type Output = ArrayKind<<D as DimAdd<Ix1>>::Output>;
}

#[cfg(feature = "ndarray")]
impl<D: Dimension + DimAdd<E>, E: Dimension> Outer<ArrayKind<E>> for ArrayKind<D> {
    type Output = ArrayKind<<D as DimAdd<E>>::Output>;
}
