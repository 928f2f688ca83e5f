//! What takes the place of a function of arrays: a function of the same name that picks the machine's level, and a type
//! that carries the code.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ItemFn;

use super::names::{Names, own};
use super::twin;
use crate::ast::{Function, Type, View};
use crate::lane::{Gang, Lanes, Mask};

/// A function of arrays.
pub(crate) struct ArrayFunction<'a> {
    pub(crate) krate: &'a TokenStream,
    pub(crate) item: &'a ItemFn,
    pub(crate) function: &'a Function,
    pub(crate) lanes: &'a Lanes,
}

/// Emits everything.
pub(crate) fn array_function(array: &ArrayFunction<'_>) -> TokenStream {
    let ArrayFunction { krate, item, function, lanes } = array;
    let (name, vis, attrs) = (&item.sig.ident, &item.vis, &item.attrs);
    let cfgs: Vec<_> = attrs.iter().filter(|attr| attr.path().is_ident("cfg")).collect();
    let mut signature = item.sig.clone();
    for input in &mut signature.inputs {
        if let syn::FnArg::Typed(typed) = input
            && let syn::Pat::Ident(pat) = &mut *typed.pat
        {
            pat.mutability = None;
        }
    }
    let names = Names { krate, vars: &lanes.vars, gang: Gang::One };
    let given: Vec<TokenStream> = function.params.iter().map(|param| given(krate, &param.name, &param.ty)).collect();
    let types: Vec<TokenStream> = function.params.iter().map(|param| parameter_type(krate, &param.ty)).collect();
    let params: Vec<Ident> = lanes.params.iter().map(|var| names.var(*var)).collect();
    let (result, output) = (names.var(lanes.result), Names::scalar_type(&function.output));
    let (blank, steps, label) = (names.blank(Span::mixed_site()), names.steps(&lanes.steps), names.function_label());
    let (s, simd, mask) = (own("S"), own("simd"), names.mask(Mask::Entry));
    let twin = twin::twin(item);
    let (twin_inputs, twin_output, twin_block) = (&twin.sig.inputs, &twin.sig.output, &twin.block);
    let twin_attrs = twin.attrs.iter().filter(|attr| !attr.path().is_ident("doc"));
    let (inputs, level) = (&signature.inputs, own("level"));
    let text = name.to_string();
    let explain = twin::explain(krate, &text, &lanes.explanation);
    let short = lanes.short.then(|| quote! { const IS_SHORT: bool = true; });
    let kernel_doc = format!("The code behind [`{name}`](fn@{name}).");
    quote! {
        #(#attrs)*
        #[track_caller]
        #[allow(clippy::too_many_arguments)]
        #vis #signature {
            #krate::array::call::<#name>((#(#given,)*))
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
            #(#twin_attrs)*
            pub fn scalar(#twin_inputs) #twin_output #twin_block

            #explain

            /// The function at a level that the machine has.
            #[doc(hidden)]
            pub fn at(#level: #krate::Level, #inputs) #twin_output {
                #krate::array::call_at::<#name>(#level, (#(#given,)*))
            }
        }

        #(#cfgs)*
        #[allow(unused, unreachable_code, clippy::all, clippy::pedantic)]
        impl #krate::array::ArrayFunction for #name {
            type Parameters<'u> = (#(#types,)*);
            type Output = #output;
            #short

            #[inline(always)]
            fn run<#s: #krate::lanes::Simd>(#simd: #s, parameters: Self::Parameters<'_>) -> Self::Output {
                let #mask = #krate::lanes::Mask::full(#simd);
                let (#(mut #params,)*) = parameters;
                let mut #result: #output = #blank;
                #label: { #steps }
                #result
            }
        }
    }
}

/// How a parameter is handed to the code.
fn given(krate: &TokenStream, name: &Ident, ty: &Type) -> TokenStream {
    match ty {
        Type::View(View { mutable: true, rank, .. }) => {
            quote! { #krate::array::AsViewMut::<#rank>::as_view_mut(#name) }
        }
        Type::View(View { mutable: false, rank, .. }) => quote! { #krate::array::AsView::<#rank>::as_view(#name) },
        _ => quote! { #name },
    }
}

fn parameter_type(krate: &TokenStream, ty: &Type) -> TokenStream {
    match ty {
        Type::View(View { element, rank, mutable: true }) => quote! { #krate::array::ViewMut<'u, #element, #rank> },
        Type::View(View { element, rank, mutable: false }) => quote! { #krate::array::View<'u, #element, #rank> },
        ty => Names::scalar_type(ty),
    }
}
