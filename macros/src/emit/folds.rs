//! What turns combine: accumulators before a loop, and what they come to after it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote_spanned};

use super::names::{Names, hidden};
use crate::ast::BinaryOp;
use crate::core::{Fold, FoldKind, Operation, VarId};

impl Names<'_> {
    /// The accumulators of a loop.
    pub(super) fn chains(&self, part: VarId) -> Ident {
        format_ident!("chains_{}", self.var(part))
    }

    /// A loop's accumulators before its first turn.
    pub(super) fn begin_chains(&self, fold: &Fold) -> TokenStream {
        let (chains, var, simd, span) = (self.chains(fold.part), self.var(fold.var), self.simd(), hidden(fold.span));
        let same = self.array("same", span);
        match fold.kind {
            FoldKind::Operation { operation, .. } => {
                let (identities, operation) = (self.array("identities", span), self.operation(operation, span));
                quote_spanned! { span => let mut #chains = #identities::<#operation, _, _>(#simd); }
            }
            FoldKind::Best { when, .. } => {
                let when = when.map(|when| {
                    let when = self.chains(when);
                    quote_spanned! { span => let mut #when = #same(#simd, 0u64); }
                });
                quote_spanned! { span => let mut #chains = #same(#simd, #var); #when }
            }
            FoldKind::With(_) => quote_spanned! { span => let mut #chains = #same(#simd, #var); },
        }
    }

    /// What a loop's accumulators come to.
    pub(super) fn end_chains(&self, fold: &Fold) -> TokenStream {
        let (chains, var, span) = (self.chains(fold.part), self.var(fold.var), hidden(fold.span));
        let (pick, winner) = (self.array("pick", span), |best| format_ident!("winner_{}", self.var(best)));
        match fold.kind {
            FoldKind::Operation { operation, exact, .. } => {
                let fold = self.array(if exact { "fold_exact" } else { "fold" }, span);
                let (operation, combine) = (self.operation(operation, span), self.array("Operation", span));
                quote_spanned! { span =>
                    #var = <#operation as #combine<_>>::scalars(#var, #fold::<#operation, _, _>(#chains));
                }
            }
            FoldKind::Best { comparison, when } => {
                let (best, winner) = (self.array("best", span), winner(fold.part));
                let comparison = self.array(better(comparison), span);
                let when = self.chains(when.expect("lanes note the turn"));
                quote_spanned! { span =>
                    let #winner = #best::<#comparison, _, _>(#chains, #when);
                    #var = #pick(#chains, #winner);
                }
            }
            FoldKind::With(best) => {
                let winner = winner(best);
                quote_spanned! { span => #var = #pick(#chains, #winner); }
            }
        }
    }

    pub(super) fn operation(&self, operation: Operation, span: proc_macro2::Span) -> TokenStream {
        let name = match operation {
            Operation::Sum => "Sum",
            Operation::Product => "Product",
            Operation::Least => "Least",
            Operation::Greatest => "Greatest",
            Operation::LeastNumber => "LeastNumber",
            Operation::GreatestNumber => "GreatestNumber",
            Operation::And => "And",
            Operation::Or => "Or",
            Operation::Xor => "Xor",
        };
        self.array(name, span)
    }
}

/// The variables that a fold's accumulators are for.
pub(super) fn parts_of(fold: &Fold) -> Vec<VarId> {
    match fold.kind {
        FoldKind::Best { when: Some(when), .. } => vec![fold.part, when],
        _ => vec![fold.part],
    }
}

fn better(comparison: BinaryOp) -> &'static str {
    match comparison {
        BinaryOp::Lt => "Less",
        BinaryOp::Le => "LessEqual",
        BinaryOp::Gt => "Greater",
        _ => "GreaterEqual",
    }
}
