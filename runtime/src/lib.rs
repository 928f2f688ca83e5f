//! NumPy-style universal functions for Rust.

#![warn(missing_docs)]

pub mod kernel;
pub mod lanes;
mod level;

pub use level::{Level, ParseLevelError};

/// What kernels are written with.
pub mod prelude {
    pub use ufunc_macros::{jit, vectorize};
}
pub use ufunc_macros::{jit, vectorize};
