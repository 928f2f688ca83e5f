//! The core language → lane code, for masked execution. The current mask is the lanes that run a
//! statement; an `if` narrows it to its arms, a jump takes lanes out of the masks of all that it
//! leaves, and code that is dear or can fail is skipped where no lane is on.

mod arrays;
mod block;
mod expr;
mod fast;
mod loops;
mod place;

use std::collections::BTreeSet;

use crate::ast::Type;
use crate::attr::{Fast, Ulp};
use crate::core::{self, Body, Expr, ExprKind, Head, LoopId, Operation, Stmt, VarId};
use crate::cost;
use crate::explain;
use crate::infer::{self, Types};
use crate::lane::{Gang, LaneVar, Lanes, Lead, Mask, MaskCode, Step};
use crate::numbers;
use crate::types::Shape;
use crate::variability::Variability;

/// Turns of a divergent loop up to this cost are bound by latency: more gangs in flight hide it.
const SHORT_TURN: u32 = 24;

/// From this cost on, by [`cost::of_math`], math functions take so long that several gangs in flight are faster.
const LONG_CHAIN: u32 = 2;

/// Lowers a body whose analysis is done.
pub(crate) fn function(body: &Body, found: &Variability, shapes: &[Shape], ulp: Ulp, fast: Fast) -> Lanes {
    let types = fast.is_any().then(|| infer::types(body));
    let mut lower = Lower {
        body,
        found,
        shapes,
        ulp,
        fast,
        types: types.as_ref(),
        numbers: numbers::of(body),
        locals: 0,
        conditions: 0,
        narrow: vec![false; body.vars.len()],
        loops: Vec::new(),
        gang: None,
    };
    let mut steps = Vec::new();
    let mask = if found.returns {
        steps.push(Step::LetMask { mask: Mask::Function, value: MaskCode::Mask(Mask::Entry), mutable: true });
        Mask::Function
    } else {
        Mask::Entry
    };
    // A copy: the function's mask shrinks as lanes return.
    let mask = if found.returns { lower.local(MaskCode::Mask(mask), &mut steps) } else { mask };
    lower.block(&body.block, mask, &mut steps);
    let vars = body.vars.iter().map(|var| LaneVar { name: var.name.clone(), ty: var.ty.clone() }).collect();
    let mut lanes = Lanes {
        vars,
        params: body.params.clone(),
        result: body.result,
        gang: gang(body, found),
        short: cost::is_short(body) || has_short_loops(&body.block),
        steps,
        explanation: Vec::new(),
    };
    lanes.explanation = explain::function(body, found, &lanes, fast.arcp);
    lanes
}

/// How many gangs to keep in flight. A loop without divergence overlaps by itself, but where the processor
/// sees too little of it at once: in chains of math functions.
fn gang(body: &Body, found: &Variability) -> Gang {
    let wide = body.vars.iter().filter_map(|var| var.ty.as_ref()).any(is_wide);
    let short = has_short_turn(&body.block, found);
    let chains = !found.loops.contains(&true) && cost::of_math(&body.block) >= LONG_CHAIN;
    gangs(short, chains, wide)
}

fn gangs(short: bool, chains: bool, wide: bool) -> Gang {
    match (short, chains, wide) {
        (true, _, false) => Gang::Short32,
        (true, _, true) => Gang::Short64,
        (false, true, false) => Gang::Math32,
        (false, true, true) => Gang::Math64,
        (false, false, _) => Gang::One,
    }
}

/// The same for a loop whose turns are lanes. A loop inside it hands values from turn to turn, and so waits for its own
/// results; accumulators are for as many lanes as chains of math functions have at most.
fn gang_of_turns(lanes: &core::Lanes, body: &Body, found: &Variability) -> Gang {
    let mut wide = false;
    core::each_element(&lanes.body, &mut |array, _, _| wide |= body.vars[array].ty.as_ref().is_some_and(is_wide));
    let diverges = diverges(&lanes.body, found);
    let short = lanes.folds.is_empty() && has_short_turn(&lanes.body, found);
    let waits = has_loop(&lanes.body) && cost::of_turn(&Head::Forever, &lanes.body) <= SHORT_TURN;
    let chains = !diverges && (waits || cost::of_math(&lanes.body) >= LONG_CHAIN);
    gangs(short, chains, wide)
}

/// Whether a function of arrays takes hardly longer to compute than elements take to load and to store: all its loops whose turns are
/// lanes are short.
fn has_short_loops(block: &[Stmt]) -> bool {
    fn lanes<'b>(block: &'b [Stmt], found: &mut Vec<&'b core::Lanes>) {
        for stmt in block {
            match stmt {
                Stmt::Lanes(turns) => found.push(turns),
                _ => stmt.blocks().into_iter().for_each(|inner| lanes(inner, found)),
            }
        }
    }
    let mut found = Vec::new();
    lanes(block, &mut found);
    !found.is_empty() && found.into_iter().all(is_short_loop)
}

