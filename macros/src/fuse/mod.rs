//! Fusion: a function that computes with whole arrays becomes one whose array expressions are calls of kernels, one pass each.
//!
//! syn's tree → syn's tree. A maximal array expression becomes a hidden function of one element, which the attribute's own
//! pipeline compiles, and its call with the arrays and numbers that the expression is made of: so broadcasting, layouts,
//! threads and memory are the engine's. `x.asin().exp()` becomes
//!
//! ```text
//! {
//!     fn name(x: f64) -> f64 { x.asin().exp() }      // expanded as by `#[vectorize]`
//!     name::with(x.view()).level(level).eval()
//! }
//! ```
//!
//! All else stays plain Rust.

mod array;
mod closure;
mod fold;
mod kernel;
mod lets;
mod node;
mod pass;
mod reduce;
mod scope;
mod shape;
mod types;
mod visit;
mod words;

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{FnArg, GenericParam, ItemFn, Pat, ReturnType};

use crate::attr::Options;
use crate::diagnostics::Problems;
use crate::emit;
use crate::explain::Line;
use pass::Pass;
use scope::Variable;
use shape::{Declared, declared};

/// The variable of the emitted function that holds the level.
fn level() -> Ident {
    Ident::new("level", proc_macro2::Span::mixed_site())
}

/// Expands a function of arrays if it computes with whole arrays, or returns one; nothing else is looked at.
pub(crate) fn expand(item: &ItemFn, options: &Options, problems: &mut Problems) -> Option<TokenStream> {
    let returned = match &item.sig.output {
        ReturnType::Type(_, ty) => returned(ty),
        ReturnType::Default => Vec::new(),
    };
    let mark = problems.mark();
    qualifiers(item, problems);
    let mut kept = BTreeSet::new();
    // Every round keeps a variable more.
    let (fused, lines) = loop {
        let before = problems.mark();
        let mut fused = item.clone();
        let output = returned.first().filter(|_| returned.len() == 1).cloned().flatten();
        let names = pass::words(item.to_token_stream());
        let mut pass = Pass::new(item.sig.ident.clone(), names, output, &kept, options, problems);
        if pass::words(item.block.to_token_stream()).contains(&pass.function.to_string()) {
            // A variable of the function's name would be hidden by a kernel of that name.
            pass.function = pass.fresh(&item.sig.ident.to_string());
        }
        parameters(item, &mut pass);
        let declared = pass.problems.mark();
        pass.body(&mut fused.block);
        let (failed, kernels, lines) = (pass.failed, pass.kernels, pass.lines);
        if kernels == 0 && returned.is_empty() {
            problems.back_to(mark);
            return None;
        }
        if declared.is_after(mark) {
            // What is wrong in the body follows from the parameters.
            problems.back_to(declared);
            problems.replace_rustc();
            break (fused, lines);
        }
        if failed.is_subset(&kept) {
            break (fused, lines);
        }
        problems.back_to(before);
        kept.extend(failed);
    };
    if problems.any_since(mark) {
        let mut plain = emit::plain(item);
        if problems.in_place_of_rustc() {
            emit::remove_body(&mut plain);
        }
        return Some(plain.into_token_stream());
    }
    Some(emitted(item, &fused, &lines, options))
}

/// The element types of the arrays that a function returns.
fn returned(ty: &syn::Type) -> Vec<Option<Ident>> {
    match (ty, declared(ty)) {
        (_, Declared::Array { shape, .. }) => vec![shape.element],
        (syn::Type::Tuple(tuple), _) => tuple.elems.iter().flat_map(returned).collect(),
        _ => Vec::new(),
    }
}

fn qualifiers(item: &ItemFn, problems: &mut Problems) {
    let sig = &item.sig;
    if let Some(token) = &sig.asyncness {
        problems.push(token.span, "a function of arrays runs to its end: remove `async`");
    }
    if let Some(token) = &sig.constness {
        problems.push(
            token.span,
            "a function of arrays picks its machine code at run time and cannot be `const`; remove it",
        );
    }
    if let Some(token) = &sig.unsafety {
        problems.push(token.span, "a function of arrays is safe to call; remove `unsafe`");
    }
    if let Some(abi) = &sig.abi {
        problems.push(abi.span(), "a function of arrays has no C interface; remove `extern`");
    }
    for param in &sig.generics.params {
        if !matches!(param, GenericParam::Lifetime(_)) {
            problems.push(
                param.span(),
                "a function of arrays has no type or `const` parameters: write its types out, one function for each",
            );
        }
    }
}

