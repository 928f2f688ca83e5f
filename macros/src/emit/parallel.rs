//! Loops on several threads: a function for a part of the turns, and the call that combines the parts.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::code::operator;
use super::names::{Names, own};
use crate::ast::{Type, View};
use crate::core::{FoldKind, VarId};
use crate::lane::{Mask, ParallelLoop};

/// A parallel loop gives a thread at least so many turns at once where they are lanes.
const LANE_GRAIN: usize = 4096;

impl Names<'_> {
    pub(super) fn parallel_loop(&self, parallel: &ParallelLoop) -> TokenStream {
        let id = parallel.id;
        let span = self.var(parallel.from).span();
        let array = |name: &str| self.array(name, span);
        let (function, trait_, run) = (own(&format!("Part{id}")), array("ParallelLoop"), array("parallel"));
        let (simd, s, mask) = (self.simd(), own("S"), self.mask(Mask::Entry));
        let (simd_trait, mask_type) = (self.lanes("Simd", span), self.lanes("Mask", span));
        let (first, end, from, to) = (own("first"), own("end"), own("from"), own("to"));
        let (part_from, part_to) = (self.var(parallel.from), self.var(parallel.to));
        let captured: Vec<Ident> = parallel.captures.iter().map(|(var, _)| self.var(*var)).collect();
        let captured_types = parallel.captures.iter().map(|(_, ty)| self.captured_type(ty));
        let given = parallel.captures.iter().map(|(var, ty)| {
            let name = self.var(*var);
            match ty {
                Type::View(View { mutable: true, .. }) => quote! { #name.as_view() },
                _ => quote! { #name },
            }
        });
        let divided = array("Divided");
        let (mut write_types, mut write_names, mut views, mut writes) = (vec![], vec![], vec![], vec![]);
        for (k, (var, ty, axis, offset)) in parallel.writes.iter().enumerate() {
            let Type::View(View { element, rank, .. }) = ty else { unreachable!("arrays are written") };
            let (name, write) = (self.var(*var), own(&format!("write_{k}")));
            let offset = proc_macro2::Literal::i64_unsuffixed(*offset);
            write_types.push(quote! { #divided<'u, #element, #rank> });
            views.push(quote! { let #name = #write.view(); });
            writes.push(quote! { #divided::new(#name.reborrow(), #axis, (#first as isize).wrapping_add(#offset)) });
            write_names.push(write);
        }
        let (a, b) = (own("a"), own("b"));
        let (private, mut copies, mut copy_types) = (array("Private"), vec![], vec![]);
        let (mut shapes, mut shape_types, mut given_shapes, mut begin_copies, mut combine_copies, mut end_copies) =
            (vec![], vec![], vec![], vec![], vec![], vec![]);
        for (k, (var, ty, operation)) in parallel.privates.iter().enumerate() {
            let Type::View(View { element, rank, .. }) = ty else { unreachable!("arrays are written") };
            let (name, copy, shape) = (self.var(*var), own(&format!("copy_{k}")), own(&format!("shape_{k}")));
            let (operation, at) = (self.operation(*operation, span), syn::Index::from(parallel.folds.len() + k));
            shape_types.push(quote! { [usize; #rank] });
            given_shapes.push(quote! { ::core::array::from_fn(|axis| #name.extent(axis)) });
            begin_copies.push(quote! {
                let mut #copy = #private::<#element, #rank>::identities::<#operation>(#shape);
                let #name = #copy.view_mut();
            });
            copy_types.push(quote! { #private<#element, #rank> });
            combine_copies.push(quote! { #private::combined::<#operation>(#a.#at, #b.#at) });
            end_copies.push(quote! { #copy.add_to::<#operation>(&#name); });
            copies.push(copy);
            shapes.push(shape);
        }
        let folded: Vec<TokenStream> = parallel.folded.iter().map(Self::scalar_type).collect();
        let parts: Vec<Ident> = parallel.folds.iter().map(|fold| self.var(fold.part)).collect();
        let begin = parallel.folds.iter().zip(&folded).map(|(fold, ty)| {
            let (part, var) = (self.var(fold.part), self.var(fold.var));
            match fold.kind {
                FoldKind::Operation { operation, .. } => {
                    let (operation, combine) = (self.operation(operation, span), array("Operation"));
                    quote! { let mut #part: #ty = <#operation as #combine<#ty>>::identity(); }
                }
                FoldKind::Best { .. } | FoldKind::With(_) => quote! { let mut #part: #ty = #var; },
            }
        });
        let combined: Vec<TokenStream> = parallel
            .folds
            .iter()
            .enumerate()
            .map(|(k, fold)| {
                let k = syn::Index::from(k);
                let best = |best: VarId| {
                    let at = parallel.folds.iter().position(|fold| fold.part == best).expect("it is folded");
                    let FoldKind::Best { comparison, .. } = parallel.folds[at].kind else {
                        unreachable!("it is the best")
                    };
                    let (at, comparison) = (syn::Index::from(at), operator(comparison, span));
                    quote! { if #b.#at #comparison #a.#at { #b.#k } else { #a.#k } }
                };
                match fold.kind {
                    FoldKind::Operation { operation, .. } => {
                        let (operation, combine) = (self.operation(operation, span), array("Operation"));
                        quote! { <#operation as #combine<_>>::scalars(#a.#k, #b.#k) }
                    }
                    FoldKind::Best { .. } => best(fold.part),
                    FoldKind::With(of) => best(of),
                }
            })
            .collect();
        let (results, vars): (Vec<Ident>, Vec<Ident>) = parallel
            .folds
            .iter()
            .enumerate()
            .map(|(k, fold)| (own(&format!("folded_{k}")), self.var(fold.var)))
            .unzip();
        let ends = parallel.folds.iter().zip(&results).zip(&vars).map(|((fold, result), var)| match fold.kind {
            FoldKind::Operation { operation, .. } => {
                let (operation, combine) = (self.operation(operation, span), array("Operation"));
                quote! { #var = <#operation as #combine<_>>::scalars(#var, #result); }
            }
            FoldKind::Best { .. } | FoldKind::With(_) => quote! { #var = #result; },
        });
        let grain = if parallel.lanes { LANE_GRAIN } else { 1 };
        let (first_code, end_code) = (self.code(&parallel.first), self.code(&parallel.end));
        let steps = self.steps(&parallel.part);
        quote! {{
            enum #function {}
            impl #trait_ for #function {
                type Captures<'u> = (#(#captured_types,)* #(#shape_types,)* usize,);
                type Writes<'u> = (#(#write_types,)*);
                type Output = (#(#folded,)* #(#copy_types,)*);

                #[inline(always)]
                fn run<#s: #simd_trait>(
                    #simd: #s,
                    captures: Self::Captures<'_>,
                    writes: Self::Writes<'_>,
                    #from: usize,
                    #to: usize,
                ) -> Self::Output {
                    let #mask = #mask_type::full(#simd);
                    let (#(#captured,)* #(#shapes,)* #first,) = captures;
                    let (#(#write_names,)*) = writes;
                    #(#views)*
                    let #part_from = #first + #from;
                    let #part_to = #first + #to;
                    #(#begin)*
                    #(#begin_copies)*
                    #steps
                    (#(#parts,)* #(#copies,)*)
                }

                #[inline(always)]
                fn combine(#a: Self::Output, #b: Self::Output) -> Self::Output {
                    (#(#combined,)* #(#combine_copies,)*)
                }
            }
            let #first: usize = #first_code;
            let #end: usize = #end_code;
            let (#(#results,)* #(#copies,)*) = #run::<#function, #s>(
                #simd, (#(#given,)* #(#given_shapes,)* #first,), (#(#writes,)*), #end.saturating_sub(#first), #grain,
            );
            #(#ends)*
            #(#end_copies)*
        }}
    }

    fn captured_type(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::View(View { element, rank, .. }) => {
                let view = self.array("View", element.span());
                quote! { #view<'u, #element, #rank> }
            }
            ty => Self::scalar_type(ty),
        }
    }
}
