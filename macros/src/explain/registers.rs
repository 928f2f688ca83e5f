//! How many registers values take: a gang has as many lanes as one has values of 32 bits, on every level.

use std::collections::BTreeSet;

use crate::ast::Type;
use crate::core::{Body, VarId};
use crate::infer::Types;

/// Of the types of variables and of arrays' elements, in words that go on a sentence.
pub(super) fn of(body: &Body, types: &Types, vars: impl Iterator<Item = VarId>) -> String {
    let mut names = BTreeSet::new();
    for var in vars {
        match body.vars[var].ty.clone().or_else(|| types.of(var)) {
            Some(Type::Scalar(name)) => _ = names.insert(name.to_string()),
            Some(Type::View(view)) => _ = names.insert(view.element.to_string()),
            _ => {}
        }
    }
    let wide = |name: &&String| name.ends_with("64") || name.ends_with("size");
    let (two, one): (Vec<_>, Vec<_>) = names.iter().filter(|name| *name != "bool").partition(wide);
    let list = |names: Vec<&String>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match (one.is_empty(), two.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("; a value of {} takes 1 register", list(one)),
        (true, false) => format!("; a value of {} takes 2 registers", list(two)),
        (false, false) => format!("; a value of {} takes 1 register, of {} 2", list(one), list(two)),
    }
}