/// Whether a loop whose turns are lanes stores elements, and does little else.
fn is_short_loop(lanes: &core::Lanes) -> bool {
    fn stores(block: &[Stmt]) -> bool {
        block.iter().any(|stmt| matches!(stmt, Stmt::Store { .. }) || stmt.blocks().into_iter().any(stores))
    }
    stores(&lanes.body) && does_little(&lanes.body)
}

/// Whether a turn takes hardly longer to compute than elements take to load.
fn does_little(turn: &[Stmt]) -> bool {
    !has_loop(turn) && !calls(&Head::Forever, turn) && cost::of_code(turn) <= cost::SHORT
}

/// Whether some turns go first, so that the others' loads and stores do not lie across cache lines' borders. Where results depend on
/// which turns come together, they must not depend on where arrays lie.
fn lead(lanes: &core::Lanes) -> Lead {
    let free = |fold: &core::Fold| !matches!(fold.kind, core::FoldKind::Operation { steady: false, .. });
    let commutes = |fold: &core::Fold| {
        matches!(fold.kind, core::FoldKind::Operation { operation: Operation::Sum | Operation::Product, .. })
    };
    let exits = lanes.body.iter().any(|stmt| matches!(stmt, Stmt::Exit { .. }));
    if exits {
        Lead::Never
    } else if lanes.folds.iter().all(free) {
        Lead::Free
    } else if lanes.is_dense() && does_little(&lanes.body) && lanes.folds.iter().all(|fold| !fold.lifted) {
        Lead::Moved { back: !lanes.folds.iter().all(commutes) }
    } else {
        Lead::Never
    }
}

/// Whether lanes leave a loop of a block at different turns.
fn diverges(block: &[Stmt], found: &Variability) -> bool {
    block.iter().any(|stmt| {
        let here = matches!(stmt, Stmt::Loop { id, .. } if found.loops[*id]);
        here || stmt.blocks().into_iter().any(|inner| diverges(inner, found))
    })
}

/// Whether a type has values of 64 bits.
fn is_wide(ty: &Type) -> bool {
    match ty {
        Type::Scalar(name) => ["f64", "i64", "u64", "isize", "usize"].iter().any(|wide| name == wide),
        Type::Tuple(types) => types.iter().any(is_wide),
        Type::Array(ty, _) | Type::Slice(ty) => is_wide(ty),
        Type::View(view) => is_wide(&Type::Scalar(view.element.clone())),
        Type::Inferred(_) => false,
    }
}

/// Whether a divergent loop's turns are short.
fn has_short_turn(block: &[Stmt], found: &Variability) -> bool {
    block.iter().any(|stmt| {
        let inner = stmt.blocks().into_iter().any(|block| has_short_turn(block, found));
        inner
            || matches!(stmt, Stmt::Loop { id, head, body }
                if found.loops[*id] && !has_loop(body) && cost::of_turn(head, body) <= SHORT_TURN && !calls(head, body))
    })
}

fn has_loop(block: &[Stmt]) -> bool {
    block.iter().any(|stmt| matches!(stmt, Stmt::Loop { .. }) || stmt.blocks().into_iter().any(has_loop))
}

/// Whether a loop calls device functions or math: such turns are long.
fn calls(head: &Head, body: &[Stmt]) -> bool {
    fn expr(e: &Expr) -> bool {
        matches!(e.kind, ExprKind::Call { .. }) || e.operands().into_iter().any(expr)
    }
    fn block(stmts: &[Stmt]) -> bool {
        stmts.iter().any(|stmt| stmt.expressions().into_iter().any(expr) || stmt.blocks().into_iter().any(block))
    }
    let condition = matches!(head, Head::While(condition) if expr(condition));
    condition || block(body)
}

struct Lower<'a> {
    body: &'a Body,
    found: &'a Variability,
    shapes: &'a [Shape],
    /// The bound that math functions must keep.
    ulp: Ulp,
    /// What arithmetic may be besides exact; and the types, if it is to be anything else.
    fast: Fast,
    types: Option<&'a Types>,
    /// Variables that are never NaN.
    numbers: BTreeSet<VarId>,
    /// Masks made so far.
    locals: usize,
    /// Conditions kept so far.
    conditions: usize,
    /// By variable: it was cast from a narrower value that is kept.
    narrow: Vec<bool>,
    /// The loops around, outermost first.
    loops: Vec<LoopId>,
    /// The loop around whose turns are lanes.
    gang: Option<arrays::Gang>,
}

impl Lower<'_> {
    /// Keeps a mask in a variable of its own.
    fn local(&mut self, value: MaskCode, out: &mut Vec<Step>) -> Mask {
        let mask = Mask::Local(self.locals);
        self.locals += 1;
        out.push(Step::LetMask { mask, value, mutable: false });
        mask
    }
}
