//! The kernel of each signature.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Visibility;

use super::api::{Api, borrowed, lifetime};
use super::{Item, Signature, argument, cfgs};
use crate::ast::Type;
use crate::emit::names::{self, Names, own};
use crate::emit::{reduce, twin};
use crate::lane::Gang;

impl Api {
    /// `_ = <base>::scalar::<f32>`: its bounds say that further signatures are of the shape that the kernel has.
    pub(super) fn fits(&self, base: &syn::Path, signature: &Signature) -> TokenStream {
        if signature.lanes.is_none() {
            return TokenStream::new();
        }
        let (types, cfgs) = (&signature.types, cfgs(&signature.item.attrs));
        quote! {
            #(#cfgs)*
            const _: () = {
                _ = <#base>::scalar::<#(#types),*>;
            };
        }
    }

    /// The kernel of one signature.
    pub(super) fn kernel(&self, item: &Item<'_>, signature: &Signature) -> TokenStream {
        let (krate, name, cfgs) = (item.krate, &self.name, cfgs(&item.original.attrs));
        let function = &signature.function;
        let types = &signature.types;
        let selector = if types.is_empty() {
            quote! { () }
        } else {
            quote! { (#(#types,)*) }
        };
        let (kernel, text) = match item.of {
            Some(base) => (quote! { #base }, base.segments.last().map_or(String::new(), |last| last.ident.to_string())),
            None => (quote! { #name }, name.to_string()),
        };
        let input_names = self.inputs.iter().map(|(name, _)| name.to_string());
        let inputs: Vec<_> = function.params.iter().filter(|p| !p.uniform).map(|p| Names::scalar_type(&p.ty)).collect();
        let uniforms: Vec<_> = signature
            .item
            .sig
            .inputs
            .iter()
            .filter_map(|input| match input {
                syn::FnArg::Typed(typed) if typed.attrs.iter().any(|attr| attr.path().is_ident("uniform")) => {
                    Some(borrowed(&typed.ty, &lifetime()))
                }
                _ => None,
            })
            .collect();
        let outputs: Vec<_> = match &function.output {
            Type::Tuple(types) => types.iter().map(Names::scalar_type).collect(),
            ty => vec![Names::scalar_type(ty)],
        };
        let u = lifetime();
        let (s, simd, mask) = (own("S"), own("simd"), own("mask"));
        let gang = names::gang(krate, signature.lanes.as_ref().map_or(Gang::One, |lanes| lanes.gang));
        let short = signature.lanes.as_ref().is_some_and(|lanes| lanes.short);
        let short = short.then(|| quote! { const IS_SHORT: bool = true; });
        let order = item.identity.map(|identity| reduce::order(identity, item, types, &outputs[0]));
        let body = self.gang_body(item, signature);
        let scalar = self.scalar_body(item, signature);
        quote! {
            #(#cfgs)*
            #[allow(unused, clippy::all, clippy::pedantic)]
            impl #krate::kernel::Kernel<#selector> for #kernel {
                const NAME: &'static str = #text;
                const INPUT_NAMES: &'static [&'static str] = &[#(#input_names),*];
                type Inputs = (#(#inputs,)*);
                type Outputs = (#(#outputs,)*);
                type Uniforms<#u> = (#(#uniforms,)*);
                type Gang<#s: #krate::lanes::Simd> = #gang;
                #order
                #short

                #[inline(always)]
                fn gang<#u, #s: #krate::lanes::Simd>(
                    #simd: #s,
                    #mask: #krate::lanes::Mask<#s>,
                    inputs: (#(#krate::lanes::Vector<#inputs, #s>,)*),
                    uniforms: Self::Uniforms<#u>,
                ) -> (#(#krate::lanes::Vector<#outputs, #s>,)*) {
                    #body
                }

                #[inline]
                fn scalar<#u>(inputs: Self::Inputs, uniforms: Self::Uniforms<#u>) -> Self::Outputs {
                    #scalar
                }
            }
        }
    }

    fn gang_body(&self, item: &Item<'_>, signature: &Signature) -> TokenStream {
        let Some(lanes) = &signature.lanes else {
            return quote! { ::core::unreachable!() };
        };
        let names = Names { krate: item.krate, vars: &lanes.vars, gang: Gang::One };
        let (mut inputs, mut uniforms) = (Vec::new(), Vec::new());
        for (var, param) in lanes.params.iter().zip(&signature.function.params) {
            let name = names.var(*var);
            if param.uniform { uniforms.push(name) } else { inputs.push(name) }
        }
        let result = names.var(lanes.result);
        let ty = names.lane_type(&signature.function.output);
        let blank = names.blank(Span::mixed_site());
        let steps = names.steps(&lanes.steps);
        let label = names.function_label();
        let packed = if matches!(signature.function.output, Type::Tuple(_)) {
            quote! { #result }
        } else {
            quote! { (#result,) }
        };
        quote! {
            let (#(mut #inputs,)*) = inputs;
            let (#(mut #uniforms,)*) = uniforms;
            let mut #result: #ty = #blank;
            #label: { #steps }
            #packed
        }
    }

    fn scalar_body(&self, item: &Item<'_>, signature: &Signature) -> TokenStream {
        let (inputs, uniforms): (Vec<_>, Vec<_>) =
            (self.inputs.iter().map(|(n, _)| n).collect(), self.uniforms.iter().map(|(n, _)| n).collect());
        let arguments = item.original.sig.inputs.iter().filter_map(argument);
        let (call, inner) = if self.generics.is_empty() {
            let name = &self.name;
            (quote! { #name::scalar(#(#arguments),*) }, TokenStream::new())
        } else {
            let mut twin = signature.twin();
            twin.attrs = twin::without_docs(&twin.attrs);
            twin.vis = Visibility::Inherited;
            twin.sig.ident = own("twin");
            (quote! { twin(#(#arguments),*) }, quote! { #[warn(unused)] #twin })
        };
        let call = if self.outputs.len() == 1 {
            quote! { (#call,) }
        } else {
            call
        };
        quote! {
            #inner
            let (#(#inputs,)*) = inputs;
            let (#(#uniforms,)*) = uniforms;
            #call
        }
    }
}
