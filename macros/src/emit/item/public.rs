//! What users call: the function itself, and the methods of the type that has its name.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::api::{Api, lifetime};
use super::{Item, argument, lint_attrs, unpacked};
use crate::emit::names::own;
use crate::emit::twin;
use crate::explain;
use crate::parse::Role;

impl Api {
    pub(super) fn kernel_function(&self, item: &Item<'_>) -> TokenStream {
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

    pub(super) fn kernel_methods(&self, item: &Item<'_>) -> TokenStream {
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
        let explain = self.explain(item);
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

    pub(super) fn explain(&self, item: &Item<'_>) -> TokenStream {
        let lines = item.signatures.iter().map(|signature| {
            (&signature.types[..], signature.lanes.as_ref().map_or(&[][..], |lanes| &lanes.explanation))
        });
        twin::explain(item.krate, &self.name.to_string(), &explain::versions(item.generics, lines))
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
    pub(super) fn shared_methods(&self, item: &Item<'_>) -> TokenStream {
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
    pub(super) fn device_function(&self, item: &Item<'_>) -> TokenStream {
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
}
