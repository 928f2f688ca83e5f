//! The lanes: what a level's registers hold and do. [`Vector`] and [`Mask`] are generic over the
//! level's token [`Simd`]; the backends (`scalar`, `sse2`, `avx2`, `avx512`) implement it.

mod element;
mod simd;
mod vector;

pub use element::{Bitwise, Element, Float, Int, Number};
pub use simd::{Convert, FloatLanes, IntLanes, Lanes, MaskLanes, Registers, Simd};
pub use vector::{MAX_LANES, Mask, Vector};
