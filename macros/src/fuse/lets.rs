//! `let`: what a variable is, and whether its array is computed where it is used.

use proc_macro2::Ident;
use quote::quote;
use syn::visit_mut::VisitMut;
use syn::{Expr, Local, Pat, Stmt};

use super::node::{Kind, Node};
use super::pass::{Computed, Pass};
use super::scope::{Variable, bound};
use super::shape::{Declared, Shape, constructed};
use super::{types, words};

impl Pass<'_> {
    /// A `let`; the statements that take its place if its array is computed where it is used.
    pub(super) fn local(&mut self, local: &mut Local) -> Option<Vec<Stmt>> {
        let number = self.lets;
        self.lets += 1;
        let annotated = types::annotated(&local.pat);
        let simple = match &local.pat {
            Pat::Type(typed) => simple(&typed.pat),
            pat => simple(pat),
        };
        let expected = match &annotated {
            Some(Declared::Array { shape, .. }) => shape.element.clone(),
            _ => None,
        };
        let mut found = None;
        let mut instead = None;
        if let Some(init) = &mut local.init {
            match (self.node(&init.expr).filter(|_| !matches!(&*init.expr, Expr::Reference(_))), &simple) {
                (Some(node), _) if node.is_leaf() => {
                    self.visit_expr_mut(&mut init.expr);
                    let mutable = matches!(simple, Some((_, true)));
                    found = Some(Variable::Array { shape: node.shape, mutable });
                }
                (Some(mut node), Some((name, false))) if !self.kept.contains(&number) => {
                    if expected.is_some() {
                        node.shape.element = expected.clone();
                        node.guessed = false;
                    }
                    instead = Some(self.scalars_first(&mut node));
                    found = Some(Variable::Computed(self.computed.len(), node.shape.element.clone()));
                    let (name, loops) = (name.clone(), self.loops);
                    self.written(&name);
                    self.computed.push(Computed { number, name, node, loops, used: None, stale: false });
                    self.kernels += 1;
                }
                (Some(node), _) => {
                    let shape =
                        Shape { element: expected.clone().or(node.shape.element.clone()), rank: node.shape.rank };
                    *init.expr = self.evaluated(node, expected.as_ref());
                    found = Some(Variable::Array { shape, mutable: matches!(simple, Some((_, true))) });
                }
                (None, _) => {
                    found = Some(self.variable(&init.expr));
                    self.value(&mut init.expr, expected.as_ref());
                }
            }
            if let Some((_, diverge)) = &mut init.diverge {
                self.visit_expr_mut(diverge);
            }
        }
        if instead.is_none() {
            for name in bound(&local.pat) {
                self.written(&name);
            }
        }
        match (simple, annotated, found) {
            (Some((name, _)), _, Some(computed @ Variable::Computed(..))) => self.scope.declare(&name, computed),
            (Some((name, mutable)), Some(Declared::Array { shape, mutable: by }), _) => {
                self.scope.declare(&name, Variable::Array { shape, mutable: mutable || by });
            }
            (Some((name, _)), Some(Declared::Table(element)), _) => self.scope.declare(&name, Variable::Table(element)),
            (Some((name, _)), Some(Declared::Scalar(ty)), _) => self.scope.declare(&name, Variable::Scalar(Some(ty))),
            (Some((name, _)), _, Some(variable)) => self.scope.declare(&name, variable),
            (_, _, found) => {
                let part = match found {
                    Some(Variable::Unknown | Variable::Array { .. }) => Variable::Unknown,
                    _ => Variable::Scalar(None),
                };
                for name in bound(&local.pat) {
                    self.scope.declare(&name, part.clone());
                }
            }
        }
        instead
    }

    /// The numbers that an expression is computed with get their values now.
    fn scalars_first(&mut self, node: &mut Node) -> Vec<Stmt> {
        let mut stmts = Vec::new();
        for operand in &mut node.operands {
            let (name, given) = (&operand.name, &operand.given);
            if let Kind::Scalar(ty) = &operand.kind
                && *name != given.to_string()
            {
                let ty = ty.as_ref().map(|ty| quote! { : #ty });
                stmts.push(syn::parse_quote! { let #name #ty = #given; });
                operand.given = quote! { #name };
            }
        }
        stmts
    }

    /// What a variable is that begins as an expression which is no array expression.
    fn variable(&mut self, init: &Expr) -> Variable {
        match init {
            Expr::Closure(_) => Variable::Closure,
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Float(lit), .. }) if lit.suffix().is_empty() => Variable::Float,
            Expr::Unary(e) if matches!((&e.op, self.variable(&e.expr)), (syn::UnOp::Neg(_), Variable::Float)) => {
                Variable::Float
            }
            Expr::Paren(e) => self.variable(&e.expr),
            Expr::Reference(e) => match self.node(&e.expr) {
                Some(node) => Variable::Array { shape: node.shape, mutable: e.mutability.is_some() },
                None => self.variable(&e.expr),
            },
            Expr::MethodCall(_) if let Some(target) = self.target(init) => {
                Variable::Array { shape: target.shape, mutable: true }
            }
            Expr::Call(call) => match constructed(&call.func) {
                Some(shape) => Variable::Array { shape, mutable: true },
                None if call.args.iter().any(|arg| self.node(arg).is_some()) => Variable::Unknown,
                None => Variable::Scalar(types::of(init, &self.scope, &[])),
            },
            Expr::Macro(mac) if mac.mac.path.segments.last().is_some_and(|last| last.ident == "array") => {
                Variable::Unknown
            }
            Expr::Block(_) | Expr::If(_) | Expr::Match(_) => match types::of(init, &self.scope, &[]) {
                Some(ty) => Variable::Scalar(Some(ty)),
                None => Variable::Unknown,
            },
            _ => {
                let ty = types::of(init, &self.scope, &[]).or_else(|| self.reduced(init));
                Variable::Scalar(ty)
            }
        }
    }

    /// The type of a number that is made of a reduction.
    fn reduced(&mut self, expr: &Expr) -> Option<Ident> {
        match expr {
            Expr::MethodCall(call)
                if call.method == "fold" || words::REDUCTIONS.iter().any(|name| call.method == name) =>
            {
                self.node(&call.receiver)?.shape.element
            }
            Expr::MethodCall(call) => self.reduced(&call.receiver),
            Expr::Binary(e) => self.reduced(&e.left).or_else(|| self.reduced(&e.right)),
            Expr::Unary(e) => self.reduced(&e.expr),
            Expr::Paren(e) => self.reduced(&e.expr),
            _ => None,
        }
    }
}

/// The name of a plain pattern, and whether it is mutable.
fn simple(pat: &Pat) -> Option<(Ident, bool)> {
    match pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {
            Some((pat.ident.clone(), pat.mutability.is_some()))
        }
        _ => None,
    }
}
