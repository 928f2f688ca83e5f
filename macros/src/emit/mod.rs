//! Lane code and items → tokens.

mod code;
mod item;
mod names;
mod step;
mod twin;

pub(crate) use item::{Item, Signature, item};
pub(crate) use twin::{plain, remove_body};
