//! Variability: which values differ from lane to lane, which branches and loops lanes take apart,
//! and which assignments must keep the old value in the lanes that are off.
//!
//! Everything starts uniform, and a fixpoint makes varying what must be: a variable that is given a
//! varying value, or that is assigned while lanes are off that will read it again.

use std::collections::BTreeSet;

use crate::core::{Body, Expr, ExprKind, FoldKind, Head, Lanes, LoopId, MarkId, Place, Projection, Stmt, VarId};
use crate::diagnostics::Problems;
use crate::liveness::{self, Liveness};
use crate::methods::{self, Class};

/// What the fixpoint found.
pub(crate) struct Variability {
    /// By variable: a vector.
    pub(crate) vars: Vec<bool>,
    /// By `if`: its condition varies.
    pub(crate) ifs: Vec<bool>,
    /// By loop: its lanes leave at different turns.
    pub(crate) loops: Vec<bool>,
    /// By loop: some lanes begin the next turn early.
    pub(crate) continues: Vec<bool>,
    /// By jump: only some of its target's lanes take it.
    pub(crate) jumps: Vec<bool>,
    /// By assignment: lanes that are off keep the old value.
    pub(crate) blends: Vec<bool>,
    /// By loop: the variables whose values the lanes that leave take with them.
    pub(crate) latches: Vec<BTreeSet<VarId>>,
    /// By loop: those of them that are another variable after the loop.
    pub(crate) split: Vec<BTreeSet<VarId>>,
    /// Some lanes return before others.
    pub(crate) returns: bool,
    /// The arrays of which each lane has its own.
    planes: BTreeSet<VarId>,
}

pub(crate) fn of(body: &Body) -> Variability {
    let liveness = liveness::of(body);
    let mut found = Variability {
        vars: body.vars.iter().map(|var| var.lanes).collect(),
        ifs: vec![false; body.marks],
        loops: vec![false; body.loops.len()],
        continues: vec![false; body.loops.len()],
        jumps: vec![false; body.marks],
        blends: vec![false; body.marks],
        latches: vec![BTreeSet::new(); body.loops.len()],
        split: vec![BTreeSet::new(); body.loops.len()],
        returns: false,
        planes: body.planes.clone(),
    };
    note_split(&body.block, &mut found.split);
    // A kernel's result is lanes, whatever it is made from.
    found.vars[body.result] = !body.arrays;
    loop {
        let declared = vec![0; body.vars.len()];
        let mut walk = Walk { liveness: &liveness, found: &mut found, scopes: Vec::new(), declared, changed: false };
        walk.block(&body.block);
        if !walk.changed {
            break;
        }
    }
    if found.returns {
        // Lanes that have returned keep the result: it is blended, and a latch would not know of what they
        // returned from within the loop.
        found.latches.iter_mut().for_each(|latched| {
            latched.remove(&body.result);
        });
    }
    found
}

fn note_split(block: &[Stmt], split: &mut [BTreeSet<VarId>]) {
    for stmt in block {
        if let Stmt::LetTaken { id, of, .. } = stmt {
            split[*id].insert(*of);
        }
        stmt.blocks().into_iter().for_each(|inner| note_split(inner, split));
    }
}

impl Variability {
    /// Whether an expression's value differs from lane to lane.
    pub(crate) fn varies(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Var(var) => self.vars[*var],
            ExprKind::Element { array, .. } if self.planes.contains(array) => true,
            ExprKind::Method { name, .. }
                if methods::find(&name.to_string()).is_some_and(|method| method.class == Class::Length) =>
            {
                false
            }
            _ => expr.operands().into_iter().any(|operand| self.varies(operand)),
        }
    }

    /// Whether a place is an element at a varying index.
    fn place_varies(&self, place: &Place) -> bool {
        place.path.iter().any(|p| matches!(p, Projection::Index(index) if self.varies(index)))
    }
}

/// A construct around a statement within which lanes may be off.
#[derive(Clone, Copy)]
enum Scope {
    /// An arm of an `if` whose condition varies.
    Arm { mark: MarkId, then: bool },
    /// A loop, with whether some of its running lanes are off here.
    Loop { id: LoopId, narrowed: bool },
}

struct Walk<'a> {
    liveness: &'a Liveness,
    found: &'a mut Variability,
    scopes: Vec<Scope>,
    /// How many scopes were open where a variable was declared.
    declared: Vec<usize>,
    changed: bool,
}

