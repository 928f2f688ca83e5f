//! What `#[jit]` on functions of arrays expands to: loops over arrays, whose innermost turns are lanes.
//!
//! An array parameter becomes a [`View`] or a [`ViewMut`] ([`AsView`], [`AsViewMut`]), the function an [`ArrayFunction`], which
//! [`call`] runs at the process's level. In a loop that becomes lanes, each array that is read or written at consecutive
//! places is a [`Run`], checked once for the whole loop; all else goes through the view, checked lane by lane as
//! Rust checks indices, but only for lanes that are on. Reductions keep their values in [`Chains`], and a loop over
//! [`prange`] is a [`ParallelLoop`].
//!
//! This is a loop that reduces, with 32 accumulators on every level. What is left after whole rounds of them joins chain 0, and the
//! chains are turned after each gang:
//!
//! ```
//! use ufunc::array::*;
//! use ufunc::lanes::{Simd, Vector};
//!
//! enum Total {}
//!
//! impl ArrayFunction for Total {
//!     type Parameters<'a> = (View<'a, i32, 1>,);
//!     type Output = i32;
//!
//!     #[inline(always)]
//!     fn run<S: Simd>(simd: S, (x,): Self::Parameters<'_>) -> i32 {
//!         let count = x.extent(0);
//!         let Some(run) = x.run([0], 0, count) else {
//!             return (0..count).fold(0, |total, k| <Sum as Operation<i32>>::scalars(total, x.get([k])));
//!         };
//!         let mut totals = identities::<Sum, i32, S>(simd);
//!         let mut done = Done::none(count);
//!         while done.left() >= ACCUMULATORS {
//!             for total in &mut totals[..chains::<S>()] {
//!                 *total = *total + run.load(simd, done, Whole);
//!                 done.advance(S::LANES);
//!             }
//!         }
//!         let mut turn = 0;
//!         while done.left() >= S::LANES {
//!             totals[0] = totals[0] + run.load(simd, done, Whole);
//!             totals = turned(totals);
//!             turn += 1;
//!             done.advance(S::LANES);
//!         }
//!         let part = Part::new(done.left());
//!         let total = totals[0] + run.load(simd, done, part);
//!         totals[0] = Vector::select(part.mask(simd), total, totals[0]);
//!         while turn < chains::<S>() {
//!             (totals, turn) = (turned(totals), turn + 1);
//!         }
//!         fold_exact::<Sum, i32, S>(totals)
//!     }
//! }
//!
//! let x: Vec<i32> = (1..=100).collect();
//! assert_eq!(call::<Total>((x.as_view(),)), 5050);
//! ```
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
mod private;
mod run;
mod stepped;
mod view;
mod view_mut;
mod walk;

pub use best::{Better, Greater, GreaterEqual, Less, LessEqual, best, pick};
pub use chains::{ACCUMULATORS, Chains, MAX_CHAINS, chains, fold, fold_exact, identities, moved, same, turned};
pub use convert::{AsView, AsViewMut};
pub use counted::{count, counted, nth};
#[cfg(target_arch = "x86_64")]
pub(crate) use dispatch::avx2_with_avx512;
pub use dispatch::{ArrayFunction, call, call_at, several};
pub(crate) use dispatch::{Task, run_at};
pub use divided::{Divided, Writes};
pub use operation::{And, Exact, Greatest, GreatestNumber, Least, LeastNumber, Operation, Or, Product, Sum, Xor};
pub use parallel::{ParallelLoop, Turns, parallel, prange};
pub use private::Private;
pub use run::{Done, Part, Place, Portion, Run, RunMut, Whole, Within};
pub use stepped::Stepped;
pub use view::View;
pub use view_mut::ViewMut;
pub use walk::{Flat, Layout, Walk, same_length};

// The parameters of the functions that fusion makes.
#[cfg(feature = "ndarray")]
pub use ndarray::{ArrayView1, ArrayView2, ArrayView3, ArrayView4, ArrayView5, ArrayView6};
