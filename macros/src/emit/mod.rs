//! Lane code and items → tokens.

mod code;
mod item;
mod names;
mod reduce;
mod step;
mod twin;

pub(crate) use item::{Item, Signature, item};
pub(crate) use reduce::is_reducible;
pub(crate) use twin::{plain, remove_body};
