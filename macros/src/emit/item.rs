//! The items that take the place of the user's function: a generic function to call with operands,
//! a type of the same name that carries the kernel, and the kernel for each signature.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Attribute, ItemFn, Visibility};

use super::names::{self, Names, own};
use super::{reduce, twin};
use crate::ast::{Function, Type};
use crate::attr::Identity;
use crate::lane::{Gang, Lanes};
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
        Role::Device => TokenStream::new(),
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

/// The parts of the public face, as tokens: the same for all signatures, with the type parameters
/// where there are several.
pub(super) struct Api {
    pub(super) name: Ident,
    /// `T`, `U`: empty for a function without.
    pub(super) generics: Vec<Ident>,
    /// `()` or `(T, U,)`: tells the kernel's signatures apart.
    pub(super) selector: TokenStream,
    /// The varying parameters with their types.
    pub(super) inputs: Vec<(Ident, TokenStream)>,
    /// The results' types.
    pub(super) outputs: Vec<TokenStream>,
    /// The uniform parameters with their types; borrowed for `'u`.
    pub(super) uniforms: Vec<(Ident, TokenStream)>,
    /// All parameters in order: whether varying, and the number among its kind.
    order: Vec<(bool, usize)>,
    /// Bounds on the type parameters: the kernel has such a signature.
    pub(super) bounds: Vec<TokenStream>,
}

