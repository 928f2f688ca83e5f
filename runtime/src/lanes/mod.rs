//! The lanes: what a level's registers hold and do. [`Vector`] and [`Mask`] are generic over the
//! level's token [`Simd`]; the backends (`scalar`, `sse2`, `avx2`, `avx512`) implement it.

mod apart;
mod as_usize;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod blank;
mod blend;
#[cfg(target_arch = "x86_64")]
mod by_lane;
mod cast;
mod divide;
mod element;
mod extract;
mod foreign;
mod gather;
mod held;
mod int_methods;

pub(crate) mod moves;
mod number_methods;
mod range;
mod rows;
mod scalar;
mod shift;
mod simd;
#[cfg(target_arch = "x86_64")]
mod sse2;
mod stepped;
pub(crate) mod stream;
#[cfg(target_arch = "x86_64")]
mod table;
mod twice;
mod uniform;
mod vector;

pub use apart::{Apart, Function, Stages};
pub use as_usize::{AsUsize, array_get_as_usize, array_set_as_usize, gather_as_usize, table_get_as_usize};
#[cfg(target_arch = "x86_64")]
pub use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub use avx512::Avx512;
pub use blank::Blank;
pub use blend::{Blend, IntoLanes, Spread};
pub use cast::Cast;
pub use divide::Divide;
pub use element::{Bitwise, Element, Float, Int, Number};
pub use extract::{Extract, Holds, typed};
pub use foreign::{Address, Foreign};
pub use gather::{Index, array_get, array_set, gather, gather_slice, scatter, scatter_slice, table_get};
pub use int_methods::{IntMethods, UnsignedInt};
pub use number_methods::NumberMethods;
pub use range::{Count, LaneRange, next};
pub use rows::Rows;
pub use scalar::Scalar;
pub use simd::{Convert, FloatLanes, IntLanes, Lanes, Lookup, MaskLanes, Registers, Simd};
#[cfg(target_arch = "x86_64")]
pub use sse2::Sse2;
pub use twice::{Pair, Twice};
pub use uniform::{Uniform, UniformInt, uniform_add, uniform_mul, uniform_neg, uniform_shl, uniform_shr, uniform_sub};
pub use vector::{MAX_LANES, Mask, Vector};
