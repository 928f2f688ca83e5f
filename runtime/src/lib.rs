//! NumPy-style universal functions for Rust.

#![warn(missing_docs)]

pub mod kernel;
pub mod lanes;
mod level;
pub mod math;

pub use level::{Level, ParseLevelError};
