//! [`Operand`]: what can be passed for a parameter of a kernel.

#[cfg(feature = "ndarray")]
use ndarray::{ArrayBase, ArrayRef, Data, Dimension};

#[cfg(feature = "ndarray")]
use super::kind::ArrayKind;
use super::kind::{Join, Kind, ScalarKind, SliceKind};
use super::lend::{Lent, Positions, Slot, Slots};
use super::view::{Strided, View};
use crate::lanes::Element;

/// Something that holds elements of type `T` and broadcasts: a value, a slice, a `Vec`, a Rust array,
/// or an ndarray of any ownership and dimension, by reference or by value.
///
/// The element type is a parameter, not an associated type, so that a literal takes the type that
/// the kernel expects: `rc(&v, 2.0)`.
#[diagnostic::on_unimplemented(
    message = "expected an operand of `{T}`, found `{Self}`",
    label = "not an operand of `{T}`",
    note = "an operand of `{T}` is a scalar `{T}`, a slice `&[{T}]`, a `Vec`, a `[{T}; N]`, or (feature `ndarray`) an array \
            or view of `{T}`, by value or by reference; elements are not converted"
)]
pub trait Operand<T: Element> {
    /// What a call gives whose operands are all of this kind.
    type Kind: Kind;

    /// Whether values of this type may own memory that [`lend`](Operand::lend) can give away.
    const LENDS: bool = false;

    /// The elements.
    fn strided(&self) -> Strided<'_, T>;

    /// Gives the operand's memory away for a result, where nothing else refers to it: the engine asks operands whose
    /// elements lie in it without gaps and in the order of the result's. They stay as they are; fewer of them than
    /// [`strided`](Operand::strided) has shown are a panic of the call.
    ///
    /// # Errors
    /// The operand itself, where there is no such memory.
    #[inline]
    fn lend(self) -> Result<Lent<T>, Self>
    where
        Self: Sized,
    {
        Err(self)
    }
}

impl<T: Element> Operand<T> for T {
    type Kind = ScalarKind;

    #[inline]
    fn strided(&self) -> Strided<'_, T> {
        Strided::scalar(self)
    }
}

impl<T: Element> Operand<T> for &T {
    type Kind = ScalarKind;

    #[inline]
    fn strided(&self) -> Strided<'_, T> {
        Strided::scalar(self)
    }
}

impl<T: Element> Operand<T> for &mut T {
    type Kind = ScalarKind;

    #[inline]
    fn strided(&self) -> Strided<'_, T> {
        Strided::scalar(self)
    }
}

impl<T: Element> Operand<T> for Vec<T> {
    type Kind = SliceKind;
    const LENDS: bool = true;

    #[inline]
    fn strided(&self) -> Strided<'_, T> {
        Strided::slice(self)
    }

    #[inline]
    fn lend(self) -> Result<Lent<T>, Self> {
        Ok(Lent::new(self, 0))
    }
}

macro_rules! slices {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<T: Element, $($generics)*> Operand<T> for $type {
            type Kind = SliceKind;

            #[inline]
            fn strided(&self) -> Strided<'_, T> {
                Strided::slice(&self[..])
            }
        }
    )*};
}

slices! {
    [] &[T];
    [] &mut [T];
    [] &Vec<T>;
    [] &mut Vec<T>;
    [const N: usize] [T; N];
    [const N: usize] &[T; N];
    [const N: usize] &mut [T; N];
}

// `ArrayBase` names its element type as a third parameter. Naming it here makes an array of another
// type match no implementation at all, which gives the message above instead of a type mismatch
// somewhere inside ndarray's traits.
#[cfg(feature = "ndarray")]
impl<T: Element, S: Data<Elem = T>, D: Dimension> Operand<T> for ArrayBase<S, D, T> {
    type Kind = ArrayKind<D>;
    // A view has nothing to drop.
    const LENDS: bool = std::mem::needs_drop::<S>();

    #[inline]
    fn strided(&self) -> Strided<'_, T> {
        Strided::array(self)
    }

    fn lend(self) -> Result<Lent<T>, Self> {
        let (memory, start) = self.try_into_owned_nocopy()?.into_raw_vec_and_offset();
        Ok(Lent::new(memory, start.unwrap_or(0)))
    }
}

