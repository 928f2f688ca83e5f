//! Patterns become tests and bindings.

use proc_macro2::Span;

use super::Desugar;
use crate::ast::{self, BinaryOp, LogicOp, Pattern, UnaryOp};
use crate::core::{Expr, ExprKind, Stmt, VarId};

impl Desugar<'_> {
    /// `let pattern: ty = value`.
    pub(super) fn let_pattern(
        &mut self,
        pattern: &Pattern,
        ty: Option<&ast::Type>,
        value: Option<&ast::Expr>,
        out: &mut Vec<Stmt>,
    ) {
        let Some(value) = value else {
            match pattern {
                Pattern::Bind { name, mutable: _, inner: None } => {
                    let var = self.declare(name, true, ty.cloned());
                    out.push(Stmt::Let { var, value: None });
                    self.bind(name, var);
                }
                _ => unreachable!("the parser leaves a single name"),
            }
            return;
        };
        if let (Pattern::Bind { name, inner: None, .. }, ast::ExprKind::Method { receiver, name: method, args }) =
            (pattern, &value.kind)
            && self.part_named(receiver).is_some()
            && let Some(part) = self.part_at(receiver, method, args, out)
        {
            let var = self.declare(name, false, None);
            self.bind(name, var);
            self.parts.insert(var, part);
            return;
        }
        match (pattern, ty, &value.kind) {
            (Pattern::Bind { name, mutable, inner: None }, _, _) => {
                let var = self.declare(name, *mutable, ty.cloned());
                if matches!(&value.kind, ast::ExprKind::Tuple(parts) if parts.is_empty()) {
                    // What the parser leaves of a value that it refuses.
                    self.refused.push(var);
                }
                self.define(var, value, out);
                self.bind(name, var);
            }
            // Part by part, so that each part keeps its own variability: `let (mut a, mut b) = (x, 0.0)`.
            (Pattern::Tuple(patterns), None, ast::ExprKind::Tuple(values)) if patterns.len() == values.len() => {
                let values: Vec<&ast::Expr> = values.iter().collect();
                let mut values = self.operands(&values, out);
                for value in &mut values {
                    self.spill(value, out);
                }
                for (pattern, value) in patterns.iter().zip(values) {
                    self.bind_value(pattern, value, out);
                }
            }
            _ => {
                let var = self.declare(&proc_macro2::Ident::new("t", value.span), false, ty.cloned());
                self.define(var, value, out);
                self.bind_value(pattern, Expr::var(var, value.span), out);
            }
        }
    }

    /// `let var = value`, through an assignment where the value is made by control flow.
    pub(super) fn define(&mut self, var: VarId, value: &ast::Expr, out: &mut Vec<Stmt>) {
        let mut before = Vec::new();
        match &value.kind {
            ast::ExprKind::If { .. }
            | ast::ExprKind::Match { .. }
            | ast::ExprKind::Loop { .. }
            | ast::ExprKind::Block { .. } => {
                let at = out.len();
                out.push(Stmt::Let { var, value: None });
                self.expr_into(value, Some(var), out);
                // One plain assignment right after: a definition.
                if matches!(out[at + 1..], [Stmt::Assign { .. }])
                    && let Some(Stmt::Assign { value, .. }) = out.pop()
                {
                    out[at] = Stmt::Let { var, value: Some(value) };
                }
            }
            _ => {
                let value = self.expr(value, &mut before);
                out.append(&mut before);
                out.push(Stmt::Let { var, value: Some(value) });
            }
        }
    }

    /// Binds the names of an irrefutable pattern to the parts of a value.
    pub(super) fn bind_value(&mut self, pattern: &Pattern, value: Expr, out: &mut Vec<Stmt>) {
        let span = value.span;
        match pattern {
            Pattern::Wild => out.push(Stmt::Eval(value)),
            Pattern::Bind { name, mutable, inner } => {
                let var = self.declare(name, *mutable, None);
                out.push(Stmt::Let { var, value: Some(value) });
                self.bind(name, var);
                if let Some(inner) = inner {
                    self.bind_value(inner, Expr::var(var, span), out);
                }
            }
            Pattern::Tuple(patterns) => {
                for (i, pattern) in (0..).zip(patterns) {
                    self.bind_value(pattern, Expr::new(span, ExprKind::Field(Box::new(value.clone()), i)), out);
                }
            }
            Pattern::Array(patterns) => {
                for (i, pattern) in patterns.iter().enumerate() {
                    let index = Expr::new(span, ExprKind::Literal(quote::quote! { #i }));
                    self.bind_value(
                        pattern,
                        Expr::new(span, ExprKind::Index(Box::new(value.clone()), Box::new(index))),
                        out,
                    );
                }
            }
            Pattern::Value(_) | Pattern::Range { .. } | Pattern::Or(_) => self.problems.push_in_place_of_rustc(
                first_span(pattern).unwrap_or(span),
                "this pattern may not match: use `match` or a comparison",
            ),
        }
    }

    /// The test of a pattern against a value; `None` where it always matches. Names are bound in
    /// the current scope, to the value's variable itself where they are not `mut`.
    pub(super) fn test(&mut self, pattern: &Pattern, value: &Expr, out: &mut Vec<Stmt>) -> Option<Expr> {
        let span = value.span;
        match pattern {
            Pattern::Wild => None,
            Pattern::Bind { name, inner, .. } => {
                let var = match value.kind {
                    ExprKind::Var(var) => var,
                    _ => {
                        let var = self.declare(name, false, None);
                        out.push(Stmt::Let { var, value: Some(value.clone()) });
                        var
                    }
                };
                self.bind(name, var);
                inner.as_ref().and_then(|inner| self.test(inner, value, out))
            }
            Pattern::Tuple(patterns) => {
                let mut all = None;
                for (i, pattern) in (0..).zip(patterns) {
                    let part = match &value.kind {
                        ExprKind::Tuple(parts) if parts.len() == patterns.len() => parts[i as usize].clone(),
                        _ => Expr::new(span, ExprKind::Field(Box::new(value.clone()), i)),
                    };
                    let test = self.test(pattern, &part, out);
                    all = both(LogicOp::And, all, test, span);
                }
                all
            }
            Pattern::Array(patterns) => {
                let mut all = None;
                for (i, pattern) in patterns.iter().enumerate() {
                    let index = Expr::new(span, ExprKind::Literal(quote::quote! { #i }));
                    let part = Expr::new(span, ExprKind::Index(Box::new(value.clone()), Box::new(index)));
                    let test = self.test(pattern, &part, out);
                    all = both(LogicOp::And, all, test, span);
                }
                all
            }
            Pattern::Or(patterns) => {
                let mut any = None;
                for (i, pattern) in patterns.iter().enumerate() {
                    match self.test(pattern, value, out) {
                        None => return None,
                        test if i == 0 => any = test,
                        test => any = both(LogicOp::Or, any, test, span),
                    }
                }
                any
            }
            Pattern::Value(expected) => {
                if let ast::ExprKind::Literal(tokens) = &expected.kind {
                    match tokens.to_string().as_str() {
                        "true" => return Some(value.clone()),
                        "false" => {
                            return Some(Expr::new(span, ExprKind::Unary(UnaryOp::Not, Box::new(value.clone()))));
                        }
                        _ => {}
                    }
                }
                Some(self.compare(BinaryOp::Eq, value, expected, out))
            }
            Pattern::Range { from, to, inclusive } => {
                let from = from.as_ref().map(|from| self.compare(BinaryOp::Ge, value, from, out));
                let end = if *inclusive { BinaryOp::Le } else { BinaryOp::Lt };
                let to = to.as_ref().map(|to| self.compare(end, value, to, out));
                both(LogicOp::And, from, to, span)
            }
        }
    }

    fn compare(&mut self, op: BinaryOp, value: &Expr, with: &ast::Expr, out: &mut Vec<Stmt>) -> Expr {
        let with = self.expr(with, out);
        Expr::new(with.span, ExprKind::Binary(op, Box::new(value.clone()), Box::new(with)))
    }
}

/// Joins two tests, of which either may be missing.
pub(super) fn both(op: LogicOp, a: Option<Expr>, b: Option<Expr>, span: Span) -> Option<Expr> {
    match (a, b) {
        (Some(a), Some(b)) => Some(Expr::new(span, ExprKind::Logic(op, Box::new(a), Box::new(b)))),
        (a, b) => a.or(b),
    }
}

/// Where a pattern that may not match begins.
fn first_span(pattern: &Pattern) -> Option<Span> {
    match pattern {
        Pattern::Value(value) => Some(value.span),
        Pattern::Range { from, to, .. } => from.as_ref().or(to.as_ref()).map(|end| end.span),
        Pattern::Or(patterns) => patterns.iter().find_map(first_span),
        _ => None,
    }
}
