//! Which loops of a function of arrays become lanes, and which run on several threads: what has to hold for that is
//! proven here, or the loop is refused.
//!
//! Of a nest, the innermost loops become lanes. Where one cannot (a sum that has to keep its order, a value that one turn
//! hands to the next), or is short, the loop around it does, if its turns are independent: each lane then runs the inner
//! loop in order. Loops outside of those stay loops. In a `prange` a turn's own sums lose their order only where no loop
//! inside it could be lanes otherwise.

mod access;
mod apply;
mod exit;
mod folds;
pub(crate) mod index;
mod lift;
pub(crate) mod text;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Span;

use self::access::Accesses;
use self::folds::Found;
use crate::ast::BinaryOp;
use crate::core::{Body, ExprKind, Head, LoopId, Operation, Stmt, VarId};
use crate::diagnostics::Problems;
use crate::infer::Types;
use crate::liveness::{self, Liveness};
use crate::numbers;

/// An inner loop of at most so many turns, known beforehand, is no match for the lanes of the loop around it.
const SHORT: u64 = 16;

/// Why a loop cannot be lanes.
pub(super) struct Refusal {
    span: Span,
    message: String,
    /// rustc would say so again.
    in_place_of_rustc: bool,
}

impl Refusal {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), in_place_of_rustc: false }
    }
}

/// What a loop becomes.
#[derive(Default)]
struct Plan {
    lanes: bool,
    parallel: bool,
    folds: Vec<Found>,
    /// Variables from around that every turn writes before it reads them.
    private: BTreeSet<VarId>,
    /// Where the body has the test that ends the loop.
    exit: Option<usize>,
    /// Of a parallel loop: the arrays that it writes, the axis that its variable indexes, and what is added to it.
    writes: Vec<(VarId, usize, i64)>,
    /// Of a parallel loop: the arrays whose elements turns combine.
    privates: Vec<(VarId, Operation)>,
}

/// Chooses the loops of a body that become lanes, and makes them so; refuses what cannot be proven.
pub(crate) fn choose(body: &mut Body, types: &Types, reassoc: bool, problems: &mut Problems) {
    let liveness = liveness::of(body);
    let mut nests = Nests {
        body,
        types,
        liveness: &liveness,
        reassoc,
        numbers: numbers::of(body),
        combined: BTreeSet::new(),
        plans: BTreeMap::new(),
    };
    let mut refusals = Vec::new();
    nests.block(&body.block, Around::default(), &mut refusals);
    let plans = nests.plans;
    for refusal in refusals {
        if refusal.in_place_of_rustc {
            problems.replace_rustc();
        }
        problems.push(refusal.span, refusal.message);
    }
    apply::plans(body, plans, types, problems);
}

/// What is around a loop.
#[derive(Clone, Copy, Default)]
struct Around {
    /// The loop of a `prange`, whose reductions need no order.
    parallel: bool,
    /// The sums of each of its turns keep theirs.
    ordered: bool,
}

struct Nests<'a> {
    body: &'a Body,
    types: &'a Types,
    liveness: &'a Liveness,
    /// Sums of floats may be in any order.
    reassoc: bool,
    /// Variables that are never NaN.
    numbers: BTreeSet<VarId>,
    /// What the turns of the `prange` around combine.
    combined: BTreeSet<VarId>,
    plans: BTreeMap<LoopId, Plan>,
}

