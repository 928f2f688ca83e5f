//! What `#[jit]` on functions of arrays expands to: loops over arrays, whose innermost turns are lanes.
//!
//! An array parameter becomes a [`View`] or a [`ViewMut`] ([`AsView`], [`AsViewMut`]), the function an [`ArrayFunction`], which
//! [`call`] runs at the process's level. In a loop that becomes lanes, each array that is read or written at consecutive
//! places is a [`Run`], checked once for the whole loop; all else goes through the view, checked lane by lane as
//! Rust checks indices, but only for lanes that are on. Reductions keep their values in [`Chains`], and a loop over
//! [`prange`] is a [`ParallelLoop`].
//!
//! Everything here is safe to call, with whatever arguments: what the attribute emits has no unsafe code.

mod best;
mod chains;
mod convert;
mod counted;
mod dispatch;
mod divided;
mod operation;
mod parallel;
mod places;
mod run;
mod stepped;
mod view;
mod view_mut;

pub use best::{Better, Greater, GreaterEqual, Less, LessEqual, best, pick};
pub use chains::{ACCUMULATORS, Chains, MAX_CHAINS, chains, fold, fold_exact, identities, same};
pub use convert::{AsView, AsViewMut};
pub use counted::{count, counted, nth};
pub use dispatch::{ArrayFunction, call, call_at};
pub(crate) use dispatch::{Task, run_at};
pub use divided::{Divided, Writes};
pub use operation::{And, Exact, Greatest, Least, Operation, Or, Product, Sum, Xor};
pub use parallel::{ParallelLoop, parallel, prange};
pub use run::{Part, Portion, Run, RunMut, Whole};
pub use stepped::Stepped;
pub use view::View;
pub use view_mut::ViewMut;
