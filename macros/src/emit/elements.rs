//! What is written to arrays.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::code::operator;
use super::names::{Names, hidden, own};
use crate::ast::BinaryOp;
use crate::core::VarId;
use crate::lane::{Code, Mask, StorePlace};

impl Names<'_> {
    pub(super) fn store_elements(
        &self,
        array: VarId,
        place: &StorePlace,
        mask: Option<Mask>,
        value: &Code,
    ) -> TokenStream {
        let span = hidden(value.span);
        let (array, value) = (self.var(array), self.code(value));
        let mask = mask.map(|mask| self.mask(mask));
        let all = |index: &[Code]| index.iter().map(|index| self.code(index)).collect::<Vec<_>>();
        match place {
            StorePlace::At(index) => {
                let index = all(index);
                quote_spanned! { span => #array.set([#(#index),*], #value); }
            }
            StorePlace::Plane(index) => {
                let index = all(index);
                quote_spanned! { span => #array.set_lanes([#(#index),*], #mask, #value); }
            }
            StorePlace::Run { id, run } => {
                let (run, done, portion) = (self.run(*id, *run), self.done(*id), self.portion(*id));
                match mask {
                    Some(mask) => quote_spanned! { span => #run.store(#done, #portion, #mask, #value); },
                    None => quote_spanned! { span => #run.store_all(#done, #portion, #value); },
                }
            }
            StorePlace::Along { index, axis } => {
                let index = all(index);
                quote_spanned! { span => #array.store([#(#index),*], #axis, #mask, #value); }
            }
            StorePlace::Scatter(index) => {
                let index = all(index);
                quote_spanned! { span => #array.scatter(#mask, [#(#index.cast::<u64>()),*], #value); }
            }
        }
    }

    pub(super) fn update(
        &self,
        array: VarId,
        index: &[Code],
        (op, wrapping): (BinaryOp, Option<&'static str>),
        mask: Mask,
        value: &Code,
    ) -> TokenStream {
        let span = hidden(value.span);
        let (array, value, mask) = (self.var(array), self.code(value), self.mask(mask));
        let (new, left, lane, place) = (own("new"), own("left"), own("lane"), own("place"));
        let indices: Vec<Ident> = (0..index.len()).map(|k| own(&format!("index_{k}"))).collect();
        let codes = index.iter().map(|index| self.code(index));
        let (as_usize, extract) = (self.lanes("Index", span), self.lanes("Extract", span));
        let old = quote! { #array.get(#place) };
        let value_of = quote! { #extract::extract_lane(#new, #lane) };
        let combined = match wrapping {
            Some(function) => {
                let function = self.lanes(function, span);
                quote_spanned! { span => #function(#old, #value_of) }
            }
            None => {
                let op = operator(op, span);
                quote_spanned! { span => (#old #op #value_of) }
            }
        };
        quote_spanned! { span => {
            #(let #indices = #codes;)*
            let #new = #value;
            let mut #left = #mask.bits();
            while #left != 0 {
                let #lane = #left.trailing_zeros() as usize;
                #left &= #left - 1;
                let #place = [#(#as_usize::as_usize(#extract::extract_lane(#indices, #lane))),*];
                #array.set(#place, #combined);
            }
        }}
    }
}
