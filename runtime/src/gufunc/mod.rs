//! What `#[guvectorize]` expands to: functions of small arrays, the cores, over all that are in larger ones.
//!
//! A [`GuCall`] collects a call's options; `resolve` finds which axes of the operands are loop and which core dimensions, and that they
//! fit; [`Items`](items::Items) are the cores of all operands, one for each index of the loop dimensions. The [`Way`] computes them:
//! [`InCore`] one after the other with views of each, [`AcrossBatch`] a gang at once, whose [`Planes`] hold the same element of
//! many cores; [`ByLength`] is whichever of the two suits a call's cores. Cores that are small and of frozen lengths are `turned` to
//! planes in registers, others brought to them in memory, and a call of one item is a `single` one. The `signature` and all that
//! knows no types is compiled once.
//!
//! Everything here is safe to call, with whatever arguments: what the attribute emits has no unsafe code.

mod apart;
mod batch;
mod call;
mod either;
mod items;
mod kind;
mod operands;
mod planes;
mod rank;
mod resolve;
mod signature;
mod single;
mod staging;
mod turned;
mod versions;
mod ways;

pub use call::{GuCall, Gufunc, Results};
pub use either::{ByLength, EitherFunction};
pub use items::Items;
pub use kind::{LoopKind, WithCore};
pub use operands::{Blank, Blanks, CoreOperands, CoreResults, CoreTypes};
pub use planes::{Apart, Lie, Place, Planes, PlanesMut, Staged};
pub use rank::{Core, CoreRank, Flexible, Rank};
pub use signature::{CoreOperand, Dimension, Signature, Size};
pub use versions::Versions;
pub use ways::{AcrossBatch, BatchFunction, CoreFunction, InCore, Way};
