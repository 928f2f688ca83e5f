//! Reductions: sequences of elements along some axes of an operand, each combined to one result, or to its prefixes.
//!
//! [`reduction`] collects a call's options, [`shapes`] says what kind of array it gives, [`axis`] which axes it means;
//! [`layout`] sorts and merges these; [`reducer`] walks the results, one sequence ([`along`]) or a [`strip`] of them ([`across`]) at a time, and
//! folds them by the loops of [`fold`](crate::fold), with [`slots`] for what waits to be combined. [`accumulate`], [`segments`], [`outer`] and [`at`] are the
//! other methods of kernels with two operands.

mod accumulate;
mod across;
mod along;
mod at;
mod axis;
mod layout;
mod outer;
mod reducer;
mod reduction;
mod segments;
mod shapes;
mod slots;
mod strip;

pub use at::try_at;
pub use axis::AxisIndex;
pub use outer::{Product, try_outer, try_outer_into};
pub use reduction::{Reduce, Reduced, Reduction};
pub use segments::{try_accumulate, try_accumulate_into, try_reduceat, try_reduceat_into};
#[cfg(feature = "ndarray")]
pub use shapes::SeveralAxes;
pub use shapes::{AllAxes, Axes, AxisKind, KeptAxes, Named, OneAxis, Outer};
