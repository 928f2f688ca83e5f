//! Blocks and control flow: `if`, `match`, the loops and the ways out of them.

use quote::ToTokens;
use syn::spanned::Spanned;

use super::Parser;
use super::expr::range_token;
use crate::ast::{Arm, Block, Expr, ExprKind, Items, Pattern, Source, Statement};

/// The label of a loop or a jump, without its apostrophe.
fn label_of(label: Option<&syn::Lifetime>) -> Option<syn::Ident> {
    label.map(|lifetime| lifetime.ident.clone())
}

const PRANGE: &str = "`prange` takes a range, as in `prange(0..n)`, and stands alone: its turns run in any order";

/// Whether a call is that of `prange`.
fn is_prange(call: &syn::ExprCall) -> bool {
    matches!(&*call.func, syn::Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "prange"))
}

/// Whether a loop's source is arrays in step, or one that is written.
fn is_items(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Paren(inner) => is_items(&inner.expr),
        syn::Expr::Group(inner) => is_items(&inner.expr),
        syn::Expr::Reference(reference) => reference.mutability.is_some() || is_items(&reference.expr),
        syn::Expr::MethodCall(call) => {
            let name = call.method.to_string();
            let items = ["zip", "iter_mut", "enumerate"].contains(&&*name) || is_rows(&name, call.args.len());
            items || is_items(&call.receiver)
        }
        _ => false,
    }
}

/// Whether a method gives the parts of an array along an axis.
fn is_rows(name: &str, args: usize) -> bool {
    match name {
        "rows" | "rows_mut" | "columns" | "columns_mut" | "outer_iter" | "outer_iter_mut" => args == 0,
        "axis_iter" | "axis_iter_mut" => args == 1,
        _ => false,
    }
}