#[cfg(feature = "ndarray")]
impl<T: Element, S: Data<Elem = T>, D: Dimension> Operand<T> for &ArrayBase<S, D, T> {
    type Kind = ArrayKind<D>;

    #[inline]
    fn strided(&self) -> Strided<'_, T> {
        Strided::array(self)
    }
}

#[cfg(feature = "ndarray")]
impl<T: Element, S: Data<Elem = T>, D: Dimension> Operand<T> for &mut ArrayBase<S, D, T> {
    type Kind = ArrayKind<D>;

    #[inline]
    fn strided(&self) -> Strided<'_, T> {
        Strided::array(self)
    }
}

#[cfg(feature = "ndarray")]
impl<T: Element, D: Dimension> Operand<T> for &ArrayRef<T, D> {
    type Kind = ArrayKind<D>;

    #[inline]
    fn strided(&self) -> Strided<'_, T> {
        Strided::array(self)
    }
}

#[cfg(feature = "ndarray")]
impl<T: Element, D: Dimension> Operand<T> for &mut ArrayRef<T, D> {
    type Kind = ArrayKind<D>;

    #[inline]
    fn strided(&self) -> Strided<'_, T> {
        Strided::array(self)
    }
}

/// A call's operands: a tuple with one [`Operand`] for each element type in the tuple `Types`.
///
/// # Safety
/// There is one view for each type, in order, and of that type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are not operands of `{Types}`",
    label = "these operands do not fit",
    note = "each operand is a scalar, slice, `Vec`, Rust array or ndarray of its parameter's type"
)]
pub unsafe trait Operands<Types> {
    /// The kind of the result: scalar < slice < ndarray.
    type Kind: Kind;
    /// One [`View`] an operand.
    type Views<'a>: AsRef<[View<'a>]>
    where
        Self: 'a;

    /// The operands whose types may own memory that they lend.
    const LENDERS: Positions;
    /// The operands on their way to lend their memory.
    type Slots: Slots;

    /// The operands as the engine takes them.
    fn views(&self) -> Self::Views<'_>;

    /// The operands, each of which may lend its memory.
    fn into_slots(self) -> Self::Slots;
}

/// Implements [`Operands`] for a tuple; its kind is the join of the operands' kinds, folded from the left.
macro_rules! operands {
    // Every step of the fold needs its bound: collect them one by one.
    (@bounds [$($bounds:tt)*] [$($op:ident $t:ident $k:tt)*] $kind:ty;) => {
        // SAFETY: one view for each type, typed by `Strided`.
        unsafe impl<$($op,)* $($t: Element),*> Operands<($($t,)*)> for ($($op,)*)
        where
            $($op: Operand<$t>,)*
            $($bounds)*
        {
            type Kind = $kind;
            type Views<'a> = [View<'a>; [$($k),*].len()] where Self: 'a;
            const LENDERS: Positions = Positions::of(&[$(<$op as Operand<$t>>::LENDS),*]);
            type Slots = ($(Slot<$op, $t>,)*);

            #[inline]
            fn views(&self) -> Self::Views<'_> {
                [$(self.$k.strided().view()),*]
            }

            #[inline]
            fn into_slots(self) -> Self::Slots {
                ($(Slot::Kept(self.$k),)*)
            }
        }
    };
    (@bounds [$($bounds:tt)*] [$($all:tt)*] $kind:ty; $op:ident $t:ident $(, $ops:ident $ts:ident)*) => {
        operands!(@bounds
            [$($bounds)* $kind: Join<<$op as Operand<$t>>::Kind>,]
            [$($all)*]
            <$kind as Join<<$op as Operand<$t>>::Kind>>::Output;
            $($ops $ts),*
        );
    };
    ($op:ident $t:ident $k:tt $(, $ops:ident $ts:ident $ks:tt)*) => {
        operands!(@bounds [] [$op $t $k $($ops $ts $ks)*] <$op as Operand<$t>>::Kind; $($ops $ts),*);
    };
}

operands!(A T 0);
operands!(A T 0, B U 1);
operands!(A T 0, B U 1, C V 2);
operands!(A T 0, B U 1, C V 2, D W 3);
operands!(A T 0, B U 1, C V 2, D W 3, E X 4);
operands!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5);
operands!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6);
operands!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7);
operands!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8);
operands!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9);
operands!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9, K T4 10);
operands!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9, K T4 10, L T5 11);