impl Walk<'_> {
    fn set(&mut self, which: fn(&mut Variability) -> &mut Vec<bool>, at: usize) {
        let flag = &mut which(self.found)[at];
        self.changed |= !*flag;
        *flag = true;
    }

    fn vary(&mut self, var: VarId) {
        self.set(|found| &mut found.vars, var);
    }

    fn declare(&mut self, var: VarId) {
        self.declared[var] = self.scopes.len();
    }

    fn block(&mut self, block: &[Stmt]) {
        for stmt in block {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Let { var, value } => {
                self.declare(*var);
                if value.as_ref().is_some_and(|value| self.found.varies(value)) {
                    self.vary(*var);
                }
            }
            Stmt::LetTaken { var, id, of } => {
                self.declare(*var);
                if self.found.loops[*id] || self.found.vars[*of] {
                    self.vary(*var);
                }
            }
            Stmt::Assign { mark, place, value } => {
                if self.keeps_old_value(place.var) {
                    self.set(|found| &mut found.blends, *mark);
                    self.vary(place.var);
                }
                self.latch(place.var);
                if self.found.varies(value) || self.found.place_varies(place) {
                    self.vary(place.var);
                }
            }
            Stmt::If { mark, condition, then, otherwise } => self.branch(*mark, condition, then, otherwise),
            Stmt::Loop { id, head, body } => self.repeated(*id, head, body),
            Stmt::Break { mark, target } => {
                if self.narrowed(*target) {
                    self.set(|found| &mut found.jumps, *mark);
                    self.leave(*target, true);
                }
            }
            Stmt::Continue { mark, target } => {
                if self.narrowed(*target) {
                    self.set(|found| &mut found.jumps, *mark);
                    self.set(|found| &mut found.continues, *target);
                    self.leave(*target, false);
                }
            }
            Stmt::Return { mark } => {
                if self.scopes.iter().any(|scope| self.takes_lanes_apart(scope)) {
                    self.set(|found| &mut found.jumps, *mark);
                    self.changed |= !self.found.returns;
                    self.found.returns = true;
                    for scope in self.scopes.clone() {
                        if let Scope::Loop { id, .. } = scope {
                            self.set(|found| &mut found.loops, id);
                        }
                    }
                }
            }
            Stmt::Lanes(lanes) => self.lanes(lanes),
            Stmt::Chains { folds, body, .. } => {
                for fold in folds {
                    self.declare(fold.part);
                    self.vary(fold.part);
                }
                self.block(body);
            }
            Stmt::Parallel(parallel) => {
                for var in [parallel.from, parallel.to].into_iter().chain(parallel.folds.iter().map(|fold| fold.part)) {
                    self.declare(var);
                }
                self.stmt(&parallel.part);
            }
            Stmt::Exit { id, .. } => {
                // The turns after it are off for the rest.
                self.set(|found| &mut found.continues, *id);
                self.leave(*id, false);
            }
            Stmt::Store { .. } | Stmt::Eval(_) | Stmt::Panic(_) | Stmt::Item(_) => {}
        }
    }

    /// A loop whose turns are lanes: all that it counts and combines is lanes, and all of a gang's lanes end together.
    fn lanes(&mut self, lanes: &Lanes) {
        for fold in lanes.folds.iter().filter(|fold| !fold.lifted) {
            let when = match fold.kind {
                FoldKind::Best { when, .. } => when,
                _ => None,
            };
            for var in [fold.part].into_iter().chain(when) {
                self.declare(var);
                self.vary(var);
            }
        }
        self.scopes.push(Scope::Loop { id: lanes.id, narrowed: false });
        for var in [lanes.var].into_iter().chain(lanes.turn) {
            self.declare(var);
            self.vary(var);
        }
        self.declare(lanes.first);
        self.block(&lanes.body);
        self.scopes.pop();
    }

    fn branch(&mut self, mark: MarkId, condition: &Expr, then: &[Stmt], otherwise: &[Stmt]) {
        if !self.found.varies(condition) {
            self.block(then);
            self.block(otherwise);
            return;
        }
        self.set(|found| &mut found.ifs, mark);
        for (arm, in_then) in [(then, true), (otherwise, false)] {
            self.scopes.push(Scope::Arm { mark, then: in_then });
            self.block(arm);
            self.scopes.pop();
        }
    }

    fn repeated(&mut self, id: LoopId, head: &Head, body: &[Stmt]) {
        match head {
            Head::Forever => {}
            Head::While(condition) => {
                if self.found.varies(condition) {
                    self.set(|found| &mut found.loops, id);
                }
            }
            Head::Range { var, from, to, step, reversed, .. } => {
                let (from_varies, to_varies) = (self.found.varies(from), self.found.varies(to));
                if from_varies || to_varies || step.as_ref().is_some_and(|step| self.found.varies(step)) {
                    self.set(|found| &mut found.loops, id);
                }
                // All lanes count alike from a uniform start; only the ends differ.
                let start = if *reversed { from_varies || to_varies } else { from_varies };
                if start || step.as_ref().is_some_and(|step| self.found.varies(step)) {
                    self.vary(*var);
                }
            }
            Head::Elements { var, of, .. } => {
                if self.found.varies(of) {
                    self.vary(*var);
                }
            }
        }
        self.scopes.push(Scope::Loop { id, narrowed: false });
        match head {
            Head::Range { var, .. } => self.declare(*var),
            Head::Elements { var, counter, .. } => {
                self.declare(*var);
                if let Some(counter) = counter {
                    self.declare(*counter);
                }
            }
            Head::Forever | Head::While(_) => {}
        }
        self.block(body);
        self.scopes.pop();
    }

    /// Whether lanes part within a scope.
    fn takes_lanes_apart(&self, scope: &Scope) -> bool {
        match scope {
            Scope::Arm { .. } => true,
            Scope::Loop { id, narrowed } => self.found.loops[*id] || *narrowed,
        }
    }

    /// Whether some lanes that run in a loop are off here.
    fn narrowed(&self, target: LoopId) -> bool {
        let at = self
            .scopes
            .iter()
            .position(|scope| matches!(scope, Scope::Loop { id, .. } if *id == target))
            .expect("a jump stands in its target");
        let here = matches!(self.scopes[at], Scope::Loop { narrowed: true, .. });
        here || self.scopes[at + 1..].iter().any(|scope| self.takes_lanes_apart(scope))
    }

    /// Some lanes leave the loops within a target, and the target itself if it is a `break`; the
    /// rest of the target's turn runs without those that `continue`.
    fn leave(&mut self, target: LoopId, breaks: bool) {
        for at in (0..self.scopes.len()).rev() {
            if let Scope::Loop { id, .. } = self.scopes[at] {
                if id == target {
                    if breaks {
                        self.set(|found| &mut found.loops, id);
                    } else {
                        self.scopes[at] = Scope::Loop { id, narrowed: true };
                    }
                    return;
                }
                self.set(|found| &mut found.loops, id);
            }
        }
    }

    /// The lanes that leave a loop take a variable's value with them, if it is read after the loop.
    /// That is cheaper than to keep it from changing in the loop: what the loop itself computes
    /// then never waits for its mask. A split variable may stay uniform in the loop.
    fn latch(&mut self, var: VarId) {
        for at in self.declared[var]..self.scopes.len() {
            let Scope::Loop { id, .. } = self.scopes[at] else { continue };
            if self.found.loops[id] && self.liveness.after_loop[id].contains(&var) {
                self.changed |= self.found.latches[id].insert(var);
                if !self.found.split[id].contains(&var) {
                    self.vary(var);
                }
            }
        }
    }

    /// Whether lanes are off here that will read a variable again: in the other arm of an `if` or
    /// after it, or in the next turn of a loop.
    fn keeps_old_value(&self, var: VarId) -> bool {
        let inside = &self.scopes[self.declared[var].min(self.scopes.len())..];
        let parted = inside.iter().any(|scope| match *scope {
            Scope::Arm { mark, then } => self.liveness.needed_by_other_arm(mark, then, var),
            Scope::Loop { id, .. } => self.found.continues[id] && self.liveness.head[id].contains(&var),
        });
        // Lanes that have returned read nothing but the result.
        parted || (self.found.returns && self.liveness.end.contains(&var))
    }
}

impl Variability {
    /// Refuses what must be uniform and is not.
    pub(crate) fn check(&self, body: &Body, problems: &mut Problems) {
        self.check_block(&body.block, problems);
    }

    fn check_block(&self, block: &[Stmt], problems: &mut Problems) {
        for stmt in block {
            if let Stmt::Loop { head: Head::Range { step: Some(step), .. }, .. } = stmt
                && self.varies(step)
            {
                problems.push(
                    step.span,
                    "the step of `step_by` differs from lane to lane here: it must be uniform; write a `while` loop",
                );
            }
            for inner in stmt.blocks() {
                self.check_block(inner, problems);
            }
        }
    }
}
