//! What callers see of a function of cores: its parameters, by what they are for.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ItemFn;

use super::GufuncVersion;
use crate::ast::{Param, Type};
use crate::gufunc::Signature;
use crate::parse::{CoreRole, element_of};

/// The parts that several items have, as tokens.
pub(super) struct Face {
    /// The inputs with the types of their elements.
    pub(super) inputs: Vec<(Ident, TokenStream)>,
    pub(super) input_ranks: Vec<TokenStream>,
    /// The types of the outputs' elements.
    pub(super) outputs: Vec<TokenStream>,
    pub(super) output_ranks: Vec<TokenStream>,
    pub(super) kept_ranks: Vec<TokenStream>,
    /// Parameters of the call, in order.
    pub(super) order: Vec<Given>,
}

/// A parameter of the call.
pub(super) enum Given {
    Operand(usize),
    Uniform(Uniform),
}

/// A parameter that is the same for all items.
pub(super) struct Uniform {
    pub(super) name: Ident,
    /// As it is written, borrowed for the call.
    pub(super) ty: TokenStream,
    /// Of an array: its elements, and how many axes it has.
    pub(super) array: Option<(TokenStream, usize)>,
}

impl Face {
    /// That of a version, with the types that an item has, which is that version's or has type parameters instead.
    pub(super) fn of(
        krate: &TokenStream,
        signature: &Signature,
        version: &GufuncVersion,
        item: &ItemFn,
        u: &syn::Lifetime,
    ) -> Self {
        let mut face = Self {
            inputs: Vec::new(),
            input_ranks: Vec::new(),
            outputs: Vec::new(),
            output_ranks: Vec::new(),
            kept_ranks: Vec::new(),
            order: Vec::new(),
        };
        // Where axes may be missing, none of the results has a number of axes that types know.
        let rank = |rank: usize| {
            if rank > 0 && signature.is_flexible() {
                quote! { #krate::gufunc::Flexible<#rank> }
            } else {
                quote! { #krate::gufunc::Rank<#rank> }
            }
        };
        for ((param, role), input) in version.function.params.iter().zip(&version.roles).zip(&item.sig.inputs) {
            let syn::FnArg::Typed(typed) = input else { continue };
            let element = element_of(&typed.ty).0;
            let element = quote! { #element };
            match role {
                CoreRole::Input => {
                    face.order.push(Given::Operand(face.inputs.len()));
                    face.input_ranks.push(rank(axes(param)));
                    face.inputs.push((param.name.clone(), element));
                }
                CoreRole::Output => {
                    face.output_ranks.push(rank(axes(param)));
                    face.outputs.push(element);
                }
                CoreRole::Uniform => {
                    let mut ty = (*typed.ty).clone();
                    if let syn::Type::Reference(reference) = &mut ty {
                        reference.lifetime = Some(u.clone());
                    }
                    let array = match &param.ty {
                        Type::View(view) => Some((element, view.rank)),
                        _ => None,
                    };
                    face.order.push(Given::Uniform(Uniform { name: param.name.clone(), ty: quote! { #ty }, array }));
                }
            }
        }
        let first = face.input_ranks.first().cloned().into_iter();
        face.kept_ranks = first.cycle().take(face.outputs.len()).collect();
        face
    }

    pub(super) fn types(&self) -> Vec<&TokenStream> {
        self.inputs.iter().map(|(_, ty)| ty).collect()
    }

    /// The types of the uniform parameters as the code takes them.
    pub(super) fn uniforms(&self, krate: &TokenStream, u: &syn::Lifetime) -> Vec<TokenStream> {
        let uniforms = self.order.iter().filter_map(|given| match given {
            Given::Uniform(uniform) => Some(uniform),
            Given::Operand(_) => None,
        });
        uniforms
            .map(|Uniform { ty, array, .. }| match array {
                Some((element, rank)) => quote! { #krate::array::View<#u, #element, #rank> },
                None => ty.clone(),
            })
            .collect()
    }
}

fn axes(param: &Param) -> usize {
    match &param.ty {
        Type::View(view) => view.rank,
        _ => 0,
    }
}