impl Api {
    fn of(item: &Item<'_>) -> Self {
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

    fn input_types(&self) -> Vec<&TokenStream> {
        self.inputs.iter().map(|(_, ty)| ty).collect()
    }

    /// The parameters in the order of the function, varying ones through `varying`.
    fn params(&self, varying: impl Fn(usize) -> TokenStream) -> Vec<TokenStream> {
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
    fn operands(&self) -> Vec<Ident> {
        (0..self.inputs.len()).map(|i| own(&format!("A{i}"))).collect()
    }

    fn operand_bounds(&self, krate: &TokenStream) -> Vec<TokenStream> {
        let (operands, types) = (self.operands(), self.input_types());
        let mut bounds: Vec<_> =
            operands.iter().zip(&types).map(|(a, ty)| quote! { #a: #krate::Operand<#ty> }).collect();
        bounds.push(quote! { (#(#operands,)*): #krate::Operands<(#(#types,)*)> });
        // The bounds on the kernel come first: they say what the operands' types are.
        self.bounds.iter().cloned().chain(bounds).collect()
    }

    /// `Call::new((a, b), (table,))`
    fn call(&self, item: &Item<'_>) -> TokenStream {
        let (krate, name, selector) = (item.krate, &self.name, &self.selector);
        let inputs = self.inputs.iter().map(|(name, _)| name);
        let uniforms = self.uniforms.iter().map(|(name, _)| name);
        let parallel = item.parallel.then(|| quote! { .parallel(true) });
        quote! { #krate::Call::<#name, #selector, _>::new((#(#inputs,)*), (#(#uniforms,)*)) #parallel }
    }

    fn kernel_function(&self, item: &Item<'_>) -> TokenStream {
        let (krate, vis, name, attrs) = (item.krate, &item.original.vis, &self.name, &item.original.attrs);
        let (selector, generics, operands) = (&self.selector, &self.generics, self.operands());
        let (bounds, call, u) = (self.operand_bounds(krate), self.call(item), lifetime());
        let params = self.params(|i| {
            let a = &operands[i];
            quote! { #a }
        });
        quote! {
            #(#attrs)*
            #[track_caller]
            #[allow(dead_code, clippy::too_many_arguments)]
            #vis fn #name<#u, #(#generics,)* #(#operands),*>(#(#params),*)
                -> #krate::Evaluated<#name, #selector, (#(#operands,)*)>
            where #(#bounds),*
            {
                #call.eval()
            }
        }
    }

    fn kernel_methods(&self, item: &Item<'_>) -> TokenStream {
        let (krate, name) = (item.krate, &self.name);
        let (selector, generics, operands) = (&self.selector, &self.generics, self.operands());
        let (bounds, call, u) = (self.operand_bounds(krate), self.call(item), lifetime());
        let params = self.params(|i| {
            let a = &operands[i];
            quote! { #a }
        });
        let targets: Vec<Ident> = (0..self.outputs.len()).map(|i| own(&format!("O{i}"))).collect();
        let outs: Vec<Ident> = (0..self.outputs.len()).map(|i| own(&format!("out{i}"))).collect();
        let target_bounds: Vec<_> =
            targets.iter().zip(&self.outputs).map(|(o, ty)| quote! { #o: #krate::Target<#ty> }).collect();
        let out_params: Vec<_> = outs.iter().zip(&targets).map(|(out, o)| quote! { #out: #o }).collect();
        let out_value = match &outs[..] {
            [out] => quote! { #out },
            _ => quote! { (#(#outs,)*) },
        };
        let (text, nin, nout) = (name.to_string(), self.inputs.len(), self.outputs.len());
        let inplace = self.inplace(item);
        let lines = item.signatures.first().and_then(|signature| signature.lanes.as_ref());
        let explain = twin::explain(krate, &text, lines.map_or(&[], |lanes| &lanes.explanation));
        quote! {
            /// The kernel's name.
            pub const NAME: &'static str = #text;
            /// How many operands the kernel takes.
            pub const NIN: usize = #nin;
            /// How many results the kernel has.
            pub const NOUT: usize = #nout;

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
            pub fn par<#u, #(#generics,)* #(#operands),*>(#(#params),*)
                -> #krate::Evaluated<#name, #selector, (#(#operands,)*)>
            where #(#bounds),*
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

            /// The call with options: `mask`, `parallel`, `min_len`; then `eval`, `into`, `inplace` or their `try_` forms.
            pub fn with<#u, #(#generics,)* #(#operands),*>(#(#params),*)
                -> #krate::Call<#u, #name, #selector, (#(#operands,)*)>
            where #(#bounds),*
            {
                #call
            }

            #inplace
        }
    }

    /// `inplace`: nothing for kernels whose result has not the type of the first operand.
    fn inplace(&self, item: &Item<'_>) -> TokenStream {
        let types = self.input_types();
        let ([output], [first, others @ ..]) = (&self.outputs[..], &types[..]) else {
            return TokenStream::new();
        };
        if output.to_string() != first.to_string() {
            return TokenStream::new();
        }
        let (krate, generics, operands) = (item.krate, &self.generics, self.operands());
        let (kernel_bounds, call, u) = (&self.bounds, self.call(item), lifetime());
        let params = self.params(|i| {
            let a = &operands[i];
            quote! { #a }
        });
        let (target, operand) = (&operands[0], &operands[1..]);
        quote! {
            /// Computes into the first operand, a `&mut` array, slice or value: its elements are replaced. The other
            /// operands broadcast to its shape.
            #[track_caller]
            pub fn inplace<#u, #(#generics,)* #(#operands),*>(#(#params),*)
            where #(#kernel_bounds,)* #target: #krate::Target<#first>, #(#operand: #krate::Operand<#others>),*
            {
                #call.inplace()
            }
        }
    }

    /// `scalar` and `lanes`, which other kernels call.
    fn shared_methods(&self, item: &Item<'_>) -> TokenStream {
        let (krate, name, selector, generics) = (item.krate, &self.name, &self.selector, &self.generics);
        let (bounds, u) = (&self.bounds, lifetime());
        let types = self.input_types();
        let params = self.params(|i| {
            let ty = types[i];
            quote! { #ty }
        });
        let inputs: Vec<_> = self.inputs.iter().map(|(name, _)| name).collect();
        let uniforms: Vec<_> = self.uniforms.iter().map(|(name, _)| name).collect();
        let outputs = &self.outputs;
        let result = unpacked(outputs);
        let part = if outputs.len() == 1 {
            quote! { .0 }
        } else {
            quote! {}
        };
        let scalar = if item.role == Role::Kernel && generics.is_empty() {
            let twin = item.signatures[0].twin();
            let (output, block, inputs) = (&twin.sig.output, &twin.block, &twin.sig.inputs);
            let attrs = lint_attrs(&twin.attrs);
            quote! {
                /// The function exactly as written, for one element: plain Rust.
                #(#attrs)*
                pub fn scalar(#inputs) #output #block
            }
        } else if generics.is_empty() {
            let arguments = item.original.sig.inputs.iter().filter_map(argument);
            quote! {
                /// The function itself.
                #[inline]
                pub fn scalar<#u>(#(#params),*) -> #result { #name(#(#arguments),*) }
            }
        } else {
            quote! {
                /// The function exactly as written, for one element: plain Rust.
                #[inline]
                pub fn scalar<#u, #(#generics),*>(#(#params),*) -> #result
                where #(#bounds),*
                {
                    <#name as #krate::kernel::Kernel<#selector>>::scalar((#(#inputs,)*), (#(#uniforms,)*)) #part
                }
            }
        };
        let (s, simd, mask) = (own("S"), own("simd"), own("mask"));
        let lane_params = self.params(|i| {
            let ty = types[i];
            quote! { impl #krate::lanes::IntoLanes<#ty, #s> }
        });
        let vectors = outputs.iter().map(|ty| quote! { #krate::lanes::Vector<#ty, #s> });
        let vectors = unpacked(&vectors.collect::<Vec<_>>());
        quote! {
            #scalar

            /// The function on one gang of lanes, for those that are on.
            #[doc(hidden)]
            #[inline(always)]
            pub fn lanes<#u, #(#generics,)* #s: #krate::lanes::Simd>(
                #simd: #s, #mask: #krate::lanes::Mask<#s>, #(#lane_params),*
            ) -> #vectors
            where #(#bounds),*
            {
                <#name as #krate::kernel::Kernel<#selector>>::gang(
                    #simd,
                    #mask,
                    (#(#krate::lanes::IntoLanes::into_lanes(#inputs, #simd),)*),
                    (#(#uniforms,)*),
                ) #part
            }
        }
    }

    /// A device function stays a function of scalars.
    fn device_function(&self, item: &Item<'_>) -> TokenStream {
        let (vis, name, generics, bounds, u) =
            (&item.original.vis, &self.name, &self.generics, &self.bounds, lifetime());
        if generics.is_empty() {
            let twin = item.signatures[0].twin();
            return quote! { #twin };
        }
        let attrs = &item.original.attrs;
        let types = self.input_types();
        let params = self.params(|i| {
            let ty = types[i];
            quote! { #ty }
        });
        let result = unpacked(&self.outputs);
        let arguments = item.original.sig.inputs.iter().filter_map(argument);
        quote! {
            #(#attrs)*
            #vis fn #name<#u, #(#generics),*>(#(#params),*) -> #result
            where #(#bounds),*
            {
                #name::scalar(#(#arguments),*)
            }
        }
    }

    /// `_ = <base>::scalar::<f32>`: its bounds say that further signatures are of the shape that the kernel has.
    fn fits(&self, base: &syn::Path, signature: &Signature) -> TokenStream {
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
    fn kernel(&self, item: &Item<'_>, signature: &Signature) -> TokenStream {
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

/// A uniform parameter's type, borrowed for a named lifetime.
fn borrowed(ty: &syn::Type, lifetime: &syn::Lifetime) -> TokenStream {
    let mut ty = ty.clone();
    if let syn::Type::Reference(reference) = &mut ty {
        reference.lifetime = Some(lifetime.clone());
    }
    quote! { #ty }
}

/// The lifetime in bounds that hold for every borrow.
fn any() -> syn::Lifetime {
    syn::Lifetime::new("'any", Span::mixed_site())
}

/// The lifetime of borrowed uniform parameters.
fn lifetime() -> syn::Lifetime {
    syn::Lifetime::new("'u", Span::mixed_site())
}
