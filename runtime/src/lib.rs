//! NumPy-style universal functions for Rust: one attribute turns a scalar function into a SIMD kernel
//! that broadcasts over slices and [`ndarray`](https://docs.rs/ndarray).
//!
//! ```
//! use ufunc::prelude::*;
//!
//! /// Charge on a capacitor.
//! #[vectorize]
//! fn rc(voltage: f64, time_constant: f64) -> f64 {
//!     voltage * (1.0 - (1.0 / time_constant).exp())
//! }
//!
//! let charge: Vec<f64> = rc(&[1.0, 2.0, 3.0], 0.5);
//! assert_eq!(charge.len(), 3);
//! ```
//!
//! # Calling a kernel
//!
//! `rc` is a function and a type of the same name. The function takes an [`Operand`] for each
//! parameter: a scalar, a slice, a `Vec`, a Rust array or an ndarray. Operands broadcast; the result is a
//! scalar, a `Vec` or an array. A `Vec` or an array given by value lends its memory to the result where it has the
//! result's type, shape and memory order. The type holds the other ways to call the kernel:
//!
//! | | |
//! |---|---|
//! | `rc::into(a, b, out)` | writes to existing memory, any [`Target`] |
//! | `rc::inplace(&mut a, b)` | replaces the first operand, where the kernel has one result of its type |
//! | `rc::par(a, b)`, `rc::par_into(a, b, out)` | on rayon's current pool; the results are the same |
//! | `rc::with(a, b)` | a [`Call`] with options: a mask, threads, a level; errors instead of panics |
//! | `rc::scalar(a, b)` | the scalar twin: the function exactly as written |
//! | `rc::NAME`, `rc::NIN`, `rc::NOUT` | its name, and how many operands and results it has |
//!
//! Of kernels with two operands and one result the type also has `outer`, and where all types are one, `reduce`, `reduce_all`,
//! `accumulate`, `reduceat`, `at`, and `rc::reduction(a)`, a [`Reduction`] with options.
//!
//! Those who know NumPy and Numba find [the calls of all three side by side](doc::ufunc_for_numpy_users).
//!
//! # Writing a kernel
//!
//! A kernel is ordinary Rust over numbers, bools, tuples and arrays: `if`, `match`, loops, `break`, `continue` and
//! `return` may all depend on the element; a lane that is done waits for the others. A parameter that
//! is marked `#[uniform]` does not broadcast and may be a slice, a table for all elements. Functions
//! with [`jit`] are called from kernels. What has no meaning in lanes is a compile error.
//!
//! ```
//! use ufunc::prelude::*;
//!
//! /// The steps of Collatz's sequence until it is at 1.
//! #[vectorize]
//! fn collatz(start: u64) -> u32 {
//!     let (mut n, mut steps) = (start, 0);
//!     while n > 1 {
//!         n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
//!         steps += 1;
//!     }
//!     steps
//! }
//!
//! assert_eq!(collatz(&[1, 6, 27]), [0, 8, 111]);
//! ```
//!
//! Type parameters stand for the listed types in turn. Where some types need another body, it is another function, whose
//! signatures are further ones `of` the first:
//!
//! ```
//! use ufunc::prelude::*;
//!
//! /// The middle of two numbers, rounded down.
//! #[vectorize(i32(i32, i32), u32(u32, u32))]
//! fn middle<T>(x: T, y: T) -> T {
//!     (x & y) + ((x ^ y) >> 1)
//! }
//!
//! #[vectorize(f32(f32, f32), f64(f64, f64), of = middle)]
//! fn middle_of_floats<T>(x: T, y: T) -> T {
//!     0.5 * x + 0.5 * y
//! }
//!
//! assert_eq!(middle(&[1, -3], 4), [2, 0]);
//! assert_eq!(middle(&[1.0, -3.0], 4.0), [2.5, 0.5]);
//! ```
//!
//! # Functions of small arrays
//!
//! [`guvectorize`] makes a generalized universal function: its signature says which axes of the operands the function takes, and the
//! others broadcast. Its type has `into`, `par`, `par_into`, `scalar` and `with`, a [`GuCall`] with `axes`, `axis` and `keepdims`, and
//! `SIGNATURE`. With type parameters, it lists the types that they stand for as kernels do: `#[guvectorize("(n)->(n)", f32(f32), f64(f64))]`.
//!
//! ```
//! use ufunc::prelude::*;
//!
//! /// The mean of the last `width` values.
//! #[guvectorize("(n),()->(n)")]
//! fn moving_mean(x: &[f64], width: usize, out: &mut [f64]) {
//!     let mut total = 0.0;
//!     for i in 0..x.len() {
//!         total += x[i];
//!         if i >= width {
//!             total -= x[i - width];
//!         }
//!         out[i] = total / width.min(i + 1) as f64;
//!     }
//! }
//!
//! assert_eq!(moving_mean(&[1.0, 2.0, 4.0], 2), [1.0, 1.5, 3.0]);
//! ```
//!
//! Operations give the bits of the scalar twin, math functions are within 1 ulp ([`math`]), and an
//! element's result does not depend on where it stands or on which thread computes it. Kernels are
//! compiled for each [`Level`], and the best that the machine has is used.

#![warn(missing_docs)]

#[doc(hidden)]
pub mod array;
pub mod doc;
mod explanation;
mod fold;
#[doc(hidden)]
pub mod gufunc;
pub mod kernel;
pub mod lanes;
mod level;
pub mod math;
pub mod ops;
mod ufunc;

pub use array::prange;
pub use explanation::{Explanation, Line};
pub use gufunc::GuCall;
pub use level::{Level, ParseLevelError};
pub use ufunc::{
    AxisIndex, Call, Error, ErrorKind, Evaluated, Operand, Operands, Reduction, Target, Targets, inner_loop,
};

/// What the methods of kernels with two operands are made of: for the attribute's expansion, and for types in signatures.
pub mod reduction {
    #[cfg(feature = "ndarray")]
    pub use crate::ufunc::SeveralAxes;
    pub use crate::ufunc::{
        AllAxes, Axes, AxisKind, KeptAxes, Named, OneAxis, Outer, Product, Reduce, Reduced, try_accumulate,
        try_accumulate_into, try_at, try_outer, try_outer_into, try_reduceat, try_reduceat_into,
    };
}

/// What operands, results and targets are made of: for those who implement [`Operand`] or [`Target`]
/// for an array type of their own.
pub mod operand {
    #[cfg(feature = "ndarray")]
    pub use crate::ufunc::ArrayKind;
    pub use crate::ufunc::{
        InPlace, Join, Kind, Lent, Masked, Positions, Results, ScalarKind, SliceKind, Slot, Slots, Strided, StridedMut,
        Unmasked, View, Where,
    };
}

/// What kernels are written with.
pub mod prelude {
    pub use crate::array::prange;
    pub use crate::math::MathExt;
    pub use ufunc_macros::{guvectorize, jit, vectorize};
}
pub use ufunc_macros::{guvectorize, jit, vectorize};

#[cfg(all(doctest, feature = "ndarray"))]
#[doc = include_str!("../../README.md")]
mod readme {}
