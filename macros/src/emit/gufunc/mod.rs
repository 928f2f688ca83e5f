//! What takes the place of a generalized universal function: a function of the same name to call with operands, and a type that carries
//! the code.

mod face;
mod version;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ItemFn;

use self::face::{Face, Given, Uniform};
use super::names::own;
use super::twin;
use crate::ast::Function;
use crate::explain::{self, Line};
use crate::gufunc::{Code, Signature};
use crate::parse::CoreRole;

/// A generalized universal function.
pub(crate) struct GufuncItem<'a> {
    pub(crate) krate: &'a TokenStream,
    /// As the user has written it.
    pub(crate) item: &'a ItemFn,
    pub(crate) generics: &'a [Ident],
    pub(crate) signature: &'a Signature,
    /// One for each list of types; one alone for a function without type parameters.
    pub(crate) versions: Vec<GufuncVersion>,
    pub(crate) parallel: bool,
}

/// The function for some types.
pub(crate) struct GufuncVersion {
    /// What the type parameters stand for.
    pub(crate) types: Vec<Ident>,
    pub(crate) item: ItemFn,
    pub(crate) function: Function,
    pub(crate) roles: Vec<CoreRole>,
    pub(crate) code: Code,
}

/// Emits everything.
pub(crate) fn gufunc(gufunc: &GufuncItem<'_>) -> TokenStream {
    let u = syn::Lifetime::new("'u", Span::mixed_site());
    let face = Face::of(gufunc.krate, gufunc.signature, &gufunc.versions[0], gufunc.item, &u);
    let api = Api { gufunc, face, u };
    let (function, methods, scalar) = (api.function(), api.methods(), api.scalar());
    let versions = gufunc.versions.iter().map(|version| version::tokens(gufunc, version));
    let (vis, name) = (&gufunc.item.vis, &gufunc.item.sig.ident);
    let cfgs = gufunc.cfgs();
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

        #scalar
        #(#versions)*
    }
}

impl GufuncItem<'_> {
    fn name(&self) -> &Ident {
        &self.item.sig.ident
    }

    /// `#[cfg(..)]` stands on every part.
    fn cfgs(&self) -> Vec<&syn::Attribute> {
        self.item.attrs.iter().filter(|attr| attr.path().is_ident("cfg")).collect()
    }

    /// Where the lanes are, for all types.
    fn lanes(&self) -> &'static str {
        let all = |is: fn(&Code) -> bool| self.versions.iter().all(|version| is(&version.code));
        if all(|code| code.batch.is_none()) {
            "core"
        } else if all(|code| code.core.is_none()) {
            "batch"
        } else {
            "core or batch"
        }
    }

    /// What became of the function: of all versions, where they differ.
    fn explanation(&self) -> Vec<Line> {
        let versions = self.versions.iter().map(|version| (&version.types[..], &version.code.explanation[..]));
        explain::versions(self.generics, versions)
    }
}

/// The public face: the same for all versions, with the type parameters where there are several.
struct Api<'a> {
    gufunc: &'a GufuncItem<'a>,
    face: Face,
    u: syn::Lifetime,
}

