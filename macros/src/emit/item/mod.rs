//! The items that take the place of the user's function: a generic function to call with operands,
//! a type of the same name that carries the kernel, and the kernel for each signature.

mod api;
mod kernel;
mod public;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Attribute, ItemFn};

pub(super) use self::api::Api;
use super::{reduce, twin};
use crate::ast::Function;
use crate::attr::Identity;
use crate::lane::Lanes;
use crate::parse::Role;

/// The function, whatever its signatures.
pub(crate) struct Item<'a> {
    pub(crate) role: Role,
    pub(crate) krate: &'a TokenStream,
    pub(crate) original: &'a ItemFn,
    pub(crate) generics: &'a [Ident],
    pub(crate) parallel: bool,
    pub(crate) identity: Option<&'a Identity>,
    /// The kernel whose further signatures these are.
    pub(crate) of: Option<&'a syn::Path>,
    pub(crate) signatures: Vec<Signature>,
}

/// One signature of the function.
pub(crate) struct Signature {
    /// What the type parameters stand for.
    pub(crate) types: Vec<Ident>,
    pub(crate) item: ItemFn,
    pub(crate) function: Function,
    /// The lane code; none where the function has problems.
    pub(crate) lanes: Option<Lanes>,
}

impl Signature {
    /// The scalar function. One with problems calls functions as they are: what it calls may be no kernel.
    fn twin(&self) -> ItemFn {
        if self.lanes.is_some() { twin::twin(&self.item) } else { twin::plain(&self.item) }
    }
}

/// Emits everything.
pub(crate) fn item(item: &Item<'_>) -> TokenStream {
    let api = Api::of(item);
    let (vis, name) = (&item.original.vis, &item.original.sig.ident);
    let kernel_doc = format!("The kernel behind [`{name}`](fn@{name}).");
    let public = match item.role {
        Role::Kernel => api.kernel_function(item),
        Role::Device => api.device_function(item),
    };
    let methods = match item.role {
        Role::Kernel => {
            let (methods, reductions) = (api.kernel_methods(item), reduce::methods(&api, item));
            quote! { #methods #reductions }
        }
        Role::Device => api.explain(item),
    };
    let kernels: TokenStream = item.signatures.iter().map(|signature| api.kernel(item, signature)).collect();
    if let Some(base) = item.of {
        let checks = item.signatures.iter().map(|signature| api.fits(base, signature));
        return quote! { #kernels #(#checks)* };
    }
    let shared = api.shared_methods(item);
    let cfgs = cfgs(&item.original.attrs);
    quote! {
        #public

        #(#cfgs)*
        #[doc = #kernel_doc]
        #[allow(non_camel_case_types, dead_code)]
        #vis enum #name {}

        #(#cfgs)*
        #[allow(dead_code, unused, clippy::all, clippy::pedantic)]
        impl #name {
            #methods
            #shared
        }

        #kernels
    }
}

/// `#[cfg(..)]` stands on every part.
fn cfgs(attrs: &[Attribute]) -> Vec<&Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg")).collect()
}

/// Lints that the user allows on the function hold for the twin.
fn lint_attrs(attrs: &[Attribute]) -> Vec<&Attribute> {
    attrs
        .iter()
        .filter(|attr| ["allow", "expect", "warn", "deny", "inline"].iter().any(|name| attr.path().is_ident(name)))
        .collect()
}

fn argument(input: &syn::FnArg) -> Option<Ident> {
    match input {
        syn::FnArg::Typed(typed) => match &*typed.pat {
            syn::Pat::Ident(pat) => Some(pat.ident.clone()),
            _ => None,
        },
        syn::FnArg::Receiver(_) => None,
    }
}

/// `T` of `(T,)`, the tuple itself otherwise.
fn unpacked(types: &[TokenStream]) -> TokenStream {
    match types {
        [ty] => quote! { #ty },
        types => quote! { (#(#types,)*) },
    }
}
