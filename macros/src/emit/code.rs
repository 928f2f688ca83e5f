//! Values.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::names::{Names, hidden, own};
use crate::ast::{BinaryOp, LogicOp, UnaryOp};
use crate::lane::{Code, CodeKind};

impl Names<'_> {
    pub(super) fn code(&self, code: &Code) -> TokenStream {
        let span = hidden(code.span);
        match &code.kind {
            CodeKind::Tokens(tokens) => tokens.clone(),
            CodeKind::Var(var) => {
                // Where it is used, and not where it is declared.
                let mut name = self.var(*var);
                name.set_span(span);
                quote! { #name }
            }
            CodeKind::Narrow(var) => {
                let name = self.narrow(*var);
                quote! { #name }
            }
            CodeKind::Splat(a) => {
                let (vector, simd, a) = (self.lanes("Vector", span), self.simd(), self.code(a));
                quote_spanned! { span => #vector::splat(#simd, #a) }
            }
            CodeKind::SplatHeld(a) => {
                let (vector, simd, a) = (self.lanes("Vector", span), self.simd(), self.code(a));
                quote_spanned! { span => #vector::splat_held(#simd, #a) }
            }
            CodeKind::Spread(a) => {
                let (spread, simd, a) = (self.lanes("Spread", span), self.simd(), self.code(a));
                quote_spanned! { span => #spread::spread(#a, #simd) }
            }
            CodeKind::First(a) => {
                let (extract, a) = (self.lanes("Extract", span), self.code(a));
                quote_spanned! { span => #extract::extract_lane(#a, 0) }
            }
            CodeKind::FirstOf(mask, a) => {
                let (extract, a, mask) = (self.lanes("Extract", span), self.code(a), self.mask(*mask));
                quote_spanned! { span => #extract::extract_lane(#a, #mask.first().unwrap_or(0)) }
            }
            CodeKind::Unary(op, a) => {
                let a = self.code(a);
                match op {
                    UnaryOp::Neg => quote_spanned! { span => (-#a) },
                    UnaryOp::Not => quote_spanned! { span => (!#a) },
                }
            }
            CodeKind::Binary(op, a, b) => {
                let (a, op, b) = (self.code(a), operator(*op, span), self.code(b));
                quote_spanned! { span => (#a #op #b) }
            }
            CodeKind::Wrapping(name, operands) => {
                let (function, operands) = (self.lanes(name, span), operands.iter().map(|operand| self.code(operand)));
                quote_spanned! { span => #function(#(#operands),*) }
            }
            CodeKind::Logic(op, a, b) => {
                let (a, b) = (self.code(a), self.code(b));
                match op {
                    LogicOp::And => quote_spanned! { span => (#a && #b) },
                    LogicOp::Or => quote_spanned! { span => (#a || #b) },
                }
            }
            CodeKind::Compare(op, a, b) => {
                let (a, method, b) = (self.code(a), Ident::new(comparison(*op), span), self.code(b));
                quote_spanned! { span => #a.#method(#b) }
            }
            CodeKind::ShiftUniform(op, a, b) => {
                let method = if *op == BinaryOp::Shl { "shl_uniform" } else { "shr_uniform" };
                let (a, method, b) = (self.code(a), Ident::new(method, span), self.code(b));
                quote_spanned! { span => #a.#method((#b) as u32) }
            }
            CodeKind::Contracted(a, b, c) => {
                let (a, b, c) = (self.code(a), self.code(b), self.code(c));
                quote_spanned! { span => #a.contracted(#b, #c) }
            }
            CodeKind::Divide(op, mask, a, b) => {
                let method = if *op == BinaryOp::Div { "div_active" } else { "rem_active" };
                let (a, method, mask, b) = (self.code(a), Ident::new(method, span), self.mask(*mask), self.code(b));
                quote_spanned! { span => #a.#method(#mask, #b) }
            }
            CodeKind::Cast(a, ty) => {
                let (a, ty) = (self.code(a), Self::scalar_type(ty));
                quote_spanned! { span => ((#a) as #ty) }
            }
            CodeKind::LaneCast(a, ty) => {
                let (a, ty) = (self.code(a), Self::scalar_type(ty));
                quote_spanned! { span => #a.cast::<#ty>() }
            }
            CodeKind::Method { receiver, name, mask, args } => {
                let receiver = self.code(receiver);
                let args = args.iter().map(|arg| self.code(arg));
                match mask {
                    Some(mask) => {
                        let (name, mask) = (format_ident!("{name}_active", span = name.span()), self.mask(*mask));
                        quote_spanned! { span => #receiver.#name(#mask #(, #args)*) }
                    }
                    None => quote_spanned! { span => #receiver.#name(#(#args),*) },
                }
            }
            CodeKind::Within4(a) => {
                let a = self.code(a);
                quote_spanned! { span => #a.within_4_ulp() }
            }
            CodeKind::Typed(ty, a) => {
                let (typed, ty, a) = (self.lanes("typed", span), Self::scalar_type(ty), self.code(a));
                quote_spanned! { span => #typed::<#ty, _>(#a) }
            }
            CodeKind::TypeMethod { ty, name, args } => {
                let ty = Self::scalar_type(ty);
                let args = args.iter().map(|arg| self.code(arg));
                quote_spanned! { span => #ty::#name(#(#args),*) }
            }
            CodeKind::FromBits(ty, a) => {
                let (vector, ty, a) = (self.lanes("Vector", span), Self::scalar_type(ty), self.code(a));
                quote_spanned! { span => #vector::<#ty, _>::from_bits(#a) }
            }
            CodeKind::Call { path, mask, args } => {
                let (simd, mask) = (self.simd(), self.mask(*mask));
                let args = args.iter().map(|arg| self.code(arg));
                quote_spanned! { span => <#path>::lanes(#simd, #mask #(, #args)*) }
            }
            CodeKind::Gather { table, index, narrow, mask } => {
                let gather = self.lanes(if *narrow { "gather_as_usize" } else { "gather_slice" }, span);
                let (table, index, mask) = (self.code(table), self.code(index), self.mask(*mask));
                quote_spanned! { span => #gather(&#table[..], #mask, #index) }
            }
            CodeKind::TableGet { table, index, narrow, mask } => {
                let get = self.lanes(if *narrow { "table_get_as_usize" } else { "table_get" }, span);
                let (table, index, mask) = (self.code(table), self.code(index), self.mask(*mask));
                quote_spanned! { span => #get(&#table[..], #mask, #index) }
            }
            CodeKind::ArrayGet { array, index, narrow, mask } => {
                let get = self.lanes(if *narrow { "array_get_as_usize" } else { "array_get" }, span);
                let (array, index, mask) = (self.code(array), self.code(index), self.mask(*mask));
                quote_spanned! { span => #get(&#array, #mask, #index) }
            }
            CodeKind::Index(a, index) => {
                let (a, index) = (self.code(a), self.code(index));
                quote_spanned! { span => #a[#index] }
            }
            CodeKind::Get { array, index } => {
                let (array, index) = (self.var(*array), index.iter().map(|index| self.code(index)));
                quote_spanned! { span => #array.get([#(#index),*]) }
            }
            CodeKind::Plane { array, index } => {
                let (array, simd, index) = (self.var(*array), self.simd(), index.iter().map(|index| self.code(index)));
                quote_spanned! { span => #array.lanes_at(#simd, [#(#index),*]) }
            }
            CodeKind::Extent { array, axis } => {
                let array = self.var(*array);
                match axis {
                    Some(axis) => quote_spanned! { span => #array.extent(#axis) },
                    None => quote_spanned! { span => #array.len() },
                }
            }
            CodeKind::LoadRun { id, run } => {
                let (run, simd) = (self.run(*id, *run), self.simd());
                let (done, portion) = (self.done(*id), self.portion(*id));
                quote_spanned! { span => #run.load(#simd, #done, #portion) }
            }
            CodeKind::LoadAlong { array, index, axis, mask } => {
                let (array, simd, mask) = (self.var(*array), self.simd(), self.mask(*mask));
                let index = index.iter().map(|index| self.code(index));
                quote_spanned! { span => #array.load(#simd, [#(#index),*], #axis, #mask) }
            }
            CodeKind::GatherElements { array, index, mask } => {
                let (array, mask) = (self.var(*array), self.mask(*mask));
                let index = index.iter().map(|index| self.code(index));
                quote_spanned! { span => #array.gather(#mask, [#(#index.cast::<u64>()),*]) }
            }
            CodeKind::GatherBy { array, index, narrow, mask } => {
                let (array, mask, index) = (self.var(*array), self.mask(*mask), self.code(index));
                let gather = Ident::new(if *narrow { "gather_as_usize" } else { "gather_by" }, span);
                quote_spanned! { span => #array.#gather(#mask, #index) }
            }
            CodeKind::Field(a, field) => {
                let (a, field) = (self.code(a), syn::Index { index: *field, span });
                quote_spanned! { span => #a.#field }
            }
            CodeKind::Tuple(parts) => {
                let parts = parts.iter().map(|part| self.code(part));
                quote_spanned! { span => (#(#parts,)*) }
            }
            CodeKind::Array(parts) => {
                let parts = parts.iter().map(|part| self.code(part));
                quote_spanned! { span => [#(#parts),*] }
            }
            CodeKind::Repeat(a, len) => {
                let a = self.code(a);
                quote_spanned! { span => [#a; #len] }
            }
            CodeKind::Reference(a) => {
                let a = self.code(a);
                quote_spanned! { span => &#a }
            }
            CodeKind::If(c, a, b) => {
                let (c, a, b) = (self.code(c), self.code(a), self.code(b));
                quote_spanned! { span => (if #c { #a } else { #b }) }
            }
            CodeKind::Select(c, a, b) => {
                let blend = self.lanes("Blend", span);
                let (c, a, b) = (self.code(c), self.code(a), self.code(b));
                quote_spanned! { span => #blend::blend(#c, #a, #b) }
            }
            CodeKind::Guarded { op, left, outer, inner, right } => {
                let (known, outer, inner) = (own("known"), self.mask(*outer), self.mask(*inner));
                let (left, right) = (self.code(left), self.code(right));
                // The lanes that `left` leaves undecided: `outer & left` for `&&`, `outer & !left` for `||`.
                let (narrowed, joined) = match op {
                    LogicOp::And => (quote! { #outer & #known }, quote! { #known & #right }),
                    LogicOp::Or => (quote! { #outer.and_not(#known) }, quote! { #known | #right }),
                };
                quote_spanned! { span => {
                    let #known = #left;
                    let #inner = #narrowed;
                    if #inner.any() { #joined } else { #known }
                }}
            }
        }
    }
}

pub(super) fn operator(op: BinaryOp, span: proc_macro2::Span) -> TokenStream {
    match op {
        BinaryOp::Add => quote_spanned! { span => + },
        BinaryOp::Sub => quote_spanned! { span => - },
        BinaryOp::Mul => quote_spanned! { span => * },
        BinaryOp::Div => quote_spanned! { span => / },
        BinaryOp::Rem => quote_spanned! { span => % },
        BinaryOp::And => quote_spanned! { span => & },
        BinaryOp::Or => quote_spanned! { span => | },
        BinaryOp::Xor => quote_spanned! { span => ^ },
        BinaryOp::Shl => quote_spanned! { span => << },
        BinaryOp::Shr => quote_spanned! { span => >> },
        BinaryOp::Eq => quote_spanned! { span => == },
        BinaryOp::Ne => quote_spanned! { span => != },
        BinaryOp::Lt => quote_spanned! { span => < },
        BinaryOp::Le => quote_spanned! { span => <= },
        BinaryOp::Gt => quote_spanned! { span => > },
        BinaryOp::Ge => quote_spanned! { span => >= },
    }
}

fn comparison(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Eq => "lanes_eq",
        BinaryOp::Ne => "lanes_ne",
        BinaryOp::Lt => "lanes_lt",
        BinaryOp::Le => "lanes_le",
        BinaryOp::Gt => "lanes_gt",
        _ => "lanes_ge",
    }
}
