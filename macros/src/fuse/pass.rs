//! [`Pass`]: goes over a function's body and puts calls of hidden kernels in the places of array expressions.
//!
//! A variable of a computed array is computed where it is used, unless that turns out to be wrong or repeated work: it
//! has then *failed*, and the next pass keeps it as an array.

use std::collections::{BTreeSet, HashMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::format_ident;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, Stmt};

use super::node::Node;
use super::scope::{Scope, Variable};
use crate::attr::Options;
use crate::diagnostics::Problems;
use crate::explain::Line;

/// A variable whose array is computed where it is used.
pub(super) struct Computed {
    /// Its number among all variables.
    pub(super) number: usize,
    pub(super) name: Ident,
    pub(super) node: Node,
    /// How many loops are around it.
    pub(super) loops: usize,
    /// The statement that uses it.
    pub(super) used: Option<usize>,
    /// Something that it is computed from has changed since.
    pub(super) stale: bool,
}

pub(super) struct Pass<'a> {
    pub(super) problems: &'a mut Problems,
    pub(super) options: &'a Options,
    /// The function's name, which is that of its hidden kernels, too.
    pub(super) function: Ident,
    /// All names of the function.
    words: HashSet<String>,
    /// The variables that are kept as arrays.
    pub(super) kept: &'a BTreeSet<usize>,
    /// Those that must be.
    pub(super) failed: BTreeSet<usize>,
    pub(super) scope: Scope,
    pub(super) computed: Vec<Computed>,
    /// The names of operands, by their text.
    pub(super) leaves: HashMap<String, Ident>,
    /// How many variables there were.
    pub(super) lets: usize,
    statements: usize,
    statement: usize,
    pub(super) loops: usize,
    /// How many kernels there are.
    pub(super) kernels: usize,
    /// What became of the expressions.
    pub(super) lines: Vec<Line>,
    /// An element was read.
    pub(super) elements: Option<Span>,
    /// The element type of the array that the function returns.
    pub(super) output: Option<Ident>,
}

impl<'a> Pass<'a> {
    pub(super) fn new(
        function: Ident,
        words: HashSet<String>,
        output: Option<Ident>,
        kept: &'a BTreeSet<usize>,
        options: &'a Options,
        problems: &'a mut Problems,
    ) -> Self {
        Self {
            problems,
            options,
            function,
            words,
            kept,
            failed: BTreeSet::new(),
            scope: Scope::new(),
            computed: Vec::new(),
            leaves: HashMap::new(),
            lets: 0,
            statements: 0,
            statement: 0,
            loops: 0,
            kernels: 0,
            lines: Vec::new(),
            elements: None,
            output,
        }
    }

    pub(super) fn refuse(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(span, message);
    }

    /// A name that the function has not.
    pub(super) fn fresh(&mut self, stem: &str) -> Ident {
        let text =
            (1..).map(|k| format!("{stem}_{k}")).find(|text| !self.words.contains(text)).expect("numbers do not end");
        self.words.insert(text.clone());
        format_ident!("{text}")
    }

    /// The body of the function, whose parameters are declared.
    pub(super) fn body(&mut self, block: &mut Block) {
        let output = self.output.clone();
        self.block(block, output.as_ref());
    }

    pub(super) fn block(&mut self, block: &mut Block, expected: Option<&Ident>) {
        self.scope.enter();
        let outer = self.statement;
        let mut stmts = Vec::new();
        for mut stmt in std::mem::take(&mut block.stmts) {
            self.statements += 1;
            self.statement = self.statements;
            match &mut stmt {
                Stmt::Local(local) => {
                    if let Some(instead) = self.local(local) {
                        stmts.extend(instead);
                        continue;
                    }
                }
                Stmt::Expr(tail, None) => self.value(tail, expected),
                Stmt::Expr(expr, Some(_)) => self.visit_expr_mut(expr),
                Stmt::Macro(mac) => self.visit_macro_mut(&mut mac.mac),
                Stmt::Item(_) => {}
            }
            stmts.push(stmt);
        }
        block.stmts = stmts;
        self.statement = outer;
        self.scope.leave();
    }

