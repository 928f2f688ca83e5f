//! The engine: operands, broadcasting, and the loop over them. It never names a level, and the
//! lanes never name a shape; between them is the kernel's [`MachineLoop`](crate::kernel::MachineLoop).
//!
//! A call goes through here in this order: [`call`] collects its options; [`operand`] and [`target`] show
//! their memory as a [`view`]; [`job`] takes the short way where all is contiguous, or else has
//! [`broadcast`] compare the shapes and [`plan`] sort and merge the axes to a loop [`nest`]; [`execute`] hands
//! runs of elements to the [`machine`], through the [`stage`] where they are not contiguous; [`parallel`]
//! splits the work. Everything behind `view` knows no element types and is compiled once.

mod broadcast;
mod call;
mod error;
mod execute;
mod in_place;
mod inner_loop;
mod job;
mod kind;
mod lend;
mod machine;
mod nest;
mod operand;
pub(crate) mod parallel;
mod plan;
mod reduce;
mod results;
mod stack;
mod stage;
mod stepped;
mod target;
mod tile;
mod view;

pub(crate) use broadcast::broadcasts_to;
pub use call::{Call, Evaluated, Masked, Unmasked, Where};
pub use error::{Error, ErrorKind};
pub use in_place::InPlace;
pub use inner_loop::inner_loop;
#[cfg(feature = "ndarray")]
pub use kind::ArrayKind;
pub use kind::{Join, Kind, ScalarKind, SliceKind};
pub use lend::{Lent, Positions, Slot, Slots};
pub use operand::{Operand, Operands};
pub use reduce::*;
pub use results::Results;
pub(crate) use stack::{PerAxis, PerOperand, Stack};
pub use target::{Target, Targets};
pub use view::{Strided, StridedMut, View};
