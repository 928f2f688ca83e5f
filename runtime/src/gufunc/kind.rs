//! What kind of array a call gives: an operand's kind without its core axes is that of its loop dimensions, these are joined, and a
//! result has its own core axes behind them.

#[cfg(feature = "ndarray")]
use ndarray::{Ix0, Ix1, Ix2, Ix3, Ix4, Ix5, Ix6, IxDyn};

#[cfg(feature = "ndarray")]
use super::rank::Flexible;
use super::rank::Rank;
#[cfg(feature = "ndarray")]
use crate::operand::ArrayKind;
use crate::operand::{Kind, ScalarKind, SliceKind};

/// The kind of an operand that has core axes `R`.
#[diagnostic::on_unimplemented(
    message = "an operand of kind `{Self}` has too few axes for its core, `{R}`",
    note = "a single value has no axis, a slice or `Vec` one, an array as many as its type says"
)]
pub trait WithCore<R>: Kind {
    /// That of its loop dimensions.
    type Loop: Kind;
}

/// The kind of loop dimensions.
pub trait LoopKind<R>: Kind {
    /// With core axes `R` behind them.
    type Result: Kind;
}

macro_rules! kinds {
    ($trait:ident $name:ident: $($from:ty, $rank:ty => $to:ty;)*) => {$(
        impl $trait<$rank> for $from {
            type $name = $to;
        }
    )*};
}

kinds! { WithCore Loop:
    ScalarKind, Rank<0> => ScalarKind;
    SliceKind, Rank<0> => SliceKind;
    SliceKind, Rank<1> => ScalarKind;
}

kinds! { LoopKind Result:
    ScalarKind, Rank<0> => ScalarKind;
    ScalarKind, Rank<1> => SliceKind;
    SliceKind, Rank<0> => SliceKind;
}

#[cfg(feature = "ndarray")]
kinds! { LoopKind Result:
    ScalarKind, Rank<2> => ArrayKind<Ix2>;
    ScalarKind, Rank<3> => ArrayKind<Ix3>;
    SliceKind, Rank<1> => ArrayKind<Ix2>;
    SliceKind, Rank<2> => ArrayKind<Ix3>;
    SliceKind, Rank<3> => ArrayKind<Ix4>;
}

#[cfg(feature = "ndarray")]
macro_rules! arrays {
    ($($ranks:tt: $($from:ident $to:ident)*;)*) => {
        kinds! { WithCore Loop: $($(ArrayKind<$from>, Rank<$ranks> => ArrayKind<$to>;)*)* }
    };
}

#[cfg(feature = "ndarray")]
arrays! {
    0: Ix0 Ix0 Ix1 Ix1 Ix2 Ix2 Ix3 Ix3 Ix4 Ix4 Ix5 Ix5 Ix6 Ix6 IxDyn IxDyn;
    1: Ix1 Ix0 Ix2 Ix1 Ix3 Ix2 Ix4 Ix3 Ix5 Ix4 Ix6 Ix5 IxDyn IxDyn;
    2: Ix2 Ix0 Ix3 Ix1 Ix4 Ix2 Ix5 Ix3 Ix6 Ix4 IxDyn IxDyn;
    3: Ix3 Ix0 Ix4 Ix1 Ix5 Ix2 Ix6 Ix3 IxDyn IxDyn;
}

#[cfg(feature = "ndarray")]
macro_rules! results {
    ($($ranks:tt: $($from:ident $to:ident)*;)*) => {
        kinds! { LoopKind Result: $($(ArrayKind<$from>, Rank<$ranks> => ArrayKind<$to>;)*)* }
    };
}

#[cfg(feature = "ndarray")]
results! {
    0: Ix1 Ix1 Ix2 Ix2 Ix3 Ix3 Ix4 Ix4 Ix5 Ix5 Ix6 Ix6 IxDyn IxDyn;
    1: Ix0 Ix1 Ix1 Ix2 Ix2 Ix3 Ix3 Ix4 Ix4 Ix5 Ix5 Ix6 Ix6 IxDyn IxDyn IxDyn;
    2: Ix0 Ix2 Ix1 Ix3 Ix2 Ix4 Ix3 Ix5 Ix4 Ix6 Ix5 IxDyn Ix6 IxDyn IxDyn IxDyn;
    3: Ix0 Ix3 Ix1 Ix4 Ix2 Ix5 Ix3 Ix6 Ix4 IxDyn Ix5 IxDyn Ix6 IxDyn IxDyn IxDyn;
}

// One core alone gives a value, not an array of no axis.
#[cfg(feature = "ndarray")]
kinds! { LoopKind Result:
    ArrayKind<Ix0>, Rank<0> => ScalarKind;
}

// Where axes may be missing, only the call itself knows how many there are.
#[cfg(feature = "ndarray")]
macro_rules! flexible {
    ($($rank:literal)*) => {$(
        kinds! { WithCore Loop: SliceKind, Flexible<$rank> => ArrayKind<IxDyn>; }
        kinds! { LoopKind Result: ArrayKind<IxDyn>, Flexible<$rank> => ArrayKind<IxDyn>; }

        impl<D: ndarray::Dimension> WithCore<Flexible<$rank>> for ArrayKind<D> {
            type Loop = ArrayKind<IxDyn>;
        }
    )*};
}

#[cfg(feature = "ndarray")]
flexible!(1 2 3);
