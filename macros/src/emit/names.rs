//! The names of the emitted code. They carry the macro's own hygiene, so that they meet no name of
//! the user's, and the user's places, so that errors point there.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Lifetime;

use crate::ast::Type;
use crate::core::{LoopId, VarId};
use crate::lane::{Gang, LaneVar, Mask};

/// What printing lane code needs to know.
pub(crate) struct Names<'a> {
    /// The path of the runtime crate.
    pub(crate) krate: &'a TokenStream,
    pub(crate) vars: &'a [LaneVar],
    /// What the lanes are of: as many gangs at once as this says.
    pub(crate) gang: Gang,
}

/// A place of the user's with the macro's hygiene.
pub(crate) fn hidden(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

impl Names<'_> {
    /// `krate::lanes::name`.
    pub(crate) fn lanes(&self, name: &str, span: Span) -> TokenStream {
        let krate = self.krate;
        let name = Ident::new(name, span);
        quote_spanned! { span => #krate::lanes::#name }
    }

    /// `krate::array::name`.
    pub(crate) fn array(&self, name: &str, span: Span) -> TokenStream {
        let krate = self.krate;
        let name = Ident::new(name, span);
        quote_spanned! { span => #krate::array::#name }
    }

    pub(crate) fn var(&self, var: VarId) -> Ident {
        let name = &self.vars[var].name;
        let text = name.to_string();
        // No name of the macro's own begins like this.
        format_ident!("v{}_{}", var, text.strip_prefix("r#").unwrap_or(&text), span = hidden(name.span()))
    }

    /// What the lanes that have left a loop hold of a variable.
    pub(crate) fn latch(&self, id: LoopId, var: VarId) -> Ident {
        format_ident!("left_{}_{}", id, self.var(var))
    }

    /// What an index variable was cast from.
    pub(crate) fn narrow(&self, var: VarId) -> Ident {
        format_ident!("narrow_{}", self.var(var))
    }

    /// The type of the token that [`simd`](Self::simd) names.
    pub(crate) fn gang(&self) -> TokenStream {
        gang(self.krate, self.gang)
    }

    /// The same names for lanes of other gangs.
    pub(crate) fn with_gang(&self, gang: Gang) -> Self {
        Names { krate: self.krate, vars: self.vars, gang }
    }

    pub(crate) fn simd(&self) -> Ident {
        own("simd")
    }

    pub(crate) fn mask(&self, mask: Mask) -> Ident {
        match mask {
            Mask::Entry => own("mask"),
            Mask::Function => own("running"),
            Mask::Running(id) => own(&format!("running_{id}")),
            Mask::Turn(id) => own(&format!("turn_{id}")),
            Mask::Gang(id) => own(&format!("gang_{id}")),
            Mask::Local(id) => own(&format!("mask_{id}")),
        }
    }

    pub(crate) fn condition(&self, id: usize) -> Ident {
        own(&format!("condition_{id}"))
    }

    pub(crate) fn label(&self, id: LoopId) -> Lifetime {
        Lifetime::new(&format!("'loop_{id}"), Span::mixed_site())
    }

    /// The end of a loop's turn, where `continue` goes: what the loop does between turns is not skipped.
    pub(crate) fn turn_label(&self, id: LoopId) -> Lifetime {
        Lifetime::new(&format!("'turn_{id}"), Span::mixed_site())
    }

    /// The end of all gangs of a loop.
    pub(crate) fn gangs_label(&self, id: LoopId) -> Lifetime {
        Lifetime::new(&format!("'gangs_{id}"), Span::mixed_site())
    }

    /// The end of a loop whose runs were found.
    pub(crate) fn runs_label(&self, id: LoopId) -> Lifetime {
        Lifetime::new(&format!("'runs_{id}"), Span::mixed_site())
    }

    pub(crate) fn function_label(&self) -> Lifetime {
        Lifetime::new("'function", Span::mixed_site())
    }

    /// A type as it is in the scalar function.
    pub(crate) fn scalar_type(ty: &Type) -> TokenStream {
        match ty {
            Type::Scalar(name) => quote! { #name },
            Type::Tuple(types) => {
                let types = types.iter().map(Self::scalar_type);
                quote! { (#(#types,)*) }
            }
            Type::Array(ty, len) => {
                let ty = Self::scalar_type(ty);
                quote! { [#ty; #len] }
            }
            Type::Slice(ty) => match &**ty {
                // A reference to an array.
                Type::Array(..) => {
                    let ty = Self::scalar_type(ty);
                    quote! { &#ty }
                }
                _ => {
                    let ty = Self::scalar_type(ty);
                    quote! { &[#ty] }
                }
            },
            Type::View(_) => unreachable!("arrays have no values"),
            Type::Inferred(span) => quote_spanned! { *span => _ },
        }
    }

    /// A type's mirror in lanes.
    pub(crate) fn lane_type(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Scalar(name) => {
                let vector = self.lanes("Vector", name.span());
                let gang = self.gang();
                quote! { #vector<#name, #gang> }
            }
            Type::Tuple(types) => {
                let types = types.iter().map(|ty| self.lane_type(ty));
                quote! { (#(#types,)*) }
            }
            Type::Array(ty, len) => {
                let ty = self.lane_type(ty);
                quote! { [#ty; #len] }
            }
            Type::Slice(_) | Type::View(_) | Type::Inferred(_) => quote! { _ },
        }
    }
}

/// A name of the macro's own.
pub(crate) fn own(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// So many gangs of the level `S` as a type.
pub(crate) fn gang(krate: &TokenStream, gang: Gang) -> TokenStream {
    let s = own("S");
    let several = match gang {
        Gang::One => return quote! { #s },
        Gang::Short32 => own("Short32"),
        Gang::Short64 => own("Short64"),
        Gang::Math32 => own("Math32"),
        Gang::Math64 => own("Math64"),
    };
    quote! { <#s as #krate::lanes::Simd>::#several }
}
