//! Lane code and items → tokens.

mod array;
mod code;
mod elements;
mod folds;
mod gufunc;
mod item;
mod lead;
mod loops;
mod names;
mod parallel;
mod reduce;
mod step;
mod twin;

pub(crate) use array::{ArrayFunction, array_function};
pub(crate) use gufunc::{GufuncItem, GufuncVersion, gufunc};
pub(crate) use item::{Item, Signature, item};
pub(crate) use reduce::is_reducible;
pub(crate) use twin::{explain, plain, remove_body};