impl Nests<'_> {
    /// The loops of a block that no loop is around that could become lanes.
    fn block(&mut self, block: &[Stmt], around: Around, refusals: &mut Vec<Refusal>) {
        for stmt in block {
            match stmt {
                Stmt::Loop { .. } => {
                    if let Err(found) = self.nest(stmt, around) {
                        refusals.extend(found);
                    }
                }
                _ => stmt.blocks().into_iter().for_each(|inner| self.block(inner, around, refusals)),
            }
        }
    }

    /// Plans a loop and those inside it.
    fn nest(&mut self, stmt: &Stmt, around: Around) -> Result<(), Vec<Refusal>> {
        let Stmt::Loop { id, head, body } = stmt else { unreachable!("the caller has looked") };
        let about = self.body.loops[*id];
        if about.parallel && !around.parallel {
            return self.parallel(stmt);
        }
        let inner = loops_in(body);
        let mut refusals = Vec::new();
        let mut short = !inner.is_empty();
        for inner in &inner {
            short &= is_short(inner) || self.is_scalar(inner);
            if let Err(found) = self.nest(inner, around) {
                refusals.extend(found);
            }
        }
        if about.scalar || about.block {
            return if refusals.is_empty() { Ok(()) } else { Err(refusals) };
        }
        if !matches!(head, Head::Range { .. }) {
            if inner.is_empty() {
                let message = "the turns of this loop run one after the other, until a condition holds: they cannot be lanes; count \
                               with `for i in a..b`, or put it into a `#[jit]` function of numbers, or `#[scalar]` before it";
                refusals.push(Refusal::new(about.span, message));
            }
            return if refusals.is_empty() { Ok(()) } else { Err(refusals) };
        }
        if !inner.is_empty() && refusals.is_empty() && !short {
            return Ok(());
        }
        match self.lanes(stmt, &around) {
            Ok(plan) => {
                self.forget(body);
                self.plans.insert(*id, plan);
                Ok(())
            }
            Err(_) if !inner.is_empty() && refusals.is_empty() => Ok(()),
            Err(found) => {
                // The innermost loop says first what is wrong.
                refusals.extend(found);
                Err(refusals)
            }
        }
    }

    /// Whether the user has taken the lanes from a loop: then they are for the one around it.
    fn is_scalar(&self, stmt: &Stmt) -> bool {
        matches!(stmt, Stmt::Loop { id, .. } if self.body.loops[*id].scalar)
    }

    /// Takes back what was planned inside a loop that becomes lanes itself.
    fn forget(&mut self, block: &[Stmt]) {
        for stmt in block {
            if let Stmt::Loop { id, .. } = stmt {
                self.plans.remove(id);
            }
            stmt.blocks().into_iter().for_each(|inner| self.forget(inner));
        }
    }

    /// Proves that a loop's turns may be lanes.
    fn lanes(&self, stmt: &Stmt, around: &Around) -> Result<Plan, Vec<Refusal>> {
        let accesses = Accesses::of(self.body, self.types, stmt);
        let (mut refusals, exit) = match exit::find(self.body, &accesses) {
            None => (accesses.jumps(), None),
            Some((exit, checked)) => (checked.err().into_iter().collect(), Some(exit)),
        };
        let taken = exit.as_ref().map_or(&[][..], |exit| &exit.taken);
        let (folds, private) = self.changed(&accesses, taken, around, &mut refusals);
        refusals.extend(accesses.dependence());
        if exit.is_some() {
            // Where arrays lie otherwise, such a loop goes turn by turn, and in another order.
            let ordered = |fold: &Found| match fold {
                Found::Operation { var, operation: Operation::Sum | Operation::Product, steady: false, .. } => {
                    Some(*var)
                }
                _ => None,
            };
            for var in folds.iter().filter_map(ordered) {
                let name = &self.body.vars[var].name;
                let message = format!(
                    "`{name}` is combined of floats in a loop that a turn may end: put `#[scalar]` before the loop, or find its end first"
                );
                refusals.push(Refusal::new(self.body.loops[accesses.id].span, message));
            }
        }
        if refusals.is_empty() {
            Ok(Plan { lanes: true, folds, private, exit: exit.map(|exit| exit.at), ..Plan::default() })
        } else {
            Err(refusals)
        }
    }

    /// Plans the loop of a `prange`: what its turns share is refused whatever else they are.
    fn parallel(&mut self, stmt: &Stmt) -> Result<(), Vec<Refusal>> {
        let Stmt::Loop { id, head: Head::Range { var, .. }, body } = stmt else { unreachable!("a prange has a range") };
        let accesses = Accesses::of(self.body, self.types, stmt);
        let mut refusals = accesses.jumps();
        let any_order = Around { parallel: true, ordered: false };
        let (folds, private) = self.changed(&accesses, &[], &any_order, &mut refusals);
        let span = self.body.loops[*id].span;
        if self.types.of(*var).is_some_and(|ty| !matches!(&ty, crate::ast::Type::Scalar(name) if name == "usize")) {
            let message = "a `prange` counts with `usize`: convert its variable in the loop, with `as`";
            refusals.push(Refusal { in_place_of_rustc: true, ..Refusal::new(span, message) });
        }
        for found in &folds {
            if let Found::Best { var, comparison: BinaryOp::Le | BinaryOp::Ge, .. } = found {
                let name = &self.body.vars[*var].name;
                let message = format!(
                    "of equal values the last one would count for `{name}`, which turns in any order do not know: compare with `<` or `>`"
                );
                refusals.push(Refusal::new(span, message));
            }
        }
        let (writes, privates) = accesses.divided(&mut refusals);
        if !refusals.is_empty() {
            return Err(refusals);
        }
        self.combined = folds.iter().flat_map(Found::vars).collect();
        let mut plan = Plan { parallel: true, folds, private, writes, privates, ..Plan::default() };
        let inner = loops_in(body);
        let mut found = Vec::new();
        for inner in &inner {
            if self.nest(inner, Around { ordered: true, ..any_order }).is_ok() {
                continue;
            }
            self.forget(std::slice::from_ref(*inner));
            if let Err(refused) = self.nest(inner, any_order) {
                found.extend(refused);
            }
        }
        let short = inner.iter().all(|inner| is_short(inner) || self.is_scalar(inner));
        if inner.is_empty() || !found.is_empty() || short {
            match self.lanes(stmt, &any_order) {
                Ok(_) => {
                    self.forget(body);
                    plan.lanes = true;
                }
                Err(_) if found.is_empty() && !inner.is_empty() => {}
                Err(refused) => {
                    found.extend(refused);
                    return Err(found);
                }
            }
        }
        self.plans.insert(*id, plan);
        Ok(())
    }

    /// The variables from around that a loop assigns: those that turns combine, and those that are each turn's own.
    fn changed(
        &self,
        accesses: &Accesses<'_>,
        taken: &[VarId],
        around: &Around,
        refusals: &mut Vec<Refusal>,
    ) -> (Vec<Found>, BTreeSet<VarId>) {
        let id = accesses.id;
        let mut private = BTreeSet::new();
        let mut assigned = accesses.assigned_from_around();
        assigned.retain(|var| !taken.contains(var));
        // First those that say what other variables are for.
        let mut folds: Vec<Found> = assigned.iter().filter_map(|var| folds::best(accesses.turn, *var)).collect();
        for var in assigned {
            if folds.iter().any(|fold| fold.vars().contains(&var)) {
                continue;
            }
            if !self.liveness.head[id].contains(&var) && !self.liveness.after_loop[id].contains(&var) {
                private.insert(var);
                continue;
            }
            let of_turn = around.ordered && !self.combined.contains(&var);
            let any_order = self.reassoc || around.parallel && !of_turn;
            match folds::find(self.body, self.types, accesses, var, any_order) {
                Ok(fold) if self.numbers.contains(&var) => folds.push(fold.of_number()),
                Ok(fold) => folds.push(fold),
                Err(refusal) => refusals.push(refusal),
            }
        }
        (folds, private)
    }
}

