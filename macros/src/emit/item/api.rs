//! The parts of the public face, as tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Item;
use crate::emit::names::own;

/// The parts of the public face, as tokens: the same for all signatures, with the type parameters
/// where there are several.
pub(in crate::emit) struct Api {
    pub(in crate::emit) name: Ident,
    /// `T`, `U`: empty for a function without.
    pub(in crate::emit) generics: Vec<Ident>,
    /// `()` or `(T, U,)`: tells the kernel's signatures apart.
    pub(in crate::emit) selector: TokenStream,
    /// The varying parameters with their types.
    pub(in crate::emit) inputs: Vec<(Ident, TokenStream)>,
    /// The results' types.
    pub(in crate::emit) outputs: Vec<TokenStream>,
    /// The uniform parameters with their types; borrowed for `'u`.
    pub(in crate::emit) uniforms: Vec<(Ident, TokenStream)>,
    /// All parameters in order: whether varying, and the number among its kind.
    pub(super) order: Vec<(bool, usize)>,
    /// Bounds on the type parameters: the kernel has such a signature.
    pub(in crate::emit) bounds: Vec<TokenStream>,
}

impl Api {
    pub(super) fn of(item: &Item<'_>) -> Self {
        let krate = item.krate;
        let name = item.original.sig.ident.clone();
        let generics = item.generics.to_vec();
        let selector = if generics.is_empty() {
            quote! { () }
        } else {
            quote! { (#(#generics,)*) }
        };
        let mut api = Self {
            name,
            generics,
            selector,
            inputs: Vec::new(),
            outputs: Vec::new(),
            uniforms: Vec::new(),
            order: Vec::new(),
            bounds: Vec::new(),
        };
        // The uniform types again, for the bound that holds for every borrow.
        let mut for_any = Vec::new();
        for input in &item.original.sig.inputs {
            let syn::FnArg::Typed(typed) = input else { continue };
            let syn::Pat::Ident(pat) = &*typed.pat else { continue };
            let (name, ty) = (pat.ident.clone(), &typed.ty);
            if typed.attrs.iter().any(|attr| attr.path().is_ident("uniform")) {
                api.order.push((false, api.uniforms.len()));
                api.uniforms.push((name, borrowed(ty, &lifetime())));
                for_any.push(borrowed(ty, &any()));
            } else {
                api.order.push((true, api.inputs.len()));
                api.inputs.push((name, quote! { #ty }));
            }
        }
        if let syn::ReturnType::Type(_, ty) = &item.original.sig.output {
            match &**ty {
                syn::Type::Tuple(tuple) => api.outputs.extend(tuple.elems.iter().map(|ty| quote! { #ty })),
                ty => api.outputs.push(quote! { #ty }),
            }
        }
        if !api.generics.is_empty() {
            let (name, selector) = (&api.name, &api.selector);
            let (inputs, outputs) = (api.input_types(), &api.outputs);
            let any = any();
            let mut bounds: Vec<_> = api.generics.iter().map(|t| quote! { #t: #krate::lanes::Element }).collect();
            bounds.push(quote! {
                #name: for<#any> #krate::kernel::Kernel<
                    #selector, Inputs = (#(#inputs,)*), Outputs = (#(#outputs,)*), Uniforms<#any> = (#(#for_any,)*)
                >
            });
            api.bounds = bounds;
        }
        api
    }

    pub(super) fn input_types(&self) -> Vec<&TokenStream> {
        self.inputs.iter().map(|(_, ty)| ty).collect()
    }

    /// The parameters in the order of the function, varying ones through `varying`.
    pub(super) fn params(&self, varying: impl Fn(usize) -> TokenStream) -> Vec<TokenStream> {
        self.order
            .iter()
            .map(|(is_input, i)| {
                if *is_input {
                    let (name, ty) = (&self.inputs[*i].0, varying(*i));
                    quote! { #name: #ty }
                } else {
                    let (name, ty) = &self.uniforms[*i];
                    quote! { #name: #ty }
                }
            })
            .collect()
    }

    /// The operands' type parameters.
    pub(super) fn operands(&self) -> Vec<Ident> {
        (0..self.inputs.len()).map(|i| own(&format!("A{i}"))).collect()
    }

    pub(super) fn operand_bounds(&self, krate: &TokenStream) -> Vec<TokenStream> {
        let (operands, types) = (self.operands(), self.input_types());
        let mut bounds: Vec<_> =
            operands.iter().zip(&types).map(|(a, ty)| quote! { #a: #krate::Operand<#ty> }).collect();
        bounds.push(quote! { (#(#operands,)*): #krate::Operands<(#(#types,)*)> });
        // The bounds on the kernel come first: they say what the operands' types are.
        self.bounds.iter().cloned().chain(bounds).collect()
    }

    /// `Call::new((a, b), (table,))`
    pub(super) fn call(&self, item: &Item<'_>) -> TokenStream {
        let (krate, name, selector) = (item.krate, &self.name, &self.selector);
        let inputs = self.inputs.iter().map(|(name, _)| name);
        let uniforms = self.uniforms.iter().map(|(name, _)| name);
        let parallel = item.parallel.then(|| quote! { .parallel(true) });
        quote! { #krate::Call::<#name, #selector, _>::new((#(#inputs,)*), (#(#uniforms,)*)) #parallel }
    }
}

/// A uniform parameter's type, borrowed for a named lifetime.
pub(super) fn borrowed(ty: &syn::Type, lifetime: &syn::Lifetime) -> TokenStream {
    let mut ty = ty.clone();
    if let syn::Type::Reference(reference) = &mut ty {
        reference.lifetime = Some(lifetime.clone());
    }
    quote! { #ty }
}

/// The lifetime in bounds that hold for every borrow.
pub(super) fn any() -> syn::Lifetime {
    syn::Lifetime::new("'any", Span::mixed_site())
}

/// The lifetime of borrowed uniform parameters.
pub(super) fn lifetime() -> syn::Lifetime {
    syn::Lifetime::new("'u", Span::mixed_site())
}
