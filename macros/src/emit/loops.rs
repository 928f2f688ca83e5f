//! Loops over arrays whose turns are lanes.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::folds::parts_of;
use super::names::{Names, hidden, own};
use crate::core::{Fold, LoopId, VarId};
use crate::lane::{Code, Gang, LaneLoop, Lead, Mask, Step};

impl Names<'_> {
    /// What was looked up before a loop.
    pub(super) fn run(&self, id: LoopId, run: usize) -> Ident {
        own(&format!("run_{id}_{run}"))
    }

    /// The turns that a loop has done.
    pub(super) fn done(&self, id: LoopId) -> Ident {
        own(&format!("done_{id}"))
    }

    /// How many of a gang's lanes have turns.
    pub(super) fn portion(&self, id: LoopId) -> Ident {
        own(&format!("portion_{id}"))
    }

    pub(super) fn lane_loop(&self, lanes: &LaneLoop) -> TokenStream {
        if self.gang != lanes.gang {
            let names = self.with_gang(lanes.gang);
            let (simd, gang, several) =
                (self.simd(), names.gang(), self.array("several", proc_macro2::Span::mixed_site()));
            let lanes = names.lane_loop(lanes);
            return quote! {{
                let #simd: #gang = #several(#simd);
                #lanes
            }};
        }
        let id = lanes.id;
        let (from, turns, done) = (own(&format!("from_{id}")), own(&format!("turns_{id}")), self.done(id));
        let (chain, s) = (own(&format!("chain_{id}")), self.gang());
        let span = self.var(lanes.var).span();
        let (part, whole) = (self.array("Part", span), self.array("Whole", span));
        let simd_trait = self.lanes("Simd", span);
        let (chains, accumulators) = (self.array("chains", span), self.array("ACCUMULATORS", span));
        let (none, count) = (self.array("Done", span), turns.clone());
        let turns = own(&format!("turned_{id}"));
        let start = self.start(lanes);
        let begin = lanes.folds.iter().filter(|fold| !fold.lifted).map(|fold| self.begin_chains(fold));
        let end = lanes.folds.iter().filter(|fold| !fold.lifted).map(|fold| self.end_chains(fold));
        let portion = self.portion(id);
        let direct = self.turn_of_lanes(lanes, &lanes.direct);
        let (left, gangs) = (own(&format!("left_{id}")), self.gangs_label(id));
        let leave = lanes.exit.as_ref().map(|_| quote! { if #left { break #gangs; } });
        let advance = quote! { #leave #done.advance(<#s as #simd_trait>::LANES); };
        let whole_gangs = if lanes.folds.is_empty() {
            quote! {
                while #done.left() >= <#s as #simd_trait>::LANES {
                    let #portion = #whole;
                    #direct
                    #advance
                }
            }
        } else {
            quote! {
                while #done.left() >= #accumulators {
                    for #chain in 0..#chains::<#s>() {
                        let #portion = #whole;
                        #direct
                        #advance
                    }
                }
            }
        };
        // One chain after the other takes the place of the first, so that none is looked up by a number that varies.
        let turn_chains: TokenStream = lanes
            .folds
            .iter()
            .flat_map(parts_of)
            .map(|part| {
                let (chains, turned) = (self.chains(part), self.array("turned", span));
                quote! { #chains = #turned(#chains); }
            })
            .collect();
        let next = |steps: &TokenStream| match lanes.folds.is_empty() {
            true => TokenStream::new(),
            false => quote! { #steps #turns = (#turns + 1) % #chains::<#s>(); },
        };
        let turn_on = next(&turn_chains);
        let begin_turns = (!lanes.folds.is_empty()).then(|| quote! { let mut #turns = 0usize; });
        let turn_back = (!lanes.folds.is_empty()).then(|| quote! { while #turns != 0 { #turn_on } });
        let checked = |turn: &TokenStream| {
            // One turn after the other, where those after the last may not be looked at.
            let most = if lanes.exit.is_some() {
                quote! { 1usize }
            } else {
                quote! { <#s as #simd_trait>::LANES }
            };
            quote! {
                let #chain = 0usize;
                #begin_turns
                while #done.left() > 0 {
                    let #portion = #part::new(::core::cmp::Ord::min(#done.left(), #most));
                    #turn
                    #leave
                    #done.advance(#most);
                    #turn_on
                }
                #turn_back
            }
        };
        let (lead, portion_trait) = (own("lead"), self.array("Portion", span));
        let (begin_lead, lead_portion) = (self.begin_lead(lanes), self.lead_portion(lanes));
        // Those that went first have joined what is now the last chain: the next gang joins the first.
        let begin_anew = matches!(lanes.lead, Lead::Moved { .. })
            .then(|| quote! { if #lead < <#s as #simd_trait>::LANES { #turns = 0; } });
        let (ahead, move_back) = self.move_back(lanes).unzip();
        // Where turns are short, masks take longest: of what is less than all accumulators only what is less than a gang has one.
        let whole_rest = (lanes.short && !lanes.folds.is_empty()).then(|| {
            quote! {
                while #done.left() >= <#s as #simd_trait>::LANES {
                    let #portion = #whole;
                    #direct
                    #advance
                    #turn_on
                }
            }
        });
        let direct = quote! {
            let #chain = 0usize;
            #begin_turns
            #begin_lead
            #ahead
            loop {
                if #lead == 0 {
                    #whole_gangs
                    #whole_rest
                    #lead = <#s as #simd_trait>::LANES;
                }
                if #done.left() == 0 {
                    break;
                }
                let #portion = #lead_portion;
                #direct
                #leave
                #done.advance(<_ as #portion_trait<#s>>::lanes(#portion));
                #turn_on
                #begin_anew
                #lead = 0;
            }
            #turn_back
            #move_back
        };
        let body = match &lanes.checked {
            None => direct,
            Some(steps) => {
                let first = self.var(lanes.first);
                let runs = lanes.runs.iter().enumerate().map(|(k, run)| {
                    let (name, array) = (self.run(id, k), self.var(run.array));
                    let method = own(if run.mutable { "run_mut" } else { "run" });
                    let (index, axis) = (run.index.iter().map(|index| self.code(index)), run.axis);
                    quote! { let #name = #array.#method([#(#index),*], #axis, #count); }
                });
                let found: Vec<Ident> = (0..lanes.runs.len()).map(|k| self.run(id, k)).collect();
                let checked = checked(&self.turn_of_lanes(lanes, steps));
                let looked_up = self.runs_label(id);
                // One inside the other: of a tuple of them, the compiler would lose sight of their lengths.
                let direct = found.iter().rev().fold(quote! { #direct break #looked_up; }, |inner, run| {
                    quote! { if let ::core::option::Option::Some(#run) = #run { #inner } }
                });
                quote! {
                    let #first = #from;
                    #(#runs)*
                    #looked_up: {
                        #direct
                        #checked
                    }
                }
            }
        };
        let (begin_exit, exit, body) = match &lanes.exit {
            None => (None, None, body),
            Some(steps) => {
                let steps = self.steps(steps);
                let exit = (!steps.is_empty()).then(|| quote! { if #left { #steps } });
                (Some(quote! { let mut #left = false; }), exit, quote! { #gangs: { #body } })
            }
        };
        quote! {{
            #start
            #(#begin)*
            let mut #done = #none::none(#count);
            #begin_exit
            #body
            #(#end)*
            #exit
        }}
    }

    /// The last turn of a loop is that of the first lane for which a condition holds.
    pub(super) fn exit(
        &self,
        id: LoopId,
        mask: Mask,
        condition: &Code,
        only: Mask,
        taken: &[(VarId, Code, bool)],
    ) -> TokenStream {
        let span = hidden(condition.span);
        let (mask, turn, only, condition) =
            (self.mask(mask), self.mask(Mask::Turn(id)), self.mask(only), self.code(condition));
        let (left, found, lane, simd) = (own(&format!("left_{id}")), own("found"), own("lane"), self.simd());
        let (mask_type, extract) = (self.lanes("Mask", span), self.lanes("Extract", span));
        let taken = taken.iter().map(|(var, value, lanes)| {
            let (var, value) = (self.var(*var), self.code(value));
            match lanes {
                true => quote_spanned! { span => #var = #extract::extract_lane(#value, #lane); },
                false => quote_spanned! { span => #var = #value; },
            }
        });
        quote_spanned! { span => {
            let #found = #mask & #condition;
            if let ::core::option::Option::Some(#lane) = #found.first() {
                #left = true;
                #turn = #turn & #mask_type::with_bits(#simd, (1u64 << #lane) - 1);
                let #only = #mask_type::with_bits(#simd, 1u64 << #lane);
                #(#taken)*
            }
        }}
    }

    /// Accumulators for all times that a loop runs.
    pub(super) fn lifted_chains(&self, gang: Gang, folds: &[Fold], body: &[Step]) -> TokenStream {
        let names = self.with_gang(gang);
        let (simd, gang, several) = (self.simd(), names.gang(), self.array("several", proc_macro2::Span::mixed_site()));
        let begin = folds.iter().map(|fold| names.begin_chains(fold));
        let chains: Vec<Ident> = folds.iter().map(|fold| self.chains(fold.part)).collect();
        let end = folds.iter().map(|fold| names.end_chains(fold));
        let body = self.steps(body);
        quote! {
            let (#(mut #chains,)*) = {
                let #simd: #gang = #several(#simd);
                #(#begin)*
                (#(#chains,)*)
            };
            #body
            #(#end)*
        }
    }

    /// The first number, and how many turns there are.
    fn start(&self, lanes: &LaneLoop) -> TokenStream {
        let id = lanes.id;
        let (from, turns) = (own(&format!("from_{id}")), own(&format!("turns_{id}")));
        let (start, end, inclusive) = (self.code(&lanes.from), self.code(&lanes.to), lanes.inclusive);
        let span = self.var(lanes.var).span();
        if !lanes.reversed && lanes.step.is_none() {
            let count = self.array("count", span);
            return quote! {
                let #from = #start;
                let #turns: usize = #count(#from, #end, #inclusive);
            };
        }
        let (stepped, range, by) = (self.array("Stepped", span), own(&format!("range_{id}")), own("by"));
        let reversed = lanes.reversed;
        let step = lanes.step.as_ref().map_or(quote! { 1usize }, |step| self.code(step));
        quote! {
            let #by: usize = #step;
            let #range = #stepped::new(#start, #end, #inclusive, #reversed, #by);
            let #from = #range.first();
            let #turns: usize = #range.turns();
        }
    }

    /// One gang's turn.
    fn turn_of_lanes(&self, lanes: &LaneLoop, steps: &[Step]) -> TokenStream {
        let id = lanes.id;
        let (from, done, simd) = (own(&format!("from_{id}")), self.done(id), self.simd());
        let (first, var, span) = (self.var(lanes.first), self.var(lanes.var), self.var(lanes.var).span());
        let (mask, portion, turn) = (self.mask(Mask::Gang(id)), self.portion(id), self.turn_label(id));
        let (nth, counted) = (self.array("nth", span), self.array("counted", span));
        let portion_trait = self.array("Portion", span);
        // The turn of lane 0, which may be before all others.
        let turn_of_first = match lanes.lead {
            Lead::Moved { .. } => {
                let s = self.gang();
                quote! { #done.turns().wrapping_sub(<_ as #portion_trait<#s>>::skipped(#portion)) }
            }
            _ => quote! { #done.turns() },
        };
        let counting = if !lanes.reversed && lanes.step.is_none() {
            quote! {
                let #first = #nth(#from, #turn_of_first);
                let #var = #counted(#simd, #first);
            }
        } else {
            let range = own(&format!("range_{id}"));
            quote! {
                let #first = #range.nth(#done.turns());
                let #var = #range.counted(#simd, #first);
            }
        };
        let turns = lanes.turn.map(|turn| {
            let turn = self.var(turn);
            quote! { let #turn = #counted(#simd, (#turn_of_first as u64).wrapping_add(1)); }
        });
        let chain = own(&format!("chain_{id}"));
        let parts: Vec<VarId> = lanes.folds.iter().flat_map(parts_of).collect();
        let load = parts.iter().map(|part| {
            let (part, chains) = (self.var(*part), self.chains(*part));
            quote! { let mut #part = #chains[#chain]; }
        });
        let store = parts.iter().map(|part| {
            let (part, chains) = (self.var(*part), self.chains(*part));
            // Lanes without a turn have computed something, too.
            quote! { #chains[#chain] = #portion_trait::blend(#portion, #part, #chains[#chain]); }
        });
        let steps = self.steps(steps);
        quote! {
            #(#load)*
            #turn: {
                #counting
                #turns
                let #mask = #portion_trait::mask(#portion, #simd);
                #steps
            }
            #(#store)*
        }
    }
}