/// The loops directly inside a block, through everything that is no loop itself.
fn loops_in(block: &[Stmt]) -> Vec<&Stmt> {
    let mut found = Vec::new();
    for stmt in block {
        match stmt {
            Stmt::Loop { .. } => found.push(stmt),
            _ => stmt.blocks().into_iter().for_each(|inner| found.extend(loops_in(inner))),
        }
    }
    found
}

/// Whether a loop has few turns, and so have those inside it.
fn is_short(stmt: &&Stmt) -> bool {
    let Stmt::Loop { head, body, .. } = stmt else { return false };
    let short = match head {
        Head::Range { from, to, .. } => match (literal(from), literal(to)) {
            (Some(from), Some(to)) => to.saturating_sub(from) <= SHORT,
            _ => false,
        },
        Head::Elements { .. } => true,
        Head::Forever | Head::While(_) => false,
    };
    short && loops_in(body).iter().all(is_short)
}

/// An integer as it is written.
pub(crate) fn literal(expr: &crate::core::Expr) -> Option<u64> {
    match &expr.kind {
        ExprKind::Literal(tokens) => {
            let text = tokens.to_string().replace('_', "");
            let digits = text.find(|c: char| !c.is_ascii_digit()).map_or(&text[..], |at| &text[..at]);
            digits.parse().ok()
        }
        _ => None,
    }
}