/// Declares the parameters.
fn parameters(item: &ItemFn, pass: &mut Pass<'_>) {
    for input in &item.sig.inputs {
        let typed = match input {
            FnArg::Typed(typed) => typed,
            FnArg::Receiver(receiver) => {
                pass.refuse(
                    receiver.self_token.span,
                    "a method cannot be compiled for lanes: write a free function, and pass the arrays that it needs",
                );
                continue;
            }
        };
        let Pat::Ident(pat) = &*typed.pat else {
            pass.refuse(typed.pat.span(), "a parameter is a plain name: take it apart with `let`");
            continue;
        };
        if let Some(attr) = typed.attrs.first() {
            pass.refuse(
                attr.path().span(),
                "a parameter of a function of arrays has no attribute: all are the same for all lanes",
            );
        }
        let by = pat.mutability.is_some();
        let variable = match declared(&typed.ty) {
            Declared::Array { shape, mutable } => {
                if shape.element.is_none() {
                    pass.refuse(
                        typed.ty.span(),
                        "the elements of an array are numbers or bools, by these names, and its type says which: write `ArrayView2<f64>`",
                    );
                }
                Variable::Array { shape, mutable: mutable || by }
            }
            Declared::Table(element) => Variable::Table(element),
            Declared::Scalar(ty) => Variable::Scalar(Some(ty)),
            Declared::Other => Variable::Unknown,
        };
        pass.scope.declare(&pat.ident, variable);
    }
}

/// The function that takes the place of the user's, and a type of the same name that carries the twin.
fn emitted(item: &ItemFn, fused: &ItemFn, lines: &[Line], options: &Options) -> TokenStream {
    let krate = &options.krate;
    let (name, vis, attrs) = (&item.sig.ident, &item.vis, &item.attrs);
    let cfgs: Vec<_> = attrs.iter().filter(|attr| attr.path().is_ident("cfg")).collect();
    let lints: Vec<_> =
        attrs.iter().filter(|attr| !attr.path().is_ident("doc") && !attr.path().is_ident("cfg")).collect();
    let mut signature = item.sig.clone();
    let mut given = Vec::new();
    for input in &mut signature.inputs {
        if let FnArg::Typed(typed) = input
            && let Pat::Ident(pat) = &mut *typed.pat
        {
            pat.mutability = None;
            given.push(pat.ident.clone());
        }
    }
    let twin = emit::plain(item);
    let (twin_inputs, twin_output, twin_block) = (&twin.sig.inputs, &twin.sig.output, &twin.block);
    let (generics, block, level) = (&item.sig.generics, &fused.block, level());
    let (text, kernel_doc) = (name.to_string(), format!("The code behind [`{name}`](fn@{name})."));
    let explain = emit::explain(krate, &text, lines);
    quote! {
        #(#attrs)*
        #[track_caller]
        #[allow(clippy::too_many_arguments)]
        #vis #signature {
            <#name>::at(#krate::Level::current(), #(#given),*)
        }

        #(#cfgs)*
        #[doc = #kernel_doc]
        #[allow(non_camel_case_types, dead_code)]
        #vis enum #name {}

        #(#cfgs)*
        #[allow(dead_code, clippy::all, clippy::pedantic)]
        impl #name {
            /// The function's name.
            pub const NAME: &'static str = #text;

            /// The function exactly as written: plain Rust.
            #(#lints)*
            pub fn scalar #generics (#twin_inputs) #twin_output #twin_block

            #explain

            /// The function at a level that the machine has.
            #[doc(hidden)]
            #[track_caller]
            #[allow(unused, clippy::all, clippy::pedantic)]
            pub fn at #generics (#level: #krate::Level, #twin_inputs) #twin_output #block
        }
    }
}
