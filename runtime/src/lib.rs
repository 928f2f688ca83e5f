//! NumPy-style universal functions for Rust.

#![warn(missing_docs)]

pub mod kernel;
pub mod lanes;
mod level;
pub mod math;
mod ufunc;

pub use level::{Level, ParseLevelError};
pub use ufunc::{Call, Error, ErrorKind, Evaluated, Operand, Operands, Target, Targets, inner_loop};

/// What operands, results and targets are made of: for those who implement [`Operand`] or [`Target`]
/// for an array type of their own.
pub mod operand {
    #[cfg(feature = "ndarray")]
    pub use crate::ufunc::ArrayKind;
    pub use crate::ufunc::{
        Join, Kind, Masked, Results, ScalarKind, SliceKind, Strided, StridedMut, Unmasked, View, Where,
    };
}

/// What kernels are written with.
pub mod prelude {
    pub use ufunc_macros::{jit, vectorize};
}
pub use ufunc_macros::{jit, vectorize};
