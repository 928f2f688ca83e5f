//! The types of scalar expressions, as far as they can be read from the text.

use proc_macro2::Ident;
use syn::{BinOp, Block, Expr, Lit, Stmt, UnOp};

use super::scope::{Scope, Variable};
use super::shape::{self, Declared, declared};
use crate::parse::SCALARS;

/// The type of a scalar expression. Names in `inner`, of a closure, come before those of the scope.
pub(super) fn of(expr: &Expr, scope: &Scope, inner: &[(Ident, Option<Ident>)]) -> Option<Ident> {
    let at = |name: &str| Some(Ident::new(name, syn::spanned::Spanned::span(expr)));
    match expr {
        Expr::Paren(e) => of(&e.expr, scope, inner),
        Expr::Group(e) => of(&e.expr, scope, inner),
        Expr::Reference(e) => of(&e.expr, scope, inner),
        Expr::Unary(e) => match e.op {
            UnOp::Neg(_) | UnOp::Not(_) | UnOp::Deref(_) => of(&e.expr, scope, inner),
            _ => None,
        },
        Expr::Lit(lit) => match &lit.lit {
            Lit::Bool(_) => at("bool"),
            Lit::Int(lit) => SCALARS.contains(&lit.suffix()).then(|| Ident::new(lit.suffix(), lit.span())),
            Lit::Float(lit) => SCALARS.contains(&lit.suffix()).then(|| Ident::new(lit.suffix(), lit.span())),
            _ => None,
        },
        Expr::Cast(cast) => shape::scalar(&cast.ty),
        Expr::Binary(e) => match e.op {
            BinOp::Eq(_)
            | BinOp::Ne(_)
            | BinOp::Lt(_)
            | BinOp::Le(_)
            | BinOp::Gt(_)
            | BinOp::Ge(_)
            | BinOp::And(_)
            | BinOp::Or(_) => at("bool"),
            BinOp::Shl(_) | BinOp::Shr(_) => of(&e.left, scope, inner),
            _ => of(&e.left, scope, inner).or_else(|| of(&e.right, scope, inner)),
        },
        Expr::Path(path) => {
            if let Some(name) = path.path.get_ident() {
                if let Some((_, ty)) = inner.iter().rev().find(|(known, _)| known == name) {
                    return ty.clone();
                }
                return match scope.get(name)? {
                    Variable::Scalar(ty) => ty.clone(),
                    _ => None,
                };
            }
            // `f64::EPSILON`, `std::f64::consts::PI`
            path.path
                .segments
                .iter()
                .find_map(|s| SCALARS.contains(&s.ident.to_string().as_str()).then(|| s.ident.clone()))
        }
        Expr::Index(e) => element(&e.expr, scope),
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "len" | "nrows" | "ncols" | "ndim" | "len_of" => at("usize"),
            "is_empty" | "is_nan" | "is_infinite" | "is_finite" | "is_normal" | "is_sign_negative"
            | "is_sign_positive" | "is_positive" | "is_negative" | "is_power_of_two" | "is_any_nan" | "is_all_nan" => {
                at("bool")
            }
            "count_ones" | "count_zeros" | "leading_zeros" | "trailing_zeros" | "ilog2" | "ilog10" => at("u32"),
            "to_bits" | "unsigned_abs" | "abs_diff" | "frexp" | "sin_cos" | "ilogb" | "map" | "clone" => None,
            "sum" | "mean" | "product" | "dot" | "fold" => {
                element(&call.receiver, scope).or_else(|| of(&call.receiver, scope, inner))
            }
            _ => of(&call.receiver, scope, inner),
        },
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) if path.path.segments.len() == 2 => {
                let first = &path.path.segments[0].ident;
                SCALARS.contains(&first.to_string().as_str()).then(|| first.clone())
            }
            _ => None,
        },
        Expr::If(e) => block(&e.then_branch, scope, inner)
            .or_else(|| e.else_branch.as_ref().and_then(|(_, other)| of(other, scope, inner))),
        Expr::Match(e) => e.arms.iter().find_map(|arm| of(&arm.body, scope, inner)),
        Expr::Block(e) => block(&e.block, scope, inner),
        _ => None,
    }
}

/// The type of a block's value.
fn block(block: &Block, scope: &Scope, inner: &[(Ident, Option<Ident>)]) -> Option<Ident> {
    let mut inner = inner.to_vec();
    for stmt in &block.stmts {
        if let Stmt::Local(local) = stmt {
            let (pat, ty) = match &local.pat {
                syn::Pat::Type(typed) => (&*typed.pat, shape::scalar(&typed.ty)),
                pat => (pat, local.init.as_ref().and_then(|init| of(&init.expr, scope, &inner))),
            };
            match pat {
                syn::Pat::Ident(name) => inner.push((name.ident.clone(), ty)),
                pat => inner.extend(super::scope::bound(pat).into_iter().map(|name| (name, None))),
            }
        }
    }
    match block.stmts.last() {
        Some(Stmt::Expr(tail, None)) => of(tail, scope, &inner),
        _ => None,
    }
}

/// The type of the elements of what an expression is made of, the first array in it.
fn element(expr: &Expr, scope: &Scope) -> Option<Ident> {
    match expr {
        Expr::Paren(e) => element(&e.expr, scope),
        Expr::Reference(e) => element(&e.expr, scope),
        Expr::Unary(e) => element(&e.expr, scope),
        Expr::Binary(e) => element(&e.left, scope).or_else(|| element(&e.right, scope)),
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "map" | "mapv" => None,
            _ => element(&call.receiver, scope),
        },
        Expr::Path(path) => match scope.get(path.path.get_ident()?)? {
            Variable::Array { shape, .. } => shape.element.clone(),
            Variable::Table(element) | Variable::Computed(_, element) => element.clone(),
            _ => None,
        },
        _ => None,
    }
}

/// What a `let` says of its variable's type.
pub(super) fn annotated(pat: &syn::Pat) -> Option<Declared> {
    match pat {
        syn::Pat::Type(typed) => Some(declared(&typed.ty)),
        _ => None,
    }
}