impl<'a> Api<'a> {
    /// The type that has the code: the function's own, or that of the version for the type parameters.
    fn carrier(&self) -> TokenStream {
        let GufuncItem { krate, generics, .. } = self.gufunc;
        let name = self.gufunc.name();
        if generics.is_empty() {
            quote! { #name }
        } else {
            quote! { <#name as #krate::gufunc::Versions<(#(#generics,)*)>>::Version }
        }
    }

    /// Bounds on the type parameters: there is such a version, and its parameters are those of the function.
    fn version_bounds(&self) -> Vec<TokenStream> {
        let GufuncItem { krate, generics, .. } = self.gufunc;
        if generics.is_empty() {
            return Vec::new();
        }
        let name = self.gufunc.name();
        let any = syn::Lifetime::new("'any", Span::mixed_site());
        let (types, uniforms) = (self.face.types(), self.face.uniforms(krate, &any));
        let Face { input_ranks, outputs, output_ranks, kept_ranks, .. } = &self.face;
        let mut bounds: Vec<_> = generics.iter().map(|t| quote! { #t: #krate::lanes::Element }).collect();
        bounds.push(quote! {
            #name: for<#any> #krate::gufunc::Versions<(#(#generics,)*), Version: #krate::gufunc::Gufunc<
                Inputs = (#(#types,)*),
                Outputs = (#(#outputs,)*),
                InputRanks = (#(#input_ranks,)*),
                OutputRanks = (#(#output_ranks,)*),
                KeptRanks = (#(#kept_ranks,)*),
                Uniforms<#any> = (#(#uniforms,)*),
            >>
        });
        bounds
    }

    fn operands(&self) -> Vec<Ident> {
        (0..self.face.inputs.len()).map(|i| own(&format!("A{i}"))).collect()
    }

    /// The parameters of the call.
    fn params(&self) -> Vec<TokenStream> {
        let operands = self.operands();
        let param = |given: &Given| match given {
            Given::Operand(i) => {
                let (name, operand) = (&self.face.inputs[*i].0, &operands[*i]);
                quote! { #name: #operand }
            }
            Given::Uniform(Uniform { name, ty, .. }) => quote! { #name: #ty },
        };
        self.face.order.iter().map(param).collect()
    }

    fn bounds(&self) -> Vec<TokenStream> {
        let krate = self.gufunc.krate;
        let (operands, types, ranks) = (self.operands(), self.face.types(), &self.face.input_ranks);
        // The bounds on the versions come first: they say what the operands' types are.
        let mut bounds = self.version_bounds();
        bounds.extend(operands.iter().zip(&types).map(|(a, ty)| quote! { #a: #krate::Operand<#ty> }));
        bounds.push(quote! { (#(#operands,)*): #krate::gufunc::CoreOperands<(#(#types,)*), (#(#ranks,)*)> });
        bounds
    }

    /// The result can be allocated.
    fn result_bound(&self) -> TokenStream {
        let krate = self.gufunc.krate;
        let (operands, types, ranks) = (self.operands(), self.face.types(), &self.face.input_ranks);
        let (outputs, output_ranks) = (&self.face.outputs, &self.face.output_ranks);
        quote! {
            (#(#outputs,)*): #krate::gufunc::CoreResults<
                <(#(#operands,)*) as #krate::gufunc::CoreOperands<(#(#types,)*), (#(#ranks,)*)>>::Loop, (#(#output_ranks,)*)
            >
        }
    }

    fn result(&self) -> TokenStream {
        let (krate, carrier) = (self.gufunc.krate, self.carrier());
        let (operands, ranks) = (self.operands(), &self.face.output_ranks);
        quote! { #krate::gufunc::Results<#carrier, (#(#operands,)*), (#(#ranks,)*)> }
    }

    fn call(&self) -> TokenStream {
        let (krate, carrier) = (self.gufunc.krate, self.carrier());
        let inputs = self.face.inputs.iter().map(|(name, _)| name);
        let uniforms = self.face.order.iter().filter_map(|given| match given {
            Given::Uniform(Uniform { name, array: Some((_, rank)), .. }) => {
                Some(quote! { #krate::array::AsView::<#rank>::as_view(#name) })
            }
            Given::Uniform(Uniform { name, .. }) => Some(quote! { #name }),
            Given::Operand(_) => None,
        });
        let parallel = self.gufunc.parallel.then(|| quote! { .parallel(true) });
        quote! { #krate::gufunc::GuCall::<#carrier, _, _>::new((#(#inputs,)*), (#(#uniforms,)*)) #parallel }
    }

    fn function(&self) -> TokenStream {
        let GufuncItem { item, generics, .. } = self.gufunc;
        let (vis, name, attrs) = (&item.vis, &item.sig.ident, &item.attrs);
        let (operands, bounds, result_bound) = (self.operands(), self.bounds(), self.result_bound());
        let (params, result, call, u) = (self.params(), self.result(), self.call(), &self.u);
        quote! {
            #(#attrs)*
            #[track_caller]
            #[allow(dead_code, clippy::too_many_arguments)]
            #vis fn #name<#u, #(#generics,)* #(#operands),*>(#(#params),*) -> #result
            where #(#bounds,)* #result_bound
            {
                #call.eval()
            }
        }
    }

    fn methods(&self) -> TokenStream {
        let GufuncItem { krate, generics, .. } = self.gufunc;
        let carrier = self.carrier();
        let (operands, bounds, result_bound) = (self.operands(), self.bounds(), self.result_bound());
        let (params, result, call, u) = (self.params(), self.result(), self.call(), &self.u);
        let targets: Vec<Ident> = (0..self.face.outputs.len()).map(|i| own(&format!("O{i}"))).collect();
        let outs: Vec<Ident> = (0..self.face.outputs.len()).map(|i| own(&format!("out{i}"))).collect();
        let target_bounds: Vec<_> =
            targets.iter().zip(&self.face.outputs).map(|(o, ty)| quote! { #o: #krate::Target<#ty> }).collect();
        let out_params: Vec<_> = outs.iter().zip(&targets).map(|(out, o)| quote! { #out: #o }).collect();
        let out_value = match &outs[..] {
            [out] => quote! { #out },
            _ => quote! { (#(#outs,)*) },
        };
        let (text, signature) = (self.gufunc.name().to_string(), &self.gufunc.signature.text);
        let (nin, nout) = (self.face.inputs.len(), self.face.outputs.len());
        let lanes = self.gufunc.lanes();
        let explain = twin::explain(krate, &text, &self.gufunc.explanation());
        let ranks = &self.face.output_ranks;
        quote! {
            /// The function's name.
            pub const NAME: &'static str = #text;
            /// Its signature, as NumPy writes it.
            pub const SIGNATURE: &'static str = #signature;
            /// How many operands the function takes.
            pub const NIN: usize = #nin;
            /// How many results the function has.
            pub const NOUT: usize = #nout;
            /// Where the lanes are: `"core"`, `"batch"`, or `"core or batch"` where it depends on a call's types or lengths.
            pub const LANES: &'static str = #lanes;

            #explain

            /// Computes into existing arrays or slices: NumPy's `out=`.
            #[track_caller]
            pub fn into<#u, #(#generics,)* #(#operands,)* #(#targets),*>(#(#params,)* #(#out_params),*)
            where #(#bounds,)* #(#target_bounds),*
            {
                #call.into(#out_value)
            }

            /// The call on rayon's current pool.
            #[track_caller]
            pub fn par<#u, #(#generics,)* #(#operands),*>(#(#params),*) -> #result
            where #(#bounds,)* #result_bound
            {
                #call.parallel(true).eval()
            }

            /// Computes into existing arrays or slices on rayon's current pool.
            #[track_caller]
            pub fn par_into<#u, #(#generics,)* #(#operands,)* #(#targets),*>(#(#params,)* #(#out_params),*)
            where #(#bounds,)* #(#target_bounds),*
            {
                #call.parallel(true).into(#out_value)
            }

            /// The call with options: `axes`, `axis`, `keepdims`, `parallel`, `min_len`; then `eval`, `into` or their `try_` forms.
            pub fn with<#u, #(#generics,)* #(#operands),*>(#(#params),*)
                -> #krate::gufunc::GuCall<#u, #carrier, (#(#operands,)*), (#(#ranks,)*)>
            where #(#bounds),*
            {
                #call
            }
        }
    }

    /// `scalar`: for type parameters, a trait of its own finds the version.
    fn scalar(&self) -> TokenStream {
        let GufuncItem { item, generics, versions, .. } = self.gufunc;
        let (name, cfgs) = (self.gufunc.name(), self.gufunc.cfgs());
        let twins = versions.iter().map(|version| {
            let twin = twin::twin(&version.item);
            let own = |attr: &&syn::Attribute| !attr.path().is_ident("doc") && !attr.path().is_ident("cfg");
            let attrs: Vec<syn::Attribute> = twin.attrs.iter().filter(own).cloned().collect();
            (twin, attrs, &version.types)
        });
        if generics.is_empty() {
            let twins = twins.map(|(twin, attrs, _)| {
                let (inputs, block) = (&twin.sig.inputs, &twin.block);
                quote! {
                    /// The function exactly as written, for one core: plain Rust.
                    #(#attrs)*
                    pub fn scalar(#inputs) #block
                }
            });
            return quote! {
                #(#cfgs)*
                #[allow(dead_code, unused, clippy::all, clippy::pedantic)]
                impl #name { #(#twins)* }
            };
        }
        let mut plain = twin::plain(item).sig.inputs;
        let mut given = Vec::new();
        for input in &mut plain {
            if let syn::FnArg::Typed(typed) = input
                && let syn::Pat::Ident(pat) = &mut *typed.pat
            {
                pat.mutability = None;
                given.push(pat.ident.clone());
            }
        }
        let trait_name = own("Twin");
        let types: Vec<String> = generics.iter().map(|name| format!("{{{name}}},")).collect();
        let message = format!("`{{Self}}` has no signature for the element types `({})`", types.join(" "));
        let note = "the types of a function are those that its attribute lists";
        let impls = twins.map(|(twin, attrs, types)| {
            let (inputs, block) = (&twin.sig.inputs, &twin.block);
            quote! {
                impl #trait_name<#(#types),*> for #name {
                    #(#attrs)*
                    fn scalar(#inputs) #block
                }
            }
        });
        quote! {
            #(#cfgs)*
            #[allow(dead_code, unused, non_local_definitions, clippy::all, clippy::pedantic)]
            const _: () = {
                #[diagnostic::on_unimplemented(message = #message, label = "no such signature", note = #note)]
                pub trait #trait_name<#(#generics),*> {
                    fn scalar(#plain);
                }
                #(#impls)*

                impl #name {
                    /// The function exactly as written, for one core: plain Rust.
                    pub fn scalar<#(#generics),*>(#plain)
                    where #name: #trait_name<#(#generics),*>
                    {
                        <#name as #trait_name<#(#generics),*>>::scalar(#(#given),*)
                    }
                }
            };
        }
    }
}
