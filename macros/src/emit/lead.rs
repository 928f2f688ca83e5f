//! Turns that go first, alone in their gang, so that those after them begin at a cache line's border: a load or a store across a border
//! takes twice as long.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::folds::parts_of;
use super::names::{Names, own};
use crate::lane::{LaneLoop, Lead, Run};

impl Names<'_> {
    /// How many go first. Where what is written is larger than the caches, only stores decide.
    pub(super) fn begin_lead(&self, lanes: &LaneLoop) -> TokenStream {
        let (lead, s) = (own("lead"), self.gang());
        let simd = self.lanes("Simd", self.var(lanes.var).span());
        let method = own(if lanes.lead == (Lead::Moved { back: true }) { "lead_to_move" } else { "lead" });
        let of = |run: usize| {
            let run = self.run(lanes.id, run);
            quote! { #run.#method(<#s as #simd>::LANES) }
        };
        let used = most_used(&lanes.runs).filter(|_| lanes.lead != Lead::Never);
        let turns = match (used, lanes.runs.iter().position(|run| run.mutable)) {
            (None, _) => quote! { 0usize },
            (Some(used), Some(written)) if written != used => {
                let (array, used, written) = (self.var(lanes.runs[written].array), of(used), of(written));
                quote! { if #array.is_large() { #written } else { #used } }
            }
            (Some(used), _) => of(used),
        };
        quote! { let mut #lead = #turns; }
    }

    /// The lanes of those that go first, or of what is left at last.
    pub(super) fn lead_portion(&self, lanes: &LaneLoop) -> TokenStream {
        let span = self.var(lanes.var).span();
        let (lead, done, s) = (own("lead"), self.done(lanes.id), self.gang());
        let count = quote! { ::core::cmp::Ord::min(#done.left(), #lead) };
        if !matches!(lanes.lead, Lead::Moved { .. }) {
            let part = self.array("Part", span);
            return quote! { #part::new(#count) };
        }
        // The last lanes of their gang go first; what is left at last may have a whole gang, and skips none.
        let (within, simd) = (self.array("Within", span), self.lanes("Simd", span));
        quote! { #within::new(<#s as #simd>::LANES - #lead, #count) }
    }

    /// What is kept of how many go first, and how accumulators come back to their places after all turns.
    pub(super) fn move_back(&self, lanes: &LaneLoop) -> Option<(TokenStream, TokenStream)> {
        if lanes.lead != (Lead::Moved { back: true }) {
            return None;
        }
        let (lead, ahead) = (own("lead"), own("ahead"));
        let moved = self.array("moved", self.var(lanes.var).span());
        let chains: Vec<Ident> = lanes.folds.iter().flat_map(parts_of).map(|part| self.chains(part)).collect();
        let keep = quote! { let #ahead = #lead; };
        Some((keep, quote! { if #ahead != 0 { #(#chains = #moved(#chains, #ahead);)* } }))
    }
}

/// The run that most loads and stores go along with, in its own row or in others: a written one if there are several.
fn most_used(runs: &[Run]) -> Option<usize> {
    let alike = |run: &Run| {
        let uses: usize = runs.iter().filter(|other| other.along == run.along).map(|other| other.uses).sum();
        (uses, run.mutable)
    };
    // The first of those that are equal.
    (0..runs.len()).rev().max_by_key(|run| alike(&runs[*run]))
}