    /// An expression whose value's element type is known from outside.
    pub(super) fn value(&mut self, expr: &mut Expr, expected: Option<&Ident>) {
        match expr {
            Expr::Block(e) => self.block(&mut e.block, expected),
            Expr::If(e) => {
                self.visit_expr_mut(&mut e.cond);
                self.block(&mut e.then_branch, expected);
                if let Some((_, other)) = &mut e.else_branch {
                    self.value(other, expected);
                }
            }
            Expr::Paren(e) => self.value(&mut e.expr, expected),
            expr => match self.array_value(expr) {
                Some(node) => *expr = self.evaluated(node, expected),
                None => self.visit_expr_mut(expr),
            },
        }
    }

    /// An array expression that is to be computed here.
    pub(super) fn array_value(&mut self, expr: &Expr) -> Option<Node> {
        if matches!(expr, Expr::Reference(_)) {
            return None;
        }
        self.node(expr).filter(|node| !node.is_leaf())
    }

    /// A use of a variable that is computed where it is used.
    pub(super) fn used(&mut self, index: usize) -> Node {
        let (statement, loops) = (self.statement, self.loops);
        let computed = &mut self.computed[index];
        if computed.stale || loops > computed.loops || computed.used.is_some_and(|used| used != statement) {
            self.failed.insert(computed.number);
        }
        computed.used = Some(statement);
        let mut node = computed.node.clone();
        node.lets.push((computed.name.clone(), node.code));
        node.code = super::node::path(&computed.name);
        node
    }

    /// The variable of that name must be an array.
    pub(super) fn keep(&mut self, name: &Ident) {
        if let Some(Variable::Computed(index, _)) = self.scope.get(name) {
            self.failed.insert(self.computed[*index].number);
        }
    }

    /// A variable has, or may have, a new value.
    pub(super) fn written(&mut self, name: &Ident) {
        for computed in &mut self.computed {
            computed.stale |= computed.node.names(name);
        }
    }

    /// The variable at the root of a place has a new value.
    pub(super) fn written_place(&mut self, place: &Expr) {
        if let Some(name) = root(place) {
            self.written(&name);
        }
    }

    /// `out[i] = x + y`: refused, as an element is no array.
    pub(super) fn element_of_array(&mut self, place: &Expr, value: &Expr) -> bool {
        let Expr::Index(index) = place else { return false };
        let of_array = matches!(&*index.expr, Expr::Path(path) if path.path.get_ident().is_some_and(|name| {
            matches!(self.scope.get(name), Some(Variable::Array { .. } | Variable::Table(_)))
        }));
        if !of_array || self.array_value(value).is_none() {
            return false;
        }
        let message = "this is an array, and is assigned to one element: compute with elements, as in `x[i]`, in a `#[jit]` function of its \
                       own, or assign to the array";
        self.problems.push_in_place_of_rustc(value.span(), message);
        true
    }

    /// A loop, whose body may be run several times.
    pub(super) fn turns(&mut self, span: Span, body: impl FnOnce(&mut Self)) {
        let (kernels, outer) = (self.kernels, self.elements.take());
        self.loops += 1;
        body(self);
        self.loops -= 1;
        if let (Some(_), true) = (self.elements, self.kernels == kernels) {
            self.refuse(
                span,
                "a loop over elements, in a function that computes with whole arrays: write the loop as a `#[jit]` function of \
                 its own, and call that",
            );
        }
        self.elements = outer;
    }
}

/// The variable that a place is a part of.
pub(super) fn root(place: &Expr) -> Option<Ident> {
    match place {
        Expr::Path(path) => path.path.get_ident().cloned(),
        Expr::Paren(e) => root(&e.expr),
        Expr::Group(e) => root(&e.expr),
        Expr::Unary(e) => root(&e.expr),
        Expr::Reference(e) => root(&e.expr),
        Expr::Index(e) => root(&e.expr),
        Expr::Field(e) => root(&e.base),
        Expr::MethodCall(e) => root(&e.receiver),
        _ => None,
    }
}

/// All names of a function.
pub(super) fn words(tokens: TokenStream) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut streams = vec![tokens];
    while let Some(stream) = streams.pop() {
        for token in stream {
            match token {
                TokenTree::Ident(name) => {
                    found.insert(name.to_string());
                }
                TokenTree::Group(group) => streams.push(group.stream()),
                _ => {}
            }
        }
    }
    found
}
