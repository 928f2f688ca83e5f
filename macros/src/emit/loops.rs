//! Loops over arrays, in lanes and on several threads, and what they write.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::code::operator;
use super::names::{Names, hidden, own};
use crate::ast::{BinaryOp, Type, View};
use crate::core::{Fold, FoldKind, LoopId, Operation, VarId};
use crate::lane::{Code, Gang, LaneLoop, Mask, ParallelLoop, Step, StorePlace};

/// A parallel loop gives a thread at least so many turns at once where they are lanes.
const LANE_GRAIN: usize = 4096;

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

    /// The accumulators of a loop.
    fn chains(&self, part: VarId) -> Ident {
        format_ident!("chains_{}", self.var(part))
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
        // Elements of one array that no cache line's border divides: some lanes first, so that the others' are aligned. Where
        // results depend on the order, they must not depend on where arrays lie.
        let any_order = lanes.folds.iter().all(|fold| !matches!(fold.kind, FoldKind::Operation { steady: false, .. }));
        let aligned = lanes.runs.iter().position(|run| run.mutable).or((!lanes.runs.is_empty()).then_some(0));
        let (lead, portion_trait) = (own("lead"), self.array("Portion", span));
        let begin_lead = match aligned {
            Some(run) if any_order && lanes.exit.is_none() => {
                let run = self.run(id, run);
                quote! { #run.lead(<#s as #simd_trait>::LANES) }
            }
            _ => quote! { 0usize },
        };
        let direct = quote! {
            let #chain = 0usize;
            #begin_turns
            let mut #lead = #begin_lead;
            loop {
                if #lead == 0 {
                    #whole_gangs
                    #lead = <#s as #simd_trait>::LANES;
                }
                if #done.left() == 0 {
                    break;
                }
                let #portion = #part::new(::core::cmp::Ord::min(#done.left(), #lead));
                #direct
                #leave
                #done.advance(<#part as #portion_trait<#s>>::lanes(#portion));
                #turn_on
                #lead = 0;
            }
            #turn_back
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
        let counting = if !lanes.reversed && lanes.step.is_none() {
            quote! {
                let #first = #nth(#from, #done.turns());
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
            quote! { let #turn = #counted(#simd, #done.turns() as u64 + 1); }
        });
        let chain = own(&format!("chain_{id}"));
        let parts: Vec<VarId> = lanes.folds.iter().flat_map(parts_of).collect();
        let load = parts.iter().map(|part| {
            let (part, chains) = (self.var(*part), self.chains(*part));
            quote! { let mut #part = #chains[#chain]; }
        });
        let portion_trait = self.array("Portion", span);
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

    /// A loop's accumulators before its first turn.
    fn begin_chains(&self, fold: &Fold) -> TokenStream {
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
    fn end_chains(&self, fold: &Fold) -> TokenStream {
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

    fn operation(&self, operation: Operation, span: proc_macro2::Span) -> TokenStream {
        let name = match operation {
            Operation::Sum => "Sum",
            Operation::Product => "Product",
            Operation::Least => "Least",
            Operation::Greatest => "Greatest",
            Operation::And => "And",
            Operation::Or => "Or",
            Operation::Xor => "Xor",
        };
        self.array(name, span)
    }

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

/// The variables that a fold's accumulators are for.
fn parts_of(fold: &Fold) -> Vec<VarId> {
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
