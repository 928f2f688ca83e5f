//! What takes the place of a generalized universal function: a function of the same name to call with operands, and a type that carries
//! the code.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ItemFn;

use super::names::{self, Names, own};
use super::twin;
use crate::ast::{Function, Param, Type, View};
use crate::gufunc::{Length, Signature, Way};
use crate::lane::{Gang, Lanes, Mask};
use crate::parse::CoreRole;

/// A generalized universal function.
pub(crate) struct GufuncItem<'a> {
    pub(crate) krate: &'a TokenStream,
    pub(crate) item: &'a ItemFn,
    pub(crate) function: &'a Function,
    pub(crate) roles: &'a [CoreRole],
    pub(crate) signature: &'a Signature,
    pub(crate) way: Way,
    /// The outputs that are written in full before they are read, as bits.
    pub(crate) covered: u32,
    pub(crate) lanes: &'a Lanes,
    pub(crate) parallel: bool,
}

/// Emits everything.
pub(crate) fn gufunc(gufunc: &GufuncItem<'_>) -> TokenStream {
    let api = Api::of(gufunc);
    let (function, methods, data, code) = (api.function(), api.methods(), api.data(), api.code());
    let (vis, name) = (&gufunc.item.vis, &gufunc.item.sig.ident);
    let cfgs = api.cfgs();
    let kernel_doc = format!("The generalized universal function behind [`{name}`](fn@{name}).");
    quote! {
        #function

        #(#cfgs)*
        #[doc = #kernel_doc]
        #[allow(non_camel_case_types, dead_code)]
        #vis enum #name {}

        #(#cfgs)*
        #[allow(dead_code, unused, clippy::all, clippy::pedantic)]
        impl #name { #methods }

        #data
        #code
    }
}

/// The parts that several items have, as tokens.
struct Api<'a> {
    gufunc: &'a GufuncItem<'a>,
    /// The parameters' types as the caller gives them: operands by their numbers, uniform ones as written.
    inputs: Vec<(Ident, TokenStream)>,
    input_ranks: Vec<TokenStream>,
    outputs: Vec<TokenStream>,
    output_ranks: Vec<TokenStream>,
    kept_ranks: Vec<TokenStream>,
    /// Parameters of the call, in order.
    order: Vec<Given>,
    u: syn::Lifetime,
}

/// A parameter of the call.
enum Given {
    Operand(usize),
    Uniform(Ident, TokenStream, Type),
}

