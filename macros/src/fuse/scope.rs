//! The variables of a function, as far as fusion has to know them.

use std::collections::HashMap;

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Pat, PatIdent};

use super::shape::Shape;

/// What a name stands for.
#[derive(Clone)]
pub(super) enum Variable {
    /// An array that is there.
    Array { shape: Shape, mutable: bool },
    /// A slice or `Vec`.
    Table(Option<Ident>),
    /// An array expression that is computed where it is used: its number, and the type of its elements.
    Computed(usize, Option<Ident>),
    /// A number or a bool, of a type that may be known.
    Scalar(Option<Ident>),
    /// A number written as `0.5`, of the type that its use asks for.
    Float,
    /// What may be an array.
    Unknown,
    /// A closure.
    Closure,
}

/// Names by the blocks that declare them.
pub(super) struct Scope(Vec<HashMap<String, Variable>>);

impl Scope {
    pub(super) fn new() -> Self {
        Self(vec![HashMap::new()])
    }

    pub(super) fn enter(&mut self) {
        self.0.push(HashMap::new());
    }

    pub(super) fn leave(&mut self) {
        self.0.pop();
    }

    pub(super) fn declare(&mut self, name: &Ident, variable: Variable) {
        if let Some(block) = self.0.last_mut() {
            block.insert(name.to_string(), variable);
        }
    }

    pub(super) fn get(&self, name: &Ident) -> Option<&Variable> {
        let name = name.to_string();
        self.0.iter().rev().find_map(|block| block.get(&name))
    }
}

/// The names that a pattern binds.
pub(super) fn bound(pat: &Pat) -> Vec<Ident> {
    struct Names(Vec<Ident>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_pat_ident(&mut self, pat: &'ast PatIdent) {
            self.0.push(pat.ident.clone());
            visit::visit_pat_ident(self, pat);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_pat(pat);
    names.0
}
