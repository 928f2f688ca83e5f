//! The scalar twin: the function as written, but for calls of other kernels, which go to their twins.

use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, FnArg, ItemFn, Token};

use crate::explain::Line;
use crate::parse::SCALARS;

/// The function without the attributes that only the macro understands.
pub(crate) fn plain(item: &ItemFn) -> ItemFn {
    let mut item = item.clone();
    for input in &mut item.sig.inputs {
        if let FnArg::Typed(typed) = input {
            typed.attrs.clear();
        }
    }
    Marks.visit_block_mut(&mut item.block);
    item
}

/// Takes away the marks of loops that only the macro understands.
struct Marks;

impl VisitMut for Marks {
    fn visit_expr_for_loop_mut(&mut self, e: &mut syn::ExprForLoop) {
        without_scalar(&mut e.attrs);
        visit_mut::visit_expr_for_loop_mut(self, e);
    }

    fn visit_expr_while_mut(&mut self, e: &mut syn::ExprWhile) {
        without_scalar(&mut e.attrs);
        visit_mut::visit_expr_while_mut(self, e);
    }

    fn visit_expr_loop_mut(&mut self, e: &mut syn::ExprLoop) {
        without_scalar(&mut e.attrs);
        visit_mut::visit_expr_loop_mut(self, e);
    }
}

/// `explain`: what became of a function.
pub(crate) fn explain(krate: &proc_macro2::TokenStream, name: &str, lines: &[Line]) -> proc_macro2::TokenStream {
    let lines = lines.iter().map(|Line { line, depth, text, scalar }| {
        quote! { #krate::Line { line: #line, depth: #depth, text: #text, scalar: #scalar } }
    });
    quote! {
        /// What became of the function's loops and branches in lanes.
        pub const fn explain() -> #krate::Explanation {
            #krate::Explanation::new(#name, &[#(#lines),*])
        }
    }
}

/// Leaves the signature: what is wrong with the body has been said.
pub(crate) fn remove_body(item: &mut ItemFn) {
    item.attrs.push(syn::parse_quote! { #[allow(unused)] });
    item.block = syn::parse_quote! { { ::core::unreachable!() } };
}

/// The twin: as [`plain`], its calls rewritten. Some of the math functions that `MathExt` has for it are unstable in
/// the standard library, which rustc reports.
pub(crate) fn twin(item: &ItemFn) -> ItemFn {
    let mut item = plain(item);
    item.attrs.push(syn::parse_quote! { #[allow(unstable_name_collisions)] });
    Calls.visit_block_mut(&mut item.block);
    item
}

/// The attributes that belong to the function itself and not to each part that is made of it.
pub(crate) fn without_docs(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| !attr.path().is_ident("doc")).cloned().collect()
}

/// Takes the mark of loops that are not lanes away.
fn without_scalar(attrs: &mut Vec<Attribute>) {
    attrs.retain(|attr| !attr.path().is_ident("scalar"));
}

struct Calls;

impl VisitMut for Calls {
    fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
        visit_mut::visit_expr_call_mut(self, call);
        if let syn::Expr::Path(path) = &mut *call.func {
            let segments = &path.path.segments;
            let method = segments.len() == 2 && SCALARS.contains(&segments[0].ident.to_string().as_str());
            // `Axis(0)` makes a value, and `prange` is for the twin what it is.
            let plain = segments
                .last()
                .is_some_and(|last| last.ident == "prange" || last.ident.to_string().starts_with(char::is_uppercase));
            if !method && !plain {
                let (kernel, scalar) = (path.clone(), syn::Ident::new("scalar", path.span()));
                // As a type: a function that is no kernel is then "not a type", and not "no module".
                *path = syn::parse_quote_spanned! { path.span() => <#kernel>::#scalar };
            }
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if let Ok(mut args) = mac.parse_body_with(Punctuated::<syn::Expr, Token![,]>::parse_terminated) {
            for arg in &mut args {
                self.visit_expr_mut(arg);
            }
            mac.tokens = args.to_token_stream();
        }
    }

    // A nested function is refused elsewhere; its calls are its own.
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
