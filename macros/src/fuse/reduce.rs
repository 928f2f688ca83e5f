//! `sum`, `product`, `mean`, `dot` and what a `fold` combines of array expressions: a hidden function of arrays, whose loops go over all
//! elements.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{BinOp, Expr, Token};

use super::level;
use super::node::{Kind, Node, path};
use super::pass::Pass;
use super::words;
use crate::parse::Role;

/// The most axes that a reduction goes over.
const MAX_RANK: usize = 6;

impl Pass<'_> {
    /// A reduction's call, if the expression is one.
    pub(super) fn reduction(&mut self, expr: &Expr) -> Option<Expr> {
        let Expr::MethodCall(call) = expr else { return None };
        let name = call.method.to_string();
        if name == "fold" {
            return self.folded(call);
        }
        if !words::REDUCTIONS.contains(&name.as_str()) {
            return None;
        }
        let mut node = self.node(&call.receiver)?;
        let mut same = None;
        match (name.as_str(), call.args.first()) {
            ("dot", Some(other)) => {
                let Some(other) = self.node(other) else {
                    self.refuse(
                        call.method.span(),
                        "`dot` takes an array, whose type must be seen here: say it with `let y: Array1<f64> = ..`",
                    );
                    return Some(syn::parse_quote! { ::core::unreachable!() });
                };
                if node.shape.rank != Some(1) || other.shape.rank != Some(1) {
                    self.refuse(
                        call.method.span(),
                        "`dot` fuses for arrays of one axis: write a product of matrices as a `#[jit]` function of its own, and call that",
                    );
                    return Some(syn::parse_quote! { ::core::unreachable!() });
                }
                if node.is_leaf() && other.is_leaf() {
                    same = Some((node.operands[0].given.clone(), other.operands[0].given.clone()));
                }
                node = node.with(BinOp::Mul(<Token![*]>::default()), other);
            }
            ("dot", None) | (_, Some(_)) => return None,
            _ => {}
        }
        Some(self.reduced_to(&name, &node, same).unwrap_or_else(|| syn::parse_quote! { ::core::unreachable!() }))
    }

    pub(super) fn reduced_to(
        &mut self,
        how: &str,
        node: &Node,
        same: Option<(TokenStream, TokenStream)>,
    ) -> Option<Expr> {
        self.kernels += 1;
        let krate = &self.options.krate.clone();
        let Some(rank) = node.shape.rank.filter(|rank| (1..=MAX_RANK).contains(rank)) else {
            self.refuse(
                node.span,
                format!("a reduction goes over 1 to {MAX_RANK} axes, and how many these are cannot be seen here: keep the array with `let x: ArrayView2<f64> = ..`"),
            );
            return None;
        };
        let Some(element) = node.shape.element.clone() else {
            self.refuse(node.span, "the type of the elements cannot be seen here: say it where the array is declared");
            return None;
        };
        self.explained(node, &format!("`{how}`"));
        let flat = self.loops(how, node, 1, &element)?;
        let (level, text) = (level(), self.function.to_string());
        let (mut views, mut layouts, mut walked, mut others) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for operand in &node.operands {
            let (given, of) = (&operand.given, operand.name.to_string());
            match &operand.kind {
                Kind::Array(shape) => {
                    let view = format_ident!("view_{}", views.len(), span = proc_macro2::Span::mixed_site());
                    let rank = shape.rank.unwrap_or(rank);
                    views.push(quote! { let #view = #krate::array::AsView::<#rank>::as_view(#given); });
                    layouts.push(quote! { (#of, #view.layout()) });
                    walked.push(view);
                }
                Kind::Scalar(_) => others.push(given.clone()),
                Kind::Table(_) => others.push(quote! { #krate::array::AsView::<1>::as_view(#given) }),
            }
        }
        let name = &self.function;
        let all = quote! { #name };
        let deep = if rank > 1 {
            let nest = self.loops(how, node, rank, &element)?;
            quote! { { #nest #krate::array::call_at::<#all>(#level, (#(walk.of(#walked),)* #(#others,)*)) } }
        } else {
            TokenStream::new()
        };
        let body = if rank > 1 {
            quote! {
                match walk.flat() {
                    ::core::option::Option::Some(walk) => {
                        #flat
                        #krate::array::call_at::<#all>(#level, (#(walk.of(#walked),)* #(#others,)*))
                    }
                    ::core::option::Option::None => #deep
                }
            }
        } else {
            quote! {
                {
                    #flat
                    #krate::array::call_at::<#all>(#level, (#(walk.of(#walked),)* #(#others,)*))
                }
            }
        };
        let total = if how == "mean" {
            quote! {
                if walk.is_empty() {
                    ::core::option::Option::None
                } else {
                    let count = walk.len();
                    ::core::option::Option::Some(#body / count as #element)
                }
            }
        } else {
            body
        };
        let lengths = same.map(|(x, y)| quote! { #krate::array::same_length(#text, #x.len(), #y.len()); });
        Some(syn::parse_quote! {
            {
                #lengths
                #(#views)*
                let walk = #krate::array::Walk::<#rank>::over(#text, &[#(#layouts),*]);
                #total
            }
        })
    }

    /// The function that goes over the elements of arrays with so many axes.
    fn loops(&mut self, how: &str, node: &Node, rank: usize, element: &Ident) -> Option<TokenStream> {
        let krate = &self.options.krate.clone();
        let view = format_ident!("ArrayView{rank}");
        let mut inner = node.clone();
        let mut reads = Vec::new();
        let indices: Vec<_> = (0..rank).map(|axis| self.fresh(&format!("i{axis}"))).collect();
        let mut first = None;
        for operand in &mut inner.operands {
            if let Kind::Array(_) = operand.kind {
                let name = operand.name.clone();
                let array = self.fresh(&name.to_string());
                let place = if rank == 1 {
                    let i = &indices[0];
                    quote! { #i }
                } else {
                    quote! { [#(#indices),*] }
                };
                reads.push(quote! { let #name = #array[#place]; });
                first.get_or_insert_with(|| path(&array));
                operand.name = array;
            }
        }
        let first = first?;
        let (params, _) =
            self.parameters(&inner, |element, _| quote! { #krate::array::#view<#element> }, &TokenStream::new())?;
        let (name, code, total) = (&self.function.clone(), Self::code(node), self.fresh("total"));
        let float = ["f32", "f64"].iter().any(|float| element == float);
        let value = self.fresh("value");
        let number = |number: u8| match float {
            true => proc_macro2::Literal::f64_unsuffixed(f64::from(number)).into_token_stream(),
            false => proc_macro2::Literal::u8_unsuffixed(number).into_token_stream(),
        };
        let (start, step) = match how {
            "product" => (number(1), quote! { #total *= { #code }; }),
            // The extreme of NaN and a number is the number.
            "max" | "min" if float => (quote! { #element::NAN }, extreme(how, &total, &value, &code)),
            "max" => (quote! { #element::MIN }, extreme(how, &total, &value, &code)),
            "min" => (quote! { #element::MAX }, extreme(how, &total, &value, &code)),
            _ => (number(0), quote! { #total += { #code }; }),
        };
        let mut body = quote! { #(#reads)* #step };
        for (axis, i) in indices.iter().enumerate().rev() {
            let range = quote! { 0..#first.shape()[#axis] };
            let range = if axis == 0 && self.options.parallel {
                quote! { #krate::prange(#range) }
            } else {
                range
            };
            body = quote! { for #i in #range { #body } };
        }
        let item = quote! {
            fn #name(#(#params),*) -> #element {
                let mut #total: #element = #start;
                #body
                #total
            }
        };
        let arguments = self.arguments();
        Some(crate::expand::expand(Role::Device, quote! { reassoc, #arguments }, item.into_token_stream()))
    }
}

/// A step to the minimum or maximum.
fn extreme(how: &str, total: &Ident, value: &Ident, code: &TokenStream) -> TokenStream {
    let how = format_ident!("{how}");
    quote! { let #value = { #code }; #total = #total.#how(#value); }
}
