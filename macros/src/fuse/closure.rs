//! `mapv(|v| ..)`: a closure's body becomes part of a kernel's.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Pat, ReturnType, UnOp};

use super::node::{Kind, Node, Operand};
use super::pass::Pass;
use super::scope::{Variable, bound};
use super::{shape, types};
use crate::parse::SCALARS;

impl Pass<'_> {
    /// The array that a function makes of an array's elements; the function of `map` takes them by reference.
    pub(super) fn mapped(&mut self, mut node: Node, function: &Expr, by_ref: bool) -> Option<Node> {
        let element = node.code.clone();
        match function {
            Expr::Closure(closure) => {
                let mut inputs = closure.inputs.iter();
                let (Some(input), None) = (inputs.next(), inputs.next()) else {
                    self.refuse(closure.or1_token.span(), "a closure of one element takes one argument");
                    return None;
                };
                let (mut pat, mut declared) = (input, None);
                while let Pat::Type(_) | Pat::Paren(_) | Pat::Reference(_) = pat {
                    pat = match pat {
                        Pat::Type(typed) => {
                            declared = Some(match &*typed.ty {
                                syn::Type::Reference(reference) => reference.elem.clone(),
                                ty => Box::new(ty.clone()),
                            });
                            &typed.pat
                        }
                        Pat::Paren(inner) => &inner.pat,
                        Pat::Reference(reference) => &reference.pat,
                        _ => pat,
                    };
                }
                let name = match pat {
                    Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => Some(name.ident.clone()),
                    Pat::Wild(_) => None,
                    other => {
                        self.refuse(other.span(), "the element that a closure takes is a plain name, as in `|v| ..`");
                        return None;
                    }
                };
                let mut body = (*closure.body).clone();
                if let (true, Some(name)) = (by_ref, &name) {
                    Values(name).visit_expr_mut(&mut body);
                }
                if let Some(token) = returned(&body) {
                    self.refuse(token.span, "`return` in a closure: write the value as its last expression");
                    return None;
                }
                let inner: Vec<(Ident, Option<Ident>)> =
                    name.iter().map(|name| (name.clone(), node.shape.element.clone())).collect();
                let operands = self.captured(&body, name.as_ref(), node.shape.element.as_ref());
                let result = match &closure.output {
                    ReturnType::Type(_, ty) => shape::scalar(ty),
                    ReturnType::Default => types::of(&body, &self.scope, &inner),
                };
                node.guessed = result.is_none();
                node.shape.element = result.or(node.shape.element);
                let ty = declared.map(|ty| quote! { : #ty });
                node.code = match body {
                    Expr::Block(block) if block.label.is_none() => {
                        let stmts = &block.block.stmts;
                        syn::parse_quote! { { let #pat #ty = #element; #(#stmts)* } }
                    }
                    body => syn::parse_quote! { { let #pat #ty = #element; #body } },
                };
                node.join(operands, Vec::new());
            }
            Expr::Path(path) => {
                if let Some(name) = path.path.get_ident()
                    && self.scope.get(name).is_some()
                {
                    self.refuse(
                        name.span(),
                        format!("what `{name}` does cannot be seen here: write the closure in its place, or a `#[jit]` function"),
                    );
                    return None;
                }
                let segments = &path.path.segments;
                let of_type = segments.len() == 2 && SCALARS.contains(&segments[0].ident.to_string().as_str());
                node.guessed = !of_type;
                if of_type {
                    let is = segments[1].ident.to_string().starts_with("is_");
                    let span = segments[0].ident.span();
                    node.shape.element = Some(if is { Ident::new("bool", span) } else { segments[0].ident.clone() });
                }
                node.code = syn::parse_quote! { #path(#element) };
            }
            other => {
                self.refuse(
                    other.span(),
                    "write a closure here, as in `|v| v * v`, or the name of a `#[jit]` function",
                );
                return None;
            }
        }
        Some(node)
    }

    /// What a closure of elements of a type takes from around it.
    fn captured(&mut self, body: &Expr, element: Option<&Ident>, of: Option<&Ident>) -> Vec<Operand> {
        let mut own = Bound(element.into_iter().cloned().collect());
        own.visit_expr(body);
        let mut operands = Vec::new();
        for name in names(body.to_token_stream()) {
            if own.0.contains(&name) || operands.iter().any(|known: &Operand| known.name == name) {
                continue;
            }
            let kind = match self.scope.get(&name) {
                Some(Variable::Scalar(ty)) => Kind::Scalar(ty.clone()),
                Some(Variable::Float) => Kind::Scalar(of.filter(|of| *of == "f32" || *of == "f64").cloned()),
                Some(Variable::Table(element)) => Kind::Table(element.clone()),
                Some(Variable::Array { .. } | Variable::Computed(..)) => {
                    self.refuse(
                        name.span(),
                        format!(
                            "an array in the closure of one element: combine whole arrays by operators, as in `&x * &{name}`; one element \
                             of it is a number, as in `let first = {name}[0];` before"
                        ),
                    );
                    continue;
                }
                Some(Variable::Closure) => {
                    self.refuse(
                        name.span(),
                        format!("`{name}` is a closure: write a `#[jit]` function, and call it by its name"),
                    );
                    continue;
                }
                Some(Variable::Unknown) => Kind::Scalar(None),
                None => continue,
            };
            let given = match kind {
                Kind::Table(_) => quote! { &#name[..] },
                _ => quote! { #name },
            };
            operands.push(Operand { name, given, kind });
        }
        operands
    }
}

/// The names in tokens that can be variables: fields and methods are none.
fn names(tokens: TokenStream) -> Vec<Ident> {
    let mut found = Vec::new();
    let mut after_dot = false;
    for token in tokens {
        let dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.' && !after_dot);
        match token {
            TokenTree::Ident(name) if !after_dot => found.push(name),
            TokenTree::Group(group) => found.extend(names(group.stream())),
            _ => {}
        }
        after_dot = dot;
    }
    found
}

/// The names that a closure's body binds.
struct Bound(Vec<Ident>);

impl<'ast> Visit<'ast> for Bound {
    fn visit_pat(&mut self, pat: &'ast Pat) {
        self.0.extend(bound(pat));
        visit::visit_pat(self, pat);
    }
}

/// Makes `v` of `*v`.
struct Values<'a>(&'a Ident);

impl VisitMut for Values<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Unary(unary) = expr
            && let UnOp::Deref(_) = unary.op
            && let Expr::Path(path) = &*unary.expr
            && path.path.is_ident(self.0)
        {
            *expr = (*unary.expr).clone();
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

/// A `return` of the closure's own.
fn returned(body: &Expr) -> Option<syn::Token![return]> {
    struct Returns(Option<syn::Token![return]>);
    impl<'ast> Visit<'ast> for Returns {
        fn visit_expr_return(&mut self, e: &'ast syn::ExprReturn) {
            self.0 = Some(e.return_token);
        }
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    }
    let mut returns = Returns(None);
    returns.visit_expr(body);
    returns.0
}