impl Parser<'_> {
    pub(super) fn block(&mut self, block: &syn::Block) -> Block {
        let mut statements = Vec::new();
        let mut value = None;
        for (i, stmt) in block.stmts.iter().enumerate() {
            let last = i + 1 == block.stmts.len();
            match stmt {
                syn::Stmt::Local(local) => self.local(local, &mut statements),
                syn::Stmt::Expr(expr, None) if last => value = Some(Box::new(self.expr(expr))),
                syn::Stmt::Expr(expr, _) => statements.push(Statement::Expr(self.expr(expr))),
                syn::Stmt::Macro(mac) if last && mac.semi_token.is_none() => {
                    value = Some(Box::new(self.macro_call(&mac.mac)));
                }
                syn::Stmt::Macro(mac) => statements.push(Statement::Expr(self.macro_call(&mac.mac))),
                syn::Stmt::Item(syn::Item::Const(item)) => {
                    statements.push(Statement::Item(item.to_token_stream()));
                }
                syn::Stmt::Item(syn::Item::Use(item)) => {
                    // An import has no lane meaning of its own: both versions of the body keep it.
                    statements.push(Statement::Item(item.to_token_stream()));
                }
                syn::Stmt::Item(item) => self.inner_item(item),
            }
        }
        Block { statements, value }
    }

    fn inner_item(&mut self, item: &syn::Item) {
        let message = match item {
            syn::Item::Fn(_) => "an inner function has no lanes: write it beside the kernel, with `#[jit]`",
            syn::Item::Static(_) => {
                "an inner `static` would exist once in the scalar and once in the lane code: write it outside, or a `const`"
            }
            _ => "only `const` and `use` items may stand in a kernel",
        };
        self.refuse(item.span(), message);
    }

    fn local(&mut self, local: &syn::Local, statements: &mut Vec<Statement>) {
        let Some(init) = &local.init else {
            let (pattern, ty) = self.typed_pattern(&local.pat);
            return match pattern {
                Pattern::Bind { inner: None, .. } => statements.push(Statement::Let { pattern, ty, value: None }),
                _ => {
                    self.refuse(
                        local.pat.span(),
                        "a `let` without a value declares one name: write one `let` for each",
                    );
                    if let Pattern::Tuple(names) = Self::names(&local.pat) {
                        let declare = |pattern| Statement::Let { pattern, ty: None, value: None };
                        statements.extend(names.into_iter().map(declare));
                    }
                }
            };
        };
        if let Some((token, _)) = &init.diverge {
            self.refuse(
                token.span,
                "`let .. else` has no lane meaning: enums have no lanes; use `match` or a comparison",
            );
            let pattern = Self::names(&local.pat);
            return statements.push(Statement::Let { pattern, ty: None, value: Some(self.expr(&init.expr)) });
        }
        let (pattern, ty) = self.typed_pattern(&local.pat);
        statements.push(Statement::Let { pattern, ty, value: Some(self.expr(&init.expr)) });
    }

    pub(super) fn if_expr(&mut self, expr: &syn::ExprIf) -> ExprKind {
        let condition = Box::new(self.expr(&expr.cond));
        let then = self.block(&expr.then_branch);
        let otherwise = expr.else_branch.as_ref().map(|(_, e)| Box::new(self.expr(e)));
        ExprKind::If { condition, then, otherwise }
    }

    pub(super) fn match_expr(&mut self, expr: &syn::ExprMatch) -> ExprKind {
        let value = Box::new(self.expr(&expr.expr));
        let arms = expr
            .arms
            .iter()
            .map(|arm| Arm {
                pattern: self.pattern(&arm.pat),
                guard: arm.guard.as_ref().map(|(_, guard)| self.expr(guard)),
                body: self.expr(&arm.body),
            })
            .collect();
        ExprKind::Match { value, arms }
    }

    pub(super) fn loop_expr(&mut self, expr: &syn::ExprLoop) -> ExprKind {
        let scalar = self.is_scalar(&expr.attrs);
        ExprKind::Loop { label: label_of(expr.label.as_ref().map(|l| &l.name)), scalar, body: self.block(&expr.body) }
    }

    pub(super) fn while_expr(&mut self, expr: &syn::ExprWhile) -> ExprKind {
        let label = label_of(expr.label.as_ref().map(|l| &l.name));
        let scalar = self.is_scalar(&expr.attrs);
        ExprKind::While { label, scalar, condition: Box::new(self.expr(&expr.cond)), body: self.block(&expr.body) }
    }

    pub(super) fn for_expr(&mut self, expr: &syn::ExprForLoop) -> ExprKind {
        let label = label_of(expr.label.as_ref().map(|l| &l.name));
        let pattern = self.pattern(&expr.pat);
        let source = self.source(&expr.expr, expr.expr.span());
        let scalar = self.is_scalar(&expr.attrs);
        if let (true, Source::Range { parallel: true, .. }) = (scalar, &source) {
            self.refuse(
                expr.attrs[0].span(),
                "the turns of a `prange` run on threads: put `#[scalar]` before a loop within it, or leave `prange` away",
            );
        }
        ExprKind::For { label, scalar, pattern, source, body: self.block(&expr.body) }
    }

    /// Whether a loop of an array function is marked `#[scalar]`; [`Attributes`](super::item) refuses all other marks.
    fn is_scalar(&self, attrs: &[syn::Attribute]) -> bool {
        self.arrays && attrs.iter().any(|attr| attr.path().is_ident("scalar"))
    }

    pub(super) fn labelled_block(&mut self, expr: &syn::ExprBlock) -> ExprKind {
        ExprKind::Block { label: label_of(expr.label.as_ref().map(|l| &l.name)), block: self.block(&expr.block) }
    }

    pub(super) fn break_expr(&mut self, expr: &syn::ExprBreak) -> ExprKind {
        let value = expr.expr.as_ref().map(|e| Box::new(self.expr(e)));
        ExprKind::Break { label: label_of(expr.label.as_ref()), value }
    }

    pub(super) fn continue_expr(expr: &syn::ExprContinue) -> ExprKind {
        ExprKind::Continue { label: label_of(expr.label.as_ref()) }
    }

    /// What a `for` loop runs over: a range with `.rev()` and `.step_by(k)`, or elements.
    fn source(&mut self, expr: &syn::Expr, head: proc_macro2::Span) -> Source {
        match expr {
            syn::Expr::Paren(inner) => self.source(&inner.expr, head),
            syn::Expr::Group(inner) => self.source(&inner.expr, head),
            syn::Expr::Range(range) => {
                let (Some(from), Some(to)) = (&range.start, &range.end) else {
                    self.refuse(
                        range_token(range),
                        "a `for` loop's range has both ends, as in `0..n`: without an end, write `loop`",
                    );
                    return self.nothing(head);
                };
                Source::Range {
                    from: Box::new(self.expr(from)),
                    to: Box::new(self.expr(to)),
                    inclusive: matches!(range.limits, syn::RangeLimits::Closed(_)),
                    reversed: false,
                    step: None,
                    parallel: false,
                }
            }
            syn::Expr::Call(call) if is_prange(call) => self.prange(call, head),
            _ if self.arrays && is_items(expr) => Source::Items(self.items(expr)),
            syn::Expr::MethodCall(call) => self.adapted(call, head),
            syn::Expr::Reference(reference) => {
                Source::Elements { of: Box::new(self.expr(&reference.expr)), enumerated: false, reversed: false }
            }
            other => Source::Elements { of: Box::new(self.expr(other)), enumerated: false, reversed: false },
        }
    }

    fn adapted(&mut self, call: &syn::ExprMethodCall, head: proc_macro2::Span) -> Source {
        let name = call.method.to_string();
        match (name.as_str(), call.args.len()) {
            ("iter" | "into_iter" | "copied" | "cloned", 0) => self.source(&call.receiver, head),
            ("rev", 0) => match self.source(&call.receiver, head) {
                Source::Range { from, to, inclusive, reversed: false, step: None, parallel: false } => {
                    Source::Range { from, to, inclusive, reversed: true, step: None, parallel: false }
                }
                Source::Elements { of, enumerated: false, reversed: false } => {
                    Source::Elements { of, enumerated: false, reversed: true }
                }
                other => {
                    let message = match other {
                        Source::Range { parallel: true, .. } => PRANGE,
                        Source::Range { .. } => {
                            "`.rev()` stands once, and before `.step_by(k)`: for the same numbers write a loop over `0..n` that computes them, \
                             as in `let i = last - j * k`"
                        }
                        Source::Elements { .. } | Source::Items(_) => {
                            "`.rev()` stands once, and alone: with an index, write a loop over `(0..n).rev()`"
                        }
                    };
                    self.refuse(call.method.span(), message);
                    other
                }
            },
            ("step_by", 1) => match self.source(&call.receiver, head) {
                Source::Range { from, to, inclusive, reversed, step: None, parallel: false } => {
                    let step = Some(Box::new(self.expr(&call.args[0])));
                    Source::Range { from, to, inclusive, reversed, step, parallel: false }
                }
                other => {
                    let message = match other {
                        Source::Range { parallel: true, .. } => PRANGE,
                        _ => {
                            "`.step_by(k)` stands once, and on a range: write a loop over indices, `(a..b).step_by(k)`"
                        }
                    };
                    self.refuse(call.method.span(), message);
                    other
                }
            },
            ("enumerate", 0) => match self.source(&call.receiver, head) {
                Source::Elements { of, enumerated: false, reversed: false } => {
                    Source::Elements { of, enumerated: true, reversed: false }
                }
                other => {
                    let message = match other {
                        Source::Range { .. } => "`.enumerate()` is for arrays and slices: a range counts by itself",
                        Source::Elements { .. } | Source::Items(_) => {
                            "`.enumerate()` stands once, and alone: backwards, write a loop over `(0..n).rev()`"
                        }
                    };
                    self.refuse(call.method.span(), message);
                    other
                }
            },
            _ => {
                // Of a chain, the innermost call says what is wrong.
                if let syn::Expr::MethodCall(inner) = &*call.receiver {
                    let mark = self.problems.mark();
                    self.adapted(inner, head);
                    if self.problems.any_since(mark) {
                        return self.nothing(head);
                    }
                }
                self.refuse(
                    call.method.span(),
                    format!(
                        "a loop over `.{name}(..)` has no lane meaning: a `for` loop in a kernel runs over a range (with \
                         `.rev()`, `.step_by(k)`), or over an array or a `#[uniform]` slice (with `.iter()`, \
                         `.enumerate()`, `.rev()`)"
                    ),
                );
                self.nothing(head)
            }
        }
    }

    /// `prange(a..b)`
    fn prange(&mut self, call: &syn::ExprCall, head: proc_macro2::Span) -> Source {
        if !self.arrays {
            self.refuse(
                call.func.span(),
                "`prange` is for loops of functions with array parameters: a kernel's turns run one after the other in each lane",
            );
        }
        let source = match call.args.first() {
            Some(argument) if call.args.len() == 1 => self.source(argument, head),
            _ => self.nothing(head),
        };
        match source {
            Source::Range { from, to, inclusive, reversed: false, step: None, .. } => {
                Source::Range { from, to, inclusive, reversed: false, step: None, parallel: true }
            }
            other => {
                self.refuse_in_place_of_rustc(call.func.span(), PRANGE);
                other
            }
        }
    }

    /// What a loop of an array function takes in each turn.
    fn items(&mut self, expr: &syn::Expr) -> Items {
        match expr {
            syn::Expr::Paren(inner) => self.items(&inner.expr),
            syn::Expr::Group(inner) => self.items(&inner.expr),
            syn::Expr::Reference(reference) => self.items(&reference.expr),
            syn::Expr::Range(range) => {
                let from = range.start.as_ref().map(|from| self.expr(from));
                let Some(from) = from else {
                    let message = "a range that is counted along with arrays has a start, as in `0..`";
                    self.refuse_in_place_of_rustc(range_token(range), message);
                    return Items::Elements {
                        of: Box::new(Expr { span: range.span(), kind: ExprKind::Array(Vec::new()) }),
                    };
                };
                let to = range.end.as_ref().map(|to| Box::new(self.expr(to)));
                Items::Range {
                    from: Box::new(from),
                    to,
                    inclusive: matches!(range.limits, syn::RangeLimits::Closed(_)),
                }
            }
            syn::Expr::MethodCall(call) => match (call.method.to_string().as_str(), call.args.len()) {
                ("iter" | "iter_mut" | "into_iter" | "copied" | "cloned", 0) => self.items(&call.receiver),
                ("zip", 1) => Items::Zip(Box::new(self.items(&call.receiver)), Box::new(self.items(&call.args[0]))),
                (name, args) if is_rows(name, args) => {
                    let of = Box::new(self.expr(&call.receiver));
                    let axis = match call.args.first() {
                        Some(axis) => super::arrays::axis(axis),
                        None => {
                            let last = name.starts_with("columns");
                            let tokens = if last {
                                quote::quote! { 1 }
                            } else {
                                quote::quote! { 0 }
                            };
                            Expr { span: call.method.span(), kind: ExprKind::Literal(tokens) }
                        }
                    };
                    Items::Parts { of, axis: Box::new(axis) }
                }
                ("enumerate", 0) => Items::Enumerate(Box::new(self.items(&call.receiver))),
                (name, _) => {
                    self.refuse(
                        call.method.span(),
                        format!(
                            "a loop over `.{name}(..)` has no lane meaning: arrays are gone through with `.iter()`, \
                             `.iter_mut()`, `.zip(..)`, `.enumerate()`, or by index"
                        ),
                    );
                    Items::Elements { of: Box::new(Expr { span: call.span(), kind: ExprKind::Array(Vec::new()) }) }
                }
            },
            other => Items::Elements { of: Box::new(self.expr(other)) },
        }
    }

    fn nothing(&mut self, span: proc_macro2::Span) -> Source {
        let of = Expr { span, kind: ExprKind::Array(Vec::new()) };
        Source::Elements { of: Box::new(of), enumerated: false, reversed: false }
    }
}
