//! One version of a generalized universal function: its data, and its lane code.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::face::Face;
use super::{GufuncItem, GufuncVersion};
use crate::emit::names::{self, Names, own};
use crate::gufunc::Length;
use crate::lane::{Gang, Lanes, Mask};
use crate::parse::CoreRole;

/// The version: of a function without type parameters, what its type carries; otherwise a type of its own.
pub(super) fn tokens(gufunc: &GufuncItem<'_>, version: &GufuncVersion) -> TokenStream {
    let u = syn::Lifetime::new("'u", Span::mixed_site());
    let (krate, name, cfgs) = (gufunc.krate, gufunc.name(), gufunc.cfgs());
    let face = Face::of(krate, gufunc.signature, version, &version.item, &u);
    if version.types.is_empty() {
        let version = Version { gufunc, version, face, carrier: name.clone(), u };
        let (data, code) = (version.data(), version.code());
        return quote! { #data #code };
    }
    let types = &version.types;
    let carrier = own("Version");
    let version = Version { gufunc, version, face, carrier: carrier.clone(), u };
    let (data, code) = (version.data(), version.code());
    quote! {
        #(#cfgs)*
        #[allow(dead_code, non_local_definitions)]
        const _: () = {
            pub enum #carrier {}
            impl #krate::gufunc::Versions<(#(#types,)*)> for #name {
                type Version = #carrier;
            }
            #data
            #code
        };
    }
}

struct Version<'a> {
    gufunc: &'a GufuncItem<'a>,
    version: &'a GufuncVersion,
    face: Face,
    /// The type that has the code.
    carrier: Ident,
    u: syn::Lifetime,
}

