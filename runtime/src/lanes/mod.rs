//! The lanes: what a level's registers hold and do. [`Vector`] and [`Mask`] are generic over the
//! level's token [`Simd`]; the backends (`scalar`, `sse2`, `avx2`, `avx512`) implement it.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod blend;
#[cfg(target_arch = "x86_64")]
mod by_lane;
mod cast;
mod divide;
mod element;
mod gather;
mod int_methods;
mod number_methods;
mod scalar;
mod shift;
mod simd;
#[cfg(target_arch = "x86_64")]
mod sse2;
#[cfg(target_arch = "x86_64")]
mod table;
mod twice;
mod vector;

#[cfg(target_arch = "x86_64")]
pub use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub use avx512::Avx512;
pub use blend::{Blend, IntoLanes, Spread};
pub use cast::Cast;
pub use divide::Divide;
pub use element::{Bitwise, Element, Float, Int, Number};
pub use gather::{Index, array_get, array_set, gather, gather_slice, scatter, scatter_slice};
pub use int_methods::{IntMethods, UnsignedInt};
pub use number_methods::NumberMethods;
pub use scalar::Scalar;
pub use simd::{Convert, FloatLanes, IntLanes, Lanes, MaskLanes, Registers, Simd};
#[cfg(target_arch = "x86_64")]
pub use sse2::Sse2;
pub use twice::{Pair, Twice};
pub use vector::{MAX_LANES, Mask, Vector};
