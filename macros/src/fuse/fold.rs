//! `x.fold(start, |high, &v| high.max(v))`: extremes, sums and products of what a closure makes of each element.

use quote::ToTokens;
use syn::{BinOp, Expr, ExprClosure, ExprMethodCall, Ident, Pat};

use super::node::mentions;
use super::pass::Pass;

/// What to write in place of a closure that combines in another way.
const COMBINED: &str = "a `fold` fuses where its closure gives the sum, product, minimum or maximum of the first argument and something that is \
                        made of the second, as in `x.fold(f64::NEG_INFINITY, |high, &v| high.max(v))`: write any other as a loop in a \
                        `#[jit]` function of its own, and call that";

impl Pass<'_> {
    /// The call of a fold, if it is one of an array.
    pub(super) fn folded(&mut self, call: &ExprMethodCall) -> Option<Expr> {
        let (Some(start), Some(function), 2) = (call.args.first(), call.args.last(), call.args.len()) else {
            return None;
        };
        let node = self.node(&call.receiver)?;
        let unreachable = || syn::parse_quote! { ::core::unreachable!() };
        let Some((how, of_element)) = combination(function) else {
            self.refuse(call.method.span(), COMBINED);
            return Some(unreachable());
        };
        let Some(node) = self.mapped(node, &Expr::Closure(of_element), true) else { return Some(unreachable()) };
        let mut start = start.clone();
        syn::visit_mut::VisitMut::visit_expr_mut(self, &mut start);
        let element = node.shape.element.clone();
        let Some(reduced) = self.reduced_to(how, &node, None) else { return Some(unreachable()) };
        let element = element.expect("what is reduced has a type");
        Some(match how {
            "sum" => syn::parse_quote! { (#start + #reduced) },
            "product" => syn::parse_quote! { (#start * #reduced) },
            _ => {
                let how = Ident::new(how, call.method.span());
                syn::parse_quote! { #element::#how(#start, #reduced) }
            }
        })
    }
}

/// How a fold's closure combines, and the closure of an element that gives what it combines.
fn combination(function: &Expr) -> Option<(&'static str, ExprClosure)> {
    let Expr::Closure(closure) = function else { return None };
    let inputs: Vec<&Pat> = closure.inputs.iter().collect();
    let [total, element] = inputs[..] else { return None };
    let total = match total {
        Pat::Type(typed) => &*typed.pat,
        total => total,
    };
    let Pat::Ident(total) = total else { return None };
    let (how, a, b) = combined(&closure.body)?;
    let other = match (is(a, &total.ident), is(b, &total.ident)) {
        (true, false) => b,
        (false, true) => a,
        _ => return None,
    };
    if mentions(&other.to_token_stream(), &total.ident) {
        return None;
    }
    let mut of_element = closure.clone();
    of_element.inputs = std::iter::once(element.clone()).collect();
    of_element.output = syn::ReturnType::Default;
    of_element.body = Box::new(other.clone());
    Some((how, of_element))
}

/// An operation and its operands.
fn combined(body: &Expr) -> Option<(&'static str, &Expr, &Expr)> {
    match body {
        Expr::Paren(inner) => combined(&inner.expr),
        Expr::Block(block) if block.label.is_none() => match &block.block.stmts[..] {
            [syn::Stmt::Expr(value, None)] => combined(value),
            _ => None,
        },
        Expr::Binary(e) => match e.op {
            BinOp::Add(_) => Some(("sum", &e.left, &e.right)),
            BinOp::Mul(_) => Some(("product", &e.left, &e.right)),
            _ => None,
        },
        Expr::MethodCall(call) if call.args.len() == 1 => {
            Some((extreme(&call.method)?, &call.receiver, call.args.first()?))
        }
        Expr::Call(call) if call.args.len() == 2 => {
            let Expr::Path(function) = &*call.func else { return None };
            let how = extreme(&function.path.segments.last()?.ident)?;
            Some((how, call.args.first()?, call.args.last()?))
        }
        _ => None,
    }
}

fn extreme(name: &Ident) -> Option<&'static str> {
    ["max", "min"].into_iter().find(|known| name == known)
}

fn is(expr: &Expr, name: &Ident) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident(name))
}
