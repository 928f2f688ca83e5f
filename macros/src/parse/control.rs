//! Blocks and control flow: `if`, `match`, the loops and the ways out of them.

use quote::ToTokens;
use syn::spanned::Spanned;

use super::Parser;
use super::expr::range_token;
use crate::ast::{Arm, Block, Expr, ExprKind, Pattern, Source, Statement};

/// The label of a loop or a jump, without its apostrophe.
fn label_of(label: Option<&syn::Lifetime>) -> Option<syn::Ident> {
    label.map(|lifetime| lifetime.ident.clone())
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
        ExprKind::Loop { label: label_of(expr.label.as_ref().map(|l| &l.name)), body: self.block(&expr.body) }
    }

    pub(super) fn while_expr(&mut self, expr: &syn::ExprWhile) -> ExprKind {
        let label = label_of(expr.label.as_ref().map(|l| &l.name));
        ExprKind::While { label, condition: Box::new(self.expr(&expr.cond)), body: self.block(&expr.body) }
    }

    pub(super) fn for_expr(&mut self, expr: &syn::ExprForLoop) -> ExprKind {
        let label = label_of(expr.label.as_ref().map(|l| &l.name));
        let pattern = self.pattern(&expr.pat);
        let source = self.source(&expr.expr, expr.expr.span());
        ExprKind::For { label, pattern, source, body: self.block(&expr.body) }
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
                }
            }
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
                Source::Range { from, to, inclusive, reversed: false, step: None } => {
                    Source::Range { from, to, inclusive, reversed: true, step: None }
                }
                Source::Elements { of, enumerated: false, reversed: false } => {
                    Source::Elements { of, enumerated: false, reversed: true }
                }
                other => {
                    let message = match other {
                        Source::Range { .. } => {
                            "`.rev()` stands once, and before `.step_by(k)`: `(a..b).rev().step_by(k)`"
                        }
                        Source::Elements { .. } => {
                            "`.rev()` stands once, and alone: with an index, write a loop over `(0..n).rev()`"
                        }
                    };
                    self.refuse(call.method.span(), message);
                    other
                }
            },
            ("step_by", 1) => match self.source(&call.receiver, head) {
                Source::Range { from, to, inclusive, reversed, step: None } => {
                    let step = Some(Box::new(self.expr(&call.args[0])));
                    Source::Range { from, to, inclusive, reversed, step }
                }
                other => {
                    self.refuse(
                        call.method.span(),
                        "`.step_by(k)` stands once, and on a range: write a loop over indices, `(a..b).step_by(k)`",
                    );
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
                        Source::Elements { .. } => {
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

    fn nothing(&mut self, span: proc_macro2::Span) -> Source {
        let of = Expr { span, kind: ExprKind::Array(Vec::new()) };
        Source::Elements { of: Box::new(of), enumerated: false, reversed: false }
    }
}