impl<'a> Api<'a> {
    fn of(gufunc: &'a GufuncItem<'a>) -> Self {
        let krate = gufunc.krate;
        let u = syn::Lifetime::new("'u", Span::mixed_site());
        let mut api = Self {
            gufunc,
            inputs: Vec::new(),
            input_ranks: Vec::new(),
            outputs: Vec::new(),
            output_ranks: Vec::new(),
            kept_ranks: Vec::new(),
            order: Vec::new(),
            u,
        };
        let signature = gufunc.signature;
        // Where axes may be missing, none of the results has a number of axes that types know.
        let rank = |rank: usize| {
            if rank > 0 && signature.is_flexible() {
                quote! { #krate::gufunc::Flexible<#rank> }
            } else {
                quote! { #krate::gufunc::Rank<#rank> }
            }
        };
        for ((param, role), input) in gufunc.function.params.iter().zip(gufunc.roles).zip(&gufunc.item.sig.inputs) {
            match role {
                CoreRole::Input => {
                    api.order.push(Given::Operand(api.inputs.len()));
                    api.input_ranks.push(rank(axes(param)));
                    api.inputs.push((param.name.clone(), element(param)));
                }
                CoreRole::Output => {
                    api.output_ranks.push(rank(axes(param)));
                    api.outputs.push(element(param));
                }
                CoreRole::Uniform => {
                    let syn::FnArg::Typed(typed) = input else { continue };
                    let mut ty = (*typed.ty).clone();
                    if let syn::Type::Reference(reference) = &mut ty {
                        reference.lifetime = Some(api.u.clone());
                    }
                    api.order.push(Given::Uniform(param.name.clone(), quote! { #ty }, param.ty.clone()));
                }
            }
        }
        let first = api.input_ranks.first().cloned().into_iter();
        api.kept_ranks = first.cycle().take(api.outputs.len()).collect();
        api
    }

    fn name(&self) -> &'a Ident {
        &self.gufunc.item.sig.ident
    }

    /// `#[cfg(..)]` stands on every part.
    fn cfgs(&self) -> Vec<&'a syn::Attribute> {
        self.gufunc.item.attrs.iter().filter(|attr| attr.path().is_ident("cfg")).collect()
    }

    fn types(&self) -> Vec<&TokenStream> {
        self.inputs.iter().map(|(_, ty)| ty).collect()
    }

    fn operands(&self) -> Vec<Ident> {
        (0..self.inputs.len()).map(|i| own(&format!("A{i}"))).collect()
    }

    /// The parameters of the call.
    fn params(&self) -> Vec<TokenStream> {
        let operands = self.operands();
        let param = |given: &Given| match given {
            Given::Operand(i) => {
                let (name, operand) = (&self.inputs[*i].0, &operands[*i]);
                quote! { #name: #operand }
            }
            Given::Uniform(name, ty, _) => quote! { #name: #ty },
        };
        self.order.iter().map(param).collect()
    }

    fn bounds(&self) -> Vec<TokenStream> {
        let krate = self.gufunc.krate;
        let (operands, types, ranks) = (self.operands(), self.types(), &self.input_ranks);
        let mut bounds: Vec<_> =
            operands.iter().zip(&types).map(|(a, ty)| quote! { #a: #krate::Operand<#ty> }).collect();
        bounds.push(quote! { (#(#operands,)*): #krate::gufunc::CoreOperands<(#(#types,)*), (#(#ranks,)*)> });
        bounds
    }

    /// The result can be allocated.
    fn result_bound(&self) -> TokenStream {
        let krate = self.gufunc.krate;
        let (operands, types, ranks) = (self.operands(), self.types(), &self.input_ranks);
        let (outputs, output_ranks) = (&self.outputs, &self.output_ranks);
        quote! {
            (#(#outputs,)*): #krate::gufunc::CoreResults<
                <(#(#operands,)*) as #krate::gufunc::CoreOperands<(#(#types,)*), (#(#ranks,)*)>>::Loop, (#(#output_ranks,)*)
            >
        }
    }

    fn result(&self) -> TokenStream {
        let (krate, name, operands, ranks) = (self.gufunc.krate, self.name(), self.operands(), &self.output_ranks);
        quote! { #krate::gufunc::Results<#name, (#(#operands,)*), (#(#ranks,)*)> }
    }

    fn call(&self) -> TokenStream {
        let (krate, name) = (self.gufunc.krate, self.name());
        let inputs = self.inputs.iter().map(|(name, _)| name);
        let uniforms = self.order.iter().filter_map(|given| match given {
            Given::Uniform(name, _, Type::View(View { rank, .. })) => {
                Some(quote! { #krate::array::AsView::<#rank>::as_view(#name) })
            }
            Given::Uniform(name, ..) => Some(quote! { #name }),
            Given::Operand(_) => None,
        });
        let parallel = self.gufunc.parallel.then(|| quote! { .parallel(true) });
        quote! { #krate::gufunc::GuCall::<#name, _, _>::new((#(#inputs,)*), (#(#uniforms,)*)) #parallel }
    }

    fn function(&self) -> TokenStream {
        let (vis, name, attrs) = (&self.gufunc.item.vis, self.name(), &self.gufunc.item.attrs);
        let (operands, bounds, result_bound) = (self.operands(), self.bounds(), self.result_bound());
        let (params, result, call, u) = (self.params(), self.result(), self.call(), &self.u);
        quote! {
            #(#attrs)*
            #[track_caller]
            #[allow(dead_code, clippy::too_many_arguments)]
            #vis fn #name<#u, #(#operands),*>(#(#params),*) -> #result
            where #(#bounds,)* #result_bound
            {
                #call.eval()
            }
        }
    }

    fn methods(&self) -> TokenStream {
        let (krate, name) = (self.gufunc.krate, self.name());
        let (operands, bounds, result_bound) = (self.operands(), self.bounds(), self.result_bound());
        let (params, result, call, u) = (self.params(), self.result(), self.call(), &self.u);
        let targets: Vec<Ident> = (0..self.outputs.len()).map(|i| own(&format!("O{i}"))).collect();
        let outs: Vec<Ident> = (0..self.outputs.len()).map(|i| own(&format!("out{i}"))).collect();
        let target_bounds: Vec<_> =
            targets.iter().zip(&self.outputs).map(|(o, ty)| quote! { #o: #krate::Target<#ty> }).collect();
        let out_params: Vec<_> = outs.iter().zip(&targets).map(|(out, o)| quote! { #out: #o }).collect();
        let out_value = match &outs[..] {
            [out] => quote! { #out },
            _ => quote! { (#(#outs,)*) },
        };
        let (text, signature) = (name.to_string(), &self.gufunc.signature.text);
        let (nin, nout) = (self.inputs.len(), self.outputs.len());
        let lanes = match self.gufunc.way {
            Way::Core => "core",
            Way::Batch => "batch",
        };
        let ranks = &self.output_ranks;
        let twin = twin::twin(self.gufunc.item);
        let (twin_inputs, twin_block) = (&twin.sig.inputs, &twin.block);
        let twin_attrs = twin.attrs.iter().filter(|attr| !attr.path().is_ident("doc") && !attr.path().is_ident("cfg"));
        quote! {
            /// The function's name.
            pub const NAME: &'static str = #text;
            /// Its signature, as NumPy writes it.
            pub const SIGNATURE: &'static str = #signature;
            /// How many operands the function takes.
            pub const NIN: usize = #nin;
            /// How many results the function has.
            pub const NOUT: usize = #nout;
            /// Where the lanes are: `"core"` or `"batch"`.
            pub const LANES: &'static str = #lanes;

            /// The function exactly as written, for one core: plain Rust.
            #(#twin_attrs)*
            pub fn scalar(#twin_inputs) #twin_block

            /// Computes into existing arrays or slices: NumPy's `out=`.
            #[track_caller]
            pub fn into<#u, #(#operands,)* #(#targets),*>(#(#params,)* #(#out_params),*)
            where #(#bounds,)* #(#target_bounds),*
            {
                #call.into(#out_value)
            }

            /// The call on rayon's current pool.
            #[track_caller]
            pub fn par<#u, #(#operands),*>(#(#params),*) -> #result
            where #(#bounds,)* #result_bound
            {
                #call.parallel(true).eval()
            }

            /// Computes into existing arrays or slices on rayon's current pool.
            #[track_caller]
            pub fn par_into<#u, #(#operands,)* #(#targets),*>(#(#params,)* #(#out_params),*)
            where #(#bounds,)* #(#target_bounds),*
            {
                #call.parallel(true).into(#out_value)
            }

            /// The call with options: `axes`, `axis`, `keepdims`, `parallel`, `min_len`; then `eval`, `into` or their `try_` forms.
            pub fn with<#u, #(#operands),*>(#(#params),*) -> #krate::gufunc::GuCall<#u, #name, (#(#operands,)*), (#(#ranks,)*)>
            where #(#bounds),*
            {
                #call
            }
        }
    }

    /// The signature's data, and the types.
    fn data(&self) -> TokenStream {
        let (krate, name, cfgs) = (self.gufunc.krate, self.name(), self.cfgs());
        let signature = self.gufunc.signature;
        let (text, function, count) = (&signature.text, name.to_string(), self.inputs.len());
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
            self.gufunc.function.params.iter().zip(self.gufunc.roles).filter(move |(_, role)| **role == wanted)
        };
        let cores =
            names(CoreRole::Input).zip(&signature.inputs).chain(names(CoreRole::Output).zip(&signature.outputs));
        let cores = cores.map(|((param, _), dimensions)| {
            let name = param.name.to_string();
            quote! { #krate::gufunc::CoreOperand { name: #name, dimensions: &[#(#dimensions),*] } }
        });
        let flexible = signature.is_flexible();
        let (types, outputs) = (self.types(), &self.outputs);
        let (input_ranks, output_ranks, kept_ranks) = (&self.input_ranks, &self.output_ranks, &self.kept_ranks);
        let u = &self.u;
        let uniforms = self.order.iter().filter_map(|given| match given {
            Given::Uniform(_, _, Type::View(View { element, rank, .. })) => {
                Some(quote! { #krate::array::View<#u, #element, #rank> })
            }
            Given::Uniform(_, ty, _) => Some(ty.clone()),
            Given::Operand(_) => None,
        });
        let covered = self.gufunc.covered;
        let way = match self.gufunc.way {
            Way::Core => quote! { InCore },
            Way::Batch => quote! { AcrossBatch },
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
        let GufuncItem { krate, lanes, function, roles, .. } = self.gufunc;
        let (name, cfgs, u) = (self.name(), self.cfgs(), &self.u);
        let names = Names { krate, vars: &lanes.vars, gang: Gang::One };
        let vars = |wanted: CoreRole| -> Vec<Ident> {
            lanes
                .params
                .iter()
                .zip(*roles)
                .filter(|(_, role)| **role == wanted)
                .map(|(var, _)| names.var(*var))
                .collect()
        };
        let (given, results, uniforms) = (vars(CoreRole::Input), vars(CoreRole::Output), vars(CoreRole::Uniform));
        let (result, output) = (names.var(lanes.result), Names::scalar_type(&function.output));
        let (blank, steps, label) =
            (names.blank(Span::mixed_site()), names.steps(&lanes.steps), names.function_label());
        let (s, l, simd, mask) = (own("S"), own("L"), own("simd"), names.mask(Mask::Entry));
        let (inputs, outputs, uniform) = (own("inputs"), own("outputs"), own("uniforms"));
        let body = |known: TokenStream| {
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
        };
        match self.gufunc.way {
            Way::Core => {
                let body = body(TokenStream::new());
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
                            #uniform: Self::Uniforms<#u>,
                        ) {
                            #body
                        }
                    }
                }
            }
            Way::Batch => {
                let body = body(self.frozen(&names));
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
                            #uniform: Self::Uniforms<#u>,
                        ) {
                            #body
                        }
                    }
                }
            }
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
        let (mut inputs, mut outputs) = (0, self.inputs.len());
        let mut bits = 0;
        for (role, input) in self.gufunc.roles.iter().zip(&self.gufunc.item.sig.inputs) {
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
    fn frozen(&self, names: &Names<'_>) -> TokenStream {
        let signature = self.gufunc.signature;
        let (mut inputs, mut outputs) = (signature.inputs.iter(), signature.outputs.iter());
        let mut known = TokenStream::new();
        for (var, role) in self.gufunc.lanes.params.iter().zip(self.gufunc.roles) {
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

fn axes(param: &Param) -> usize {
    match &param.ty {
        Type::View(view) => view.rank,
        _ => 0,
    }
}

fn element(param: &Param) -> TokenStream {
    match &param.ty {
        Type::View(View { element, .. }) => quote! { #element },
        ty => Names::scalar_type(ty),
    }
}