impl Version<'_> {
    /// The signature's data, and the types.
    fn data(&self) -> TokenStream {
        let (krate, name, cfgs) = (self.gufunc.krate, &self.carrier, self.gufunc.cfgs());
        let signature = self.gufunc.signature;
        let (text, function) = (&signature.text, self.gufunc.name().to_string());
        let count = self.face.inputs.len();
        let dimensions = signature.dimensions.iter().map(|dimension| {
            let name = &dimension.name;
            let size = match &dimension.length {
                Length::Given => quote! { Given },
                Length::Frozen(length) => quote! { Frozen(#length) },
                Length::Flexible => quote! { Flexible },
                Length::Computed(size) => {
                    let (lengths, compute, text) = (own("lengths"), own("compute"), &size.text);
                    let value = size.value.tokens(&lengths);
                    quote! { Computed({
                        fn #compute(#lengths: &[usize]) -> ::core::option::Option<usize> {
                            usize::try_from(#value).ok()
                        }
                        #compute
                    }, #text) }
                }
            };
            quote! { #krate::gufunc::Dimension { name: #name, size: #krate::gufunc::Size::#size } }
        });
        let names = |wanted: CoreRole| {
            self.version.function.params.iter().zip(&self.version.roles).filter(move |(_, role)| **role == wanted)
        };
        let cores =
            names(CoreRole::Input).zip(&signature.inputs).chain(names(CoreRole::Output).zip(&signature.outputs));
        let cores = cores.map(|((param, _), dimensions)| {
            let name = param.name.to_string();
            quote! { #krate::gufunc::CoreOperand { name: #name, dimensions: &[#(#dimensions),*] } }
        });
        let flexible = signature.is_flexible();
        let types = self.face.types();
        let Face { input_ranks, outputs, output_ranks, kept_ranks, .. } = &self.face;
        let (u, uniforms) = (&self.u, self.face.uniforms(krate, &self.u));
        let covered = self.version.code.covered;
        let way = match (&self.version.code.core, &self.version.code.batch) {
            (Some(_), Some(_)) => quote! { ByLength },
            (Some(_), None) => quote! { InCore },
            (None, _) => quote! { AcrossBatch },
        };
        quote! {
            #(#cfgs)*
            #[allow(clippy::all, clippy::pedantic)]
            impl #krate::gufunc::Gufunc for #name {
                const SIGNATURE: &'static #krate::gufunc::Signature = &#krate::gufunc::Signature {
                    name: #function,
                    text: #text,
                    dimensions: &[#(#dimensions),*],
                    operands: &[#(#cores),*],
                    inputs: #count,
                    flexible: #flexible,
                };
                const COVERED: u32 = #covered;
                type Inputs = (#(#types,)*);
                type Outputs = (#(#outputs,)*);
                type InputRanks = (#(#input_ranks,)*);
                type OutputRanks = (#(#output_ranks,)*);
                type KeptRanks = (#(#kept_ranks,)*);
                type Uniforms<#u> = (#(#uniforms,)*);
                type Way = #krate::gufunc::#way;
            }
        }
    }

    /// The lane code.
    fn code(&self) -> TokenStream {
        let (krate, name, cfgs) = (self.gufunc.krate, &self.carrier, self.gufunc.cfgs());
        let code = &self.version.code;
        let (core, batch) =
            (code.core.as_ref().map(|core| self.core(core)), code.batch.as_ref().map(|batch| self.batch(batch)));
        let along = code.along;
        let choice = (core.is_some() && batch.is_some()).then(|| {
            quote! {
                #(#cfgs)*
                impl #krate::gufunc::EitherFunction for #name {
                    const ALONG: u64 = #along;
                }
            }
        });
        quote! { #core #batch #choice }
    }

    /// The code for one core.
    fn core(&self, lanes: &Lanes) -> TokenStream {
        let (krate, name, cfgs, u) = (self.gufunc.krate, &self.carrier, self.gufunc.cfgs(), &self.u);
        let (s, simd) = (own("S"), own("simd"));
        let [inputs, outputs, uniforms] = arguments();
        let body = self.body(lanes, TokenStream::new());
        let slices = self.slices();
        quote! {
            #(#cfgs)*
            #[allow(unused, unreachable_code, clippy::all, clippy::pedantic)]
            impl #krate::gufunc::CoreFunction for #name {
                const SLICES: u32 = #slices;

                #[inline(always)]
                fn run<#u, #s: #krate::lanes::Simd>(
                    #simd: #s,
                    #inputs: <Self::Inputs as #krate::gufunc::CoreTypes<Self::InputRanks>>::Shown<#u>,
                    #outputs: <Self::Outputs as #krate::gufunc::CoreTypes<Self::OutputRanks>>::ShownMut<#u>,
                    #uniforms: Self::Uniforms<#u>,
                ) {
                    #body
                }
            }
        }
    }

    /// The code for a gang of cores.
    fn batch(&self, lanes: &Lanes) -> TokenStream {
        let (krate, name, cfgs, u) = (self.gufunc.krate, &self.carrier, self.gufunc.cfgs(), &self.u);
        let (s, l, simd) = (own("S"), own("L"), own("simd"));
        let [inputs, outputs, uniforms] = arguments();
        let body = self.body(lanes, self.frozen(lanes));
        let gang = names::gang(krate, lanes.gang);
        quote! {
            #(#cfgs)*
            #[allow(unused, unreachable_code, clippy::all, clippy::pedantic)]
            impl #krate::gufunc::BatchFunction for #name {
                type Gang<#s: #krate::lanes::Simd> = #gang;

                #[inline(always)]
                fn run<#u, #s: #krate::lanes::Simd, #l: #krate::gufunc::Lie<#s>>(
                    #simd: #s,
                    #inputs: <Self::Inputs as #krate::gufunc::CoreTypes<Self::InputRanks>>::Lanes<#u, #s, #l>,
                    #outputs: <Self::Outputs as #krate::gufunc::CoreTypes<Self::OutputRanks>>::LanesMut<#u, #s, #l>,
                    #uniforms: Self::Uniforms<#u>,
                ) {
                    #body
                }
            }
        }
    }

    /// The steps; `known` is what is known of the parameters before them.
    fn body(&self, lanes: &Lanes, known: TokenStream) -> TokenStream {
        let krate = self.gufunc.krate;
        let names = Names { krate, vars: &lanes.vars, gang: Gang::One };
        let vars = |wanted: CoreRole| -> Vec<Ident> {
            let params = lanes.params.iter().zip(&self.version.roles).filter(|(_, role)| **role == wanted);
            params.map(|(var, _)| names.var(*var)).collect()
        };
        let (given, results, uniforms) = (vars(CoreRole::Input), vars(CoreRole::Output), vars(CoreRole::Uniform));
        let (result, output) = (names.var(lanes.result), Names::scalar_type(&self.version.function.output));
        let (blank, steps, label) =
            (names.blank(Span::mixed_site()), names.steps(&lanes.steps), names.function_label());
        let (simd, mask) = (own("simd"), names.mask(Mask::Entry));
        let [inputs, outputs, uniform] = arguments();
        quote! {
            let #mask = #krate::lanes::Mask::full(#simd);
            let (#(mut #given,)*) = #inputs;
            let (#(mut #results,)*) = #outputs;
            let (#(mut #uniforms,)*) = #uniform;
            #known
            let mut #result: #output = #blank;
            #label: { #steps }
            #result
        }
    }

    /// The operands that are slices, as bits.
    fn slices(&self) -> u32 {
        let is_slice = |input: &syn::FnArg| match input {
            syn::FnArg::Typed(typed) => match &*typed.ty {
                syn::Type::Reference(reference) => {
                    matches!(&*reference.elem, syn::Type::Slice(_) | syn::Type::Array(_))
                }
                _ => false,
            },
            syn::FnArg::Receiver(_) => false,
        };
        let (mut inputs, mut outputs) = (0, self.face.inputs.len());
        let mut bits = 0;
        for (role, input) in self.version.roles.iter().zip(&self.version.item.sig.inputs) {
            let number = match role {
                CoreRole::Input => &mut inputs,
                CoreRole::Output => &mut outputs,
                CoreRole::Uniform => continue,
            };
            bits |= u32::from(is_slice(input)) << *number;
            *number += 1;
        }
        bits
    }

    /// `let a = a.frozen([Some(3), None]);`
    fn frozen(&self, lanes: &Lanes) -> TokenStream {
        let names = Names { krate: self.gufunc.krate, vars: &lanes.vars, gang: Gang::One };
        let signature = self.gufunc.signature;
        let (mut inputs, mut outputs) = (signature.inputs.iter(), signature.outputs.iter());
        let mut known = TokenStream::new();
        for (var, role) in lanes.params.iter().zip(&self.version.roles) {
            let dimensions = match role {
                CoreRole::Input => inputs.next(),
                CoreRole::Output => outputs.next(),
                CoreRole::Uniform => continue,
            };
            let dimensions = dimensions.expect("as many as parameters");
            let frozen: Vec<Option<usize>> = dimensions
                .iter()
                .map(|dimension| match signature.dimensions[*dimension].length {
                    Length::Frozen(length) => Some(length),
                    _ => None,
                })
                .collect();
            if frozen.iter().any(Option::is_some) {
                let name = names.var(*var);
                let frozen = frozen.iter().map(|length| match length {
                    Some(length) => quote! { ::core::option::Option::Some(#length) },
                    None => quote! { ::core::option::Option::None },
                });
                known.extend(quote! { let #name = #name.frozen([#(#frozen),*]); });
            }
        }
        known
    }
}

/// The names of the code's arguments.
fn arguments() -> [Ident; 3] {
    [own("inputs"), own("outputs"), own("uniforms")]
}
