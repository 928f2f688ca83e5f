//! The kernel language → the core language: names become variables, patterns become tests, and
//! everything with effects moves out of expressions into statements before them.

mod arrays;
mod control;
mod expr;
mod pattern;
mod place;
mod walks;

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, Span};

use crate::ast::{Function, Type, View};
use crate::core::{Body, Expr, Loop, LoopId, MarkId, Place, Stmt, Var, VarId};
use crate::diagnostics::Problems;

/// Desugars a function; problems are kept.
pub(crate) fn function(function: &Function, problems: &mut Problems) -> Body {
    let mut desugar = Desugar {
        problems,
        vars: Vec::new(),
        scopes: vec![HashMap::new()],
        loops: Vec::new(),
        loop_heads: Vec::new(),
        aliases: HashMap::new(),
        parts: HashMap::new(),
        marks: 0,
        result: 0,
        read_only: Vec::new(),
        refused: Vec::new(),
    };
    let mut params = Vec::new();
    for param in &function.params {
        let var = desugar.declare(&param.name, param.mutable, Some(param.ty.clone()));
        desugar.vars[var].lanes = !param.uniform;
        desugar.bind(&param.name, var);
        if param.uniform && !param.mutable && !function.arrays {
            desugar.read_only.push(var);
        }
        if matches!(param.ty, Type::View(View { rank: 0, .. })) {
            // `*out` is its only element.
            desugar.aliases.insert(var, Element { array: var, index: Vec::new() });
        }
        params.push(var);
    }
    let name = Ident::new("result", result_span(&function.output));
    desugar.result = desugar.declare(&name, true, Some(function.output.clone()));
    let result = desugar.result;
    let mut block = Vec::new();
    desugar.block_into(&function.body, Some(result), &mut block);
    Body {
        vars: desugar.vars,
        params,
        result,
        arrays: function.arrays,
        planes: BTreeSet::new(),
        loops: desugar.loop_heads,
        marks: desugar.marks,
        block,
    }
}

/// The place of a result's type, as far as it is known.
fn result_span(ty: &Type) -> Span {
    match ty {
        Type::Scalar(name) => name.span(),
        _ => Span::call_site(),
    }
}

/// A loop that jumps may name.
struct Target {
    label: Option<String>,
    id: LoopId,
    /// Takes the value of `break value`.
    result: Option<VarId>,
    /// A labelled block: `break` without a label does not mean it.
    block: bool,
}

/// An array, or the part of it where some axes have an index.
#[derive(Clone)]
struct Part {
    array: VarId,
    /// By axis: the index, if it has one.
    fixed: Vec<Option<Expr>>,
    mutable: bool,
}

/// An element of an array: its array, and one index an axis.
#[derive(Clone)]
struct Element {
    array: VarId,
    index: Vec<Expr>,
}

struct Desugar<'a> {
    problems: &'a mut Problems,
    vars: Vec<Var>,
    scopes: Vec<HashMap<String, VarId>>,
    loops: Vec<Target>,
    /// What is said about the loops so far.
    loop_heads: Vec<Loop>,
    /// Names that stand for an element of an array, by the variables that were declared for them.
    aliases: HashMap<VarId, Element>,
    /// Names that stand for a part of an array.
    parts: HashMap<VarId, Part>,
    marks: usize,
    result: VarId,
    /// The uniform parameters.
    read_only: Vec<VarId>,
    /// Variables whose values were refused.
    refused: Vec<VarId>,
}

impl Desugar<'_> {
    /// A new variable, not in scope yet.
    fn declare(&mut self, name: &Ident, mutable: bool, ty: Option<Type>) -> VarId {
        self.vars.push(Var { name: name.clone(), mutable, ty, lanes: false });
        self.vars.len() - 1
    }

    /// A variable of the compiler's own.
    fn temporary(&mut self, span: Span) -> VarId {
        self.declare(&Ident::new("t", span), true, None)
    }

    fn bind(&mut self, name: &Ident, var: VarId) {
        let scope = self.scopes.last_mut().expect("a function has a scope");
        scope.insert(name.to_string(), var);
    }

    /// A new loop.
    fn new_loop(&mut self, head: Loop) -> LoopId {
        self.loop_heads.push(head);
        self.loop_heads.len() - 1
    }

    fn find(&self, name: &Ident) -> Option<VarId> {
        let name = name.to_string();
        self.scopes.iter().rev().find_map(|scope| scope.get(&name).copied())
    }

    fn scoped<R>(&mut self, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.scopes.push(HashMap::new());
        let result = inside(self);
        self.scopes.pop();
        result
    }

    fn mark(&mut self) -> MarkId {
        self.marks += 1;
        self.marks - 1
    }

    fn assign(&mut self, var: VarId, value: Expr, out: &mut Vec<Stmt>) {
        let mark = self.mark();
        out.push(Stmt::Assign { mark, place: Place { var, path: Vec::new() }, value });
    }

    /// Whether what a variable holds was refused: what follows from it needs no words.
    fn refused(&self, var: VarId) -> bool {
        self.refused.contains(&var) || matches!(self.vars[var].ty, Some(Type::Inferred(_)))
    }

    fn refuse(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(span, message);
    }
}
