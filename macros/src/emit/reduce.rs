//! The methods of kernels with two operands: `reduce` and its relatives, and what is known of the order of operands.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprUnary, FnArg, ItemFn, Lit, ReturnType, Type};

use super::item::{Api, Item};
use super::names::own;
use crate::attr::Identity;

/// Whether a kernel has two operands and one result, all of one type, at least in some of its signatures, and no uniform
/// parameters.
pub(crate) fn is_reducible(item: &ItemFn) -> bool {
    let mut inputs = Vec::new();
    for input in &item.sig.inputs {
        match input {
            FnArg::Typed(typed) if typed.attrs.is_empty() => inputs.push(&*typed.ty),
            _ => return false,
        }
    }
    let ReturnType::Type(_, output) = &item.sig.output else { return false };
    let is_generic = item.sig.generics.type_params().next().is_some();
    matches!(&inputs[..], [a, b] if a == b && (is_generic || **a == **output)) && matches!(&**output, Type::Path(_))
}

/// The methods, on the kernel's type.
pub(super) fn methods(api: &Api, item: &Item<'_>) -> TokenStream {
    if api.inputs.len() != 2 || api.outputs.len() != 1 || !api.uniforms.is_empty() {
        return TokenStream::new();
    }
    let outer = outer(api, item);
    if !is_reducible(item.original) {
        return outer;
    }
    let reductions = reductions(api, item);
    let others = others(api, item);
    quote! { #reductions #others #outer }
}

/// The bounds on type parameters: with them, all types of a signature are the same.
fn bounds(api: &Api, item: &Item<'_>) -> Vec<TokenStream> {
    let (krate, name, selector, ty) = (item.krate, &api.name, &api.selector, &api.inputs[0].1);
    if ty.to_string() == api.outputs[0].to_string() {
        return api.bounds.clone();
    }
    let elements = api.generics.iter().map(|t| quote! { #t: #krate::lanes::Element });
    elements.chain([quote! { #name: #krate::reduction::Reduce<#selector, #ty> }]).collect()
}

/// `reduce`, `reduce_all`, `reduction`.
fn reductions(api: &Api, item: &Item<'_>) -> TokenStream {
    let (krate, name, selector, generics) = (item.krate, &api.name, &api.selector, &api.generics);
    let (ty, bounds, a) = (&api.inputs[0].1, bounds(api, item), own("A0"));
    let parallel = item.parallel.then(|| quote! { .parallel(true) });
    let reduction = quote! { #krate::Reduction::<#name, #selector, #ty, #a>::new(a) };
    let one = quote! { #krate::reduction::Reduced<#ty, #a, #krate::reduction::OneAxis> };
    let has_axes = quote! { #a: #krate::Operand<#ty, Kind: #krate::reduction::AxisKind> };
    quote! {
        /// Combines all elements along an axis: NumPy's `ufunc.reduce`. The result has one axis less.
        #[track_caller]
        pub fn reduce<#(#generics,)* #a>(a: #a, axis: impl #krate::AxisIndex) -> #one
        where #(#bounds,)* #has_axes
        {
            #reduction.axis(axis) #parallel .eval()
        }

        /// Combines all elements to a single value.
        #[track_caller]
        pub fn reduce_all<#(#generics,)* #a>(a: #a) -> #ty
        where #(#bounds,)* #a: #krate::Operand<#ty>
        {
            #reduction #parallel .eval()
        }

        /// `reduce` into an existing array or value.
        #[track_caller]
        pub fn reduce_into<#(#generics,)* #a>(a: #a, axis: impl #krate::AxisIndex, out: impl #krate::Target<#ty>)
        where #(#bounds,)* #has_axes
        {
            #reduction.axis(axis) #parallel .into(out)
        }

        /// `reduce` on rayon's current pool; the result is the same.
        #[track_caller]
        pub fn par_reduce<#(#generics,)* #a>(a: #a, axis: impl #krate::AxisIndex) -> #one
        where #(#bounds,)* #has_axes
        {
            #reduction.axis(axis).parallel(true).eval()
        }

        /// `reduce_all` on rayon's current pool; the result is the same.
        #[track_caller]
        pub fn par_reduce_all<#(#generics,)* #a>(a: #a) -> #ty
        where #(#bounds,)* #a: #krate::Operand<#ty>
        {
            #reduction.parallel(true).eval()
        }

        /// A reduction with options: `axis`, `axes`, `keepdims`, `initial`, `mask`, `parallel`; then `eval`, `into` or their
        /// `try_` forms. Without axes, all are reduced.
        pub fn reduction<#(#generics,)* #a>(a: #a) -> #krate::Reduction<#name, #selector, #ty, #a>
        where #(#bounds,)* #a: #krate::Operand<#ty>
        {
            #reduction #parallel
        }
    }
}

/// `accumulate`, `reduceat`, `at`, and their forms that return errors.
fn others(api: &Api, item: &Item<'_>) -> TokenStream {
    let (krate, name, selector, generics) = (item.krate, &api.name, &api.selector, &api.generics);
    let (ty, bounds, a) = (&api.inputs[0].1, bounds(api, item), own("A0"));
    let same = quote! { <<#a as #krate::Operand<#ty>>::Kind as #krate::operand::Kind>::Array<#ty> };
    let operand = quote! { #(#bounds,)* #a: #krate::Operand<#ty> };
    let axis = quote! { #krate::AxisIndex::index(axis) };
    quote! {
        /// The results of all elements up to each one along an axis: NumPy's `ufunc.accumulate`.
        #[track_caller]
        pub fn accumulate<#(#generics,)* #a>(a: #a, axis: impl #krate::AxisIndex) -> #same
        where #operand
        {
            #krate::Error::unwrap(Self::try_accumulate(a, axis))
        }

        /// `accumulate` that returns an error where there is no such axis.
        pub fn try_accumulate<#(#generics,)* #a>(a: #a, axis: impl #krate::AxisIndex)
            -> ::core::result::Result<#same, #krate::Error>
        where #operand
        {
            #krate::reduction::try_accumulate::<#name, #selector, #ty, #a>(a, #axis, ::core::option::Option::None)
        }

        /// `accumulate` into an existing array or slice of the operand's shape.
        #[track_caller]
        pub fn accumulate_into<#(#generics,)* #a>(a: #a, axis: impl #krate::AxisIndex, out: impl #krate::Target<#ty>)
        where #operand
        {
            #krate::Error::unwrap(
                #krate::reduction::try_accumulate_into::<#name, #selector, #ty, #a, _>(a, #axis, out)
            )
        }

        /// Reductions of segments along an axis, each from one index to the next: NumPy's `ufunc.reduceat`. Where the next
        /// index is no larger, the segment is one element; the last segment goes to the end.
        #[track_caller]
        pub fn reduceat<#(#generics,)* #a>(
            a: #a, indices: impl #krate::Operand<usize>, axis: impl #krate::AxisIndex
        ) -> #same
        where #operand
        {
            #krate::Error::unwrap(Self::try_reduceat(a, indices, axis))
        }

        /// `reduceat` that returns an error where there is no such axis, or an index is beyond its end.
        pub fn try_reduceat<#(#generics,)* #a>(
            a: #a, indices: impl #krate::Operand<usize>, axis: impl #krate::AxisIndex
        ) -> ::core::result::Result<#same, #krate::Error>
        where #operand
        {
            #krate::reduction::try_reduceat::<#name, #selector, #ty, #a, _>(a, indices, #axis, ::core::option::Option::None)
        }

        /// `reduceat` into an existing array or slice of the result's shape.
        #[track_caller]
        pub fn reduceat_into<#(#generics,)* #a>(
            a: #a, indices: impl #krate::Operand<usize>, axis: impl #krate::AxisIndex, out: impl #krate::Target<#ty>
        )
        where #operand
        {
            #krate::Error::unwrap(
                #krate::reduction::try_reduceat_into::<#name, #selector, #ty, #a, _, _>(a, indices, #axis, out)
            )
        }

        /// Combines elements of the target, which indices along its first axis name, with those of `b`, in place and one after
        /// the other: NumPy's `ufunc.at`. An element that is named twice is combined twice.
        #[track_caller]
        pub fn at<#(#generics,)* #a>(target: #a, indices: impl #krate::Operand<usize>, b: impl #krate::Operand<#ty>)
        where #(#bounds,)* #a: #krate::Target<#ty>
        {
            #krate::Error::unwrap(Self::try_at(target, indices, b))
        }

        /// `at` that returns an error where an index is beyond the end or `b` does not broadcast.
        pub fn try_at<#(#generics,)* #a>(
            target: #a, indices: impl #krate::Operand<usize>, b: impl #krate::Operand<#ty>
        ) -> ::core::result::Result<(), #krate::Error>
        where #(#bounds,)* #a: #krate::Target<#ty>
        {
            #krate::reduction::try_at::<#name, #selector, #ty, #a, _, _>(
                target, indices, b, ::core::option::Option::None
            )
        }
    }
}

fn outer(api: &Api, item: &Item<'_>) -> TokenStream {
    let (krate, name, selector, generics) = (item.krate, &api.name, &api.selector, &api.generics);
    let (t, u, r) = (&api.inputs[0].1, &api.inputs[1].1, &api.outputs[0]);
    let (bounds, a, b, parallel) = (&api.bounds, own("A0"), own("A1"), item.parallel);
    quote! {
        /// The kernel for each element of `a` with each of `b`: NumPy's `ufunc.outer`. The result has all axes of `a`, then
        /// all of `b`.
        #[track_caller]
        pub fn outer<#(#generics,)* #a, #b>(a: #a, b: #b) -> #krate::reduction::Product<#r, #t, #u, #a, #b>
        where
            #(#bounds,)*
            #b: #krate::Operand<#u>,
            #a: #krate::Operand<#t, Kind: #krate::reduction::Outer<<#b as #krate::Operand<#u>>::Kind>>,
        {
            #krate::Error::unwrap(
                #krate::reduction::try_outer::<#name, #selector, #t, #u, #r, #a, #b>(a, b, #parallel)
            )
        }

        /// `outer` into an existing array of the result's shape.
        #[track_caller]
        pub fn outer_into<#(#generics,)* #a, #b>(a: #a, b: #b, out: impl #krate::Target<#r>)
        where
            #(#bounds,)*
            #a: #krate::Operand<#t>,
            #b: #krate::Operand<#u>,
        {
            #krate::Error::unwrap(
                #krate::reduction::try_outer_into::<#name, #selector, #t, #u, #r, #a, #b, _>(a, b, out, #parallel)
            )
        }
    }
}

/// What the kernel of one signature says about the order of its operands.
pub(super) fn order(identity: &Identity, item: &Item<'_>, types: &[syn::Ident], output: &TokenStream) -> TokenStream {
    let Some(mut value) = identity.value.clone() else {
        return quote! { const REORDERABLE: bool = true; };
    };
    Types(item.generics, types).visit_expr_mut(&mut value);
    let value = of_type(&value, &output.to_string());
    quote! {
        const REORDERABLE: bool = true;
        #[inline]
        fn identity() -> ::core::option::Option<Self::Outputs> {
            ::core::option::Option::Some((#value,))
        }
    }
}

/// An integer as a float or a bool, where it is to be one.
fn of_type(value: &Expr, ty: &str) -> TokenStream {
    match value {
        Expr::Unary(ExprUnary { op, expr, .. }) => {
            let expr = of_type(expr, ty);
            quote! { #op #expr }
        }
        Expr::Lit(syn::ExprLit { lit: Lit::Int(number), .. }) if number.suffix().is_empty() => {
            match (ty, number.base10_digits()) {
                ("bool", "0") => quote! { false },
                ("bool", "1") => quote! { true },
                ("f32" | "f64", digits) => {
                    let mut float = syn::LitFloat::new(&format!("{digits}.0"), number.span());
                    float.set_span(number.span());
                    quote! { #float }
                }
                _ => quote! { #number },
            }
        }
        value => value.to_token_stream(),
    }
}

/// Puts a signature's types in the places of the type parameters.
struct Types<'a>(&'a [syn::Ident], &'a [syn::Ident]);

impl VisitMut for Types<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if let Some(first) = path.segments.first_mut()
            && let Some(at) = self.0.iter().position(|name| *name == first.ident)
        {
            first.ident = syn::Ident::new(&self.1[at].to_string(), first.ident.span());
        }
        visit_mut::visit_path_mut(self, path);
    }
}
