//! Statements.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::names::{Names, hidden, own};
use crate::lane::{Code, Head, Mask, MaskCode, Panic, Projection, Step, Target};

impl Names<'_> {
    pub(super) fn steps(&self, steps: &[Step]) -> TokenStream {
        steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&self, step: &Step) -> TokenStream {
        match step {
            Step::Let { var, lanes, value } => {
                let name = self.var(*var);
                let ty = self.vars[*var].ty.as_ref().map(|ty| {
                    let ty = if *lanes { self.lane_type(ty) } else { Self::scalar_type(ty) };
                    quote! { : #ty }
                });
                let value = match value {
                    Some(value) => self.code(value),
                    None => self.blank(name.span()),
                };
                quote! { let mut #name #ty = #value; }
            }
            Step::LetNarrow { var, value } => {
                let (name, value) = (self.narrow(*var), self.code(value));
                quote! { let #name = #value; }
            }
            Step::LetMask { mask, value, mutable } => {
                let (name, value) = (self.mask(*mask), self.mask_code(value));
                let mutable = mutable.then(|| quote! { mut });
                quote! { let #mutable #name = #value; }
            }
            Step::SetMask { mask, value } => {
                let (name, value) = (self.mask(*mask), self.mask_code(value));
                quote! { #name = #value; }
            }
            Step::LetCondition { id, value } => {
                let (name, value) = (self.condition(*id), self.code(value));
                quote! { let #name = #value; }
            }
            Step::Assign { place, value, blend } => self.assign(place, value, *blend),
            Step::LetLatch { id, var, value } => {
                let (latch, value) = (self.latch(*id, *var), self.code(value));
                quote! { let mut #latch = #value; }
            }
            Step::Latch { id, var, value, mask } => {
                let (latch, value, mask) = (self.latch(*id, *var), self.code(value), self.mask(*mask));
                let blend = self.lanes("Blend", latch.span());
                quote! { #latch = #blend::blend(#mask, #value, #latch); }
            }
            Step::Unlatch { id, var, last, new } => {
                let (latch, last, mask) = (self.latch(*id, *var), self.code(last), self.mask(Mask::Running(*id)));
                let (name, blend) = (self.var(new.unwrap_or(*var)), self.lanes("Blend", latch.span()));
                let declared = new.map(|_| quote! { let mut });
                quote! { #declared #name = #blend::blend(#mask, #last, #latch); }
            }
            Step::Eval(value) => {
                let value = self.code(value);
                quote! { let _ = #value; }
            }
            Step::If { condition, then, otherwise } => {
                let (condition, then) = (self.code(condition), self.steps(then));
                let otherwise = (!otherwise.is_empty()).then(|| {
                    let otherwise = self.steps(otherwise);
                    quote! { else { #otherwise } }
                });
                quote! { if #condition { #then } #otherwise }
            }
            Step::IfAny { mask, then } => {
                let (mask, then) = (self.mask(*mask), self.steps(then));
                quote! { if #mask.any() { #then } }
            }
            Step::LeaveIfNone { mask, id } => {
                let (mask, label) = (self.mask(*mask), self.label(*id));
                quote! { if #mask.none() { break #label; } }
            }
            Step::Loop { id, head, body } => self.repeated(*id, head, body),
            Step::Store { array, place, mask, value } => self.store_elements(*array, place, *mask, value),
            Step::Update { array, index, op, wrapping, mask, value } => {
                self.update(*array, index, (*op, *wrapping), *mask, value)
            }
            Step::Lanes(lanes) => self.lane_loop(lanes),
            Step::Exit { id, mask, condition, only, taken } => self.exit(*id, *mask, condition, *only, taken),
            Step::Chains { gang, folds, body } => self.lifted_chains(*gang, folds, body),
            Step::Parallel(parallel) => self.parallel_loop(parallel),
            Step::Break(id) => {
                let label = self.label(*id);
                quote! { break #label; }
            }
            Step::Continue(id) => {
                let turn = self.turn_label(*id);
                quote! { break #turn; }
            }
            Step::Return => {
                let label = self.function_label();
                quote! { break #label; }
            }
            Step::Panic(panic) => self.panic(panic),
            Step::Item(tokens) => tokens.clone(),
        }
    }

    /// A value to be assigned later.
    pub(super) fn blank(&self, span: proc_macro2::Span) -> TokenStream {
        let (blank, simd) = (self.lanes("Blank", span), self.simd());
        quote! { #blank::blank(#simd) }
    }

    fn mask_code(&self, code: &MaskCode) -> TokenStream {
        match code {
            MaskCode::Mask(mask) => {
                let mask = self.mask(*mask);
                quote! { #mask }
            }
            MaskCode::And(a, b) => {
                let (a, b) = (self.mask(*a), self.mask(*b));
                quote! { #a & #b }
            }
            MaskCode::AndNot(a, b) => {
                let (a, b) = (self.mask(*a), self.mask(*b));
                quote! { #a.and_not(#b) }
            }
            MaskCode::AndCondition(a, id) => {
                let (a, b) = (self.mask(*a), self.condition(*id));
                quote! { #a & #b }
            }
            MaskCode::AndNotCondition(a, id) => {
                let (a, b) = (self.mask(*a), self.condition(*id));
                quote! { #a.and_not(#b) }
            }
            MaskCode::AndCode(a, b) => {
                let (a, b) = (self.mask(*a), self.code(b));
                quote! { #a & #b }
            }
        }
    }

    fn assign(&self, place: &Target, value: &Code, blend: Option<Mask>) -> TokenStream {
        let name = self.var(place.var);
        let span = hidden(value.span);
        let value = self.code(value);
        let new = proc_macro2::Ident::new("new", span);
        let store = self.store(&quote! { #name }, &place.path, &quote! { #new }, blend, span);
        quote_spanned! { span => { let #new = #value; #store } }
    }

    /// Writes `new` to a part of `base`. An element at a varying index is read, changed and written back.
    fn store(
        &self,
        base: &TokenStream,
        path: &[Projection],
        new: &TokenStream,
        blend: Option<Mask>,
        span: proc_macro2::Span,
    ) -> TokenStream {
        match path {
            [] => match blend {
                Some(mask) => {
                    let (path, mask) = (self.lanes("Blend", span), self.mask(mask));
                    quote_spanned! { span => #base = #path::blend(#mask, #new, #base); }
                }
                None => quote_spanned! { span => #base = #new; },
            },
            [Projection::Field(field), rest @ ..] => {
                let field = syn::Index { index: *field, span };
                self.store(&quote! { #base.#field }, rest, new, blend, span)
            }
            [Projection::Index(index), rest @ ..] => {
                let index = self.code(index);
                self.store(&quote! { #base[#index] }, rest, new, blend, span)
            }
            [Projection::LaneIndex { index, narrow, mask }, rest @ ..] => {
                let (get, set) =
                    if *narrow { ("array_get_as_usize", "array_set_as_usize") } else { ("array_get", "array_set") };
                let (get, set) = (self.lanes(get, span), self.lanes(set, span));
                let (index, mask) = (self.code(index), self.mask(*mask));
                if rest.is_empty() {
                    return quote_spanned! { span => #set(&mut #base, #mask, #index, #new); };
                }
                let (at, part) = (own("at"), own("part"));
                let change = self.store(&quote! { #part }, rest, new, blend, span);
                quote_spanned! { span => {
                    let #at = #index;
                    let mut #part = #get(&#base, #mask, #at);
                    #change
                    #set(&mut #base, #mask, #at, #part);
                }}
            }
        }
    }

    fn repeated(&self, id: crate::core::LoopId, head: &Head, body: &[Step]) -> TokenStream {
        let label = self.label(id);
        let (turn, body) = (self.turn_label(id), self.steps(body));
        let body = quote! { #turn: { #body } };
        match head {
            Head::Forever => quote! { #label: loop { #body } },
            Head::While(condition) => {
                let condition = self.code(condition);
                quote! { #label: while #condition { #body } }
            }
            Head::Range { var, from, to, inclusive, reversed, step } => {
                let (var, from, to) = (self.var(*var), self.code(from), self.code(to));
                let dots = if *inclusive {
                    quote! { ..= }
                } else {
                    quote! { .. }
                };
                let reversed = reversed.then(|| quote! { .rev() });
                let step = step.as_ref().map(|step| {
                    let step = self.code(step);
                    quote! { .step_by(#step) }
                });
                quote! { #label: for #var in (#from #dots #to) #reversed #step { #body } }
            }
            Head::RangeTo { var, from, to, inclusive, step, running, latches } => {
                let latches = self.steps(latches);
                let (var, from, to, running) = (self.var(*var), self.code(from), self.code(to), self.mask(*running));
                let (at, end, by, following, simd) = (own("at"), own("end"), own("by"), own("following"), self.simd());
                let (vector, next) = (self.lanes("Vector", var.span()), self.lanes("next", var.span()));
                let step = step.as_ref().map_or(quote! { 1usize }, |step| self.code(step));
                let below = own(if *inclusive { "lanes_le" } else { "lanes_lt" });
                quote! {
                    let mut #at = #from;
                    let #end = #to;
                    let #by: usize = #step;
                    #label: loop {
                        #latches
                        #running = #running & #vector::splat(#simd, #at).#below(#end);
                        if #running.none() { break #label; }
                        let #var = #at;
                        #body
                        match #next(#at, #by) {
                            ::core::option::Option::Some(#following) => #at = #following,
                            ::core::option::Option::None => break #label,
                        }
                    }
                }
            }
            Head::LaneRange { var, from, to, inclusive, reversed, step, running, latches } => {
                let latches = self.steps(latches);
                let (var, from, to, running) = (self.var(*var), self.code(from), self.code(to), self.mask(*running));
                let (range, by) = (own("range"), own("by"));
                let counted = self.lanes("LaneRange", var.span());
                let step = step.as_ref().map_or(quote! { 1usize }, |step| self.code(step));
                quote! {
                    let #by: usize = #step;
                    let mut #range = #counted::new(#from, #to, #inclusive, #reversed, #by);
                    #running = #running & #range.started();
                    #label: loop {
                        if #running.none() { break #label; }
                        let #var = #range.at();
                        #body
                        #latches
                        #running = #running & #range.advance();
                    }
                }
            }
            Head::Elements { var, counter, of, reversed } => {
                let (var, of) = (self.var(*var), self.code(of));
                let reversed = reversed.then(|| quote! { .rev() });
                match counter {
                    Some(counter) => {
                        let counter = self.var(*counter);
                        quote! { #label: for (#counter, &#var) in (#of).iter().enumerate() #reversed { #body } }
                    }
                    None => quote! { #label: for &#var in (#of).iter() #reversed { #body } },
                }
            }
        }
    }

    /// Panics for the first lane that is to, with that lane's values in the message.
    fn panic(&self, panic: &Panic) -> TokenStream {
        let span = hidden(panic.span);
        let (failed, lane) = (own("failed"), own("lane"));
        let extract = self.lanes("Extract", span);
        let message = {
            let mut message = Literal::string(&panic.message);
            message.set_span(panic.span);
            message
        };
        let args = panic.args.iter().map(|(name, value, lanes)| {
            let value = self.code(value);
            let value = if *lanes {
                quote! { #extract::extract_lane(#value, #lane) }
            } else {
                value
            };
            match name {
                Some(name) => quote! { #name = #value },
                None => value,
            }
        });
        let mask = panic.mask.map(|mask| self.mask(mask));
        let raise = quote_spanned! { span => ::core::panic!(#message #(, #args)*) };
        match &panic.condition {
            None => quote_spanned! { span =>
                if let ::core::option::Option::Some(#lane) = #mask.first() { #raise }
            },
            Some(condition) => {
                let holds = own("holds");
                let all = self.lanes("Holds", span);
                let condition = self.code(condition);
                quote_spanned! { span => {
                    let #holds = #condition;
                    let #failed = #all::failed(#holds, #mask);
                    if let ::core::option::Option::Some(#lane) = #failed { #raise }
                }}
            }
        }
    }
}
