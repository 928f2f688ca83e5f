//! Arrays, and loops over them. Lanes that hold successive numbers read and write successive elements; all that a loop
//! takes so is looked up before it, and where that succeeds its body needs no checks.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Span;

use super::Lower;
use crate::ast::{BinaryOp, Type, View};
use crate::core::{self, Expr, ExprKind, LoopId, Stmt, VarId};
use crate::lane::{Code, CodeKind, LaneLoop, Mask, ParallelLoop, Run, Step, StorePlace};
use crate::nests::index;

/// The loop whose turns are lanes.
pub(super) struct Gang {
    pub(super) id: LoopId,
    /// What it counts in each lane, and in the first.
    var: VarId,
    first: VarId,
    /// Lanes hold successive numbers.
    dense: bool,
    /// The variables that its body declares or assigns.
    inside: BTreeSet<VarId>,
    /// What variables of the body always are.
    definitions: BTreeMap<VarId, Expr>,
    /// What is looked up before the loop, with its text; and whether the body uses it.
    runs: Vec<(String, Run)>,
    direct: bool,
}

/// How elements lie that lanes take.
enum Lie {
    /// All lanes take the same.
    Same,
    /// One after the other along an axis, the first at this index.
    Along {
        axis: usize,
        index: Vec<Expr>,
    },
    Anywhere,
}

impl Lower<'_> {
    pub(super) fn lane_loop(&mut self, lanes: &core::Lanes, mask: Mask, out: &mut Vec<Step>) {
        let (from, to) = (self.value(&lanes.from, mask), self.value(&lanes.to, mask));
        let step = lanes.step.as_ref().map(|step| self.value(step, mask));
        let mut inside = BTreeSet::new();
        index::changed(&lanes.body, &mut inside);
        self.gang = Some(Gang {
            id: lanes.id,
            var: lanes.var,
            first: lanes.first,
            dense: lanes.is_dense(),
            definitions: index::definitions(&lanes.body),
            inside,
            runs: Vec::new(),
            direct: true,
        });
        let direct = self.turn_of_lanes(lanes);
        let gang = self.gang.as_mut().expect("set above");
        let runs: Vec<Run> = std::mem::take(&mut gang.runs).into_iter().map(|(_, run)| run).collect();
        gang.direct = false;
        let checked = (!runs.is_empty()).then(|| self.turn_of_lanes(lanes));
        self.gang = None;
        let exit = lanes.body.iter().find_map(|stmt| match stmt {
            Stmt::Exit { jump, .. } => Some(jump),
            _ => None,
        });
        let exit = exit.map(|jump| {
            let mut steps = Vec::new();
            if !matches!(**jump, Stmt::Break { target, .. } if target == lanes.id) {
                self.block(std::slice::from_ref(&**jump), mask, &mut steps);
            }
            steps
        });
        out.push(Step::Lanes(Box::new(LaneLoop {
            exit,
            id: lanes.id,
            gang: super::gang_of_turns(lanes, self.body, self.found),
            var: lanes.var,
            first: lanes.first,
            turn: lanes.turn,
            from,
            to,
            inclusive: lanes.inclusive,
            reversed: lanes.reversed,
            step,
            folds: lanes.folds.clone(),
            short: super::is_short_loop(lanes),
            lead: super::lead(lanes),
            runs,
            direct,
            checked,
        })));
    }

    /// A gang's turn.
    fn turn_of_lanes(&mut self, lanes: &core::Lanes) -> Vec<Step> {
        let mut steps = Vec::new();
        let around = Mask::Gang(lanes.id);
        let current = if self.found.continues[lanes.id] { self.turn(lanes.id, around, &mut steps) } else { around };
        self.loops.push(lanes.id);
        self.block(&lanes.body, current, &mut steps);
        self.loops.pop();
        steps
    }

    pub(super) fn parallel_loop(&mut self, parallel: &core::Parallel, mask: Mask, out: &mut Vec<Step>) {
        let (first, end) = (self.value(&parallel.first, mask), self.value(&parallel.end, mask));
        let mut part = Vec::new();
        // The part is a function of its own: nothing is around it there.
        let loops = std::mem::take(&mut self.loops);
        self.block(std::slice::from_ref(&*parallel.part), Mask::Entry, &mut part);
        self.loops = loops;
        let ty = |var: VarId| self.body.vars[var].ty.clone().expect("an array is a parameter, whose type is written");
        out.push(Step::Parallel(Box::new(ParallelLoop {
            id: parallel.id,
            from: parallel.from,
            to: parallel.to,
            first,
            end,
            lanes: matches!(*parallel.part, Stmt::Lanes(_)),
            part,
            folds: parallel.folds.clone(),
            folded: parallel.folded.clone(),
            captures: parallel.captures.clone(),
            writes: parallel.writes.iter().map(|(array, axis, offset)| (*array, ty(*array), *axis, *offset)).collect(),
            privates: parallel.privates.iter().map(|(array, operation)| (*array, ty(*array), *operation)).collect(),
        })));
    }

    /// An element of an array for each lane.
    pub(super) fn elements(&mut self, array: VarId, index: &[Expr], mask: Mask) -> CodeKind {
        if self.body.planes.contains(&array) {
            return if index.iter().any(|index| self.found.varies(index)) {
                CodeKind::GatherElements { array, index: self.indices(index, mask), mask }
            } else {
                CodeKind::Plane { array, index: self.all(index, mask) }
            };
        }
        match self.lie(index) {
            Lie::Same => unreachable!("an element at a uniform index does not vary"),
            Lie::Along { axis, index } => match self.run(array, axis, &index) {
                Some((id, run)) => CodeKind::LoadRun { id, run },
                None => CodeKind::LoadAlong { array, index: self.all(&index, mask), axis, mask },
            },
            Lie::Anywhere => match index {
                [index] => {
                    let (index, narrow) = self.lane_index(index, mask);
                    CodeKind::GatherBy { array, index: Box::new(index), narrow, mask }
                }
                index => CodeKind::GatherElements { array, index: self.indices(index, mask), mask },
            },
        }
    }

    /// Indices in lanes.
    fn indices(&mut self, index: &[Expr], mask: Mask) -> Vec<Code> {
        index.iter().map(|index| self.scalar_lanes(index, mask)).collect()
    }

    pub(super) fn store(
        &mut self,
        array: VarId,
        index: &[Expr],
        (op, value): (Option<BinaryOp>, &Expr),
        span: Span,
        mask: Mask,
        out: &mut Vec<Step>,
    ) {
        let old = || Expr::new(span, ExprKind::Element { array, index: index.to_vec() });
        let combined = |op| Expr::new(span, ExprKind::Binary(op, Box::new(old()), Box::new(value.clone())));
        if self.body.planes.contains(&array) {
            let value = self.scalar_lanes(&op.map_or_else(|| value.clone(), combined), mask);
            let place = if index.iter().any(|index| self.found.varies(index)) {
                StorePlace::Scatter(self.indices(index, mask))
            } else {
                StorePlace::Plane(self.all(index, mask))
            };
            return out.push(Step::Store { array, place, mask: Some(mask), value });
        }
        if self.gang.is_none() {
            let value = self.value(&op.map_or_else(|| value.clone(), combined), mask);
            let place = StorePlace::At(self.all(index, mask));
            return out.push(Step::Store { array, place, mask: None, value });
        }
        let lie = self.lie(index);
        if let (Some(op), Lie::Same | Lie::Anywhere) = (op, &lie) {
            // Lanes may meet in an element: each sees what those before it have made of it.
            let index = self.indices(index, mask);
            let value = self.scalar_lanes(value, mask);
            let wrapping = super::expr::wrapping(op);
            return out.push(Step::Update { array, index, op, wrapping, mask, value });
        }
        let value = self.scalar_lanes(&op.map_or_else(|| value.clone(), combined), mask);
        let place = match lie {
            Lie::Along { axis, index } => match self.run(array, axis, &index) {
                Some((id, run)) => StorePlace::Run { id, run },
                None => StorePlace::Along { index: self.all(&index, mask), axis },
            },
            Lie::Same | Lie::Anywhere => StorePlace::Scatter(self.indices(index, mask)),
        };
        let whole = matches!(mask, Mask::Gang(_)) && matches!(place, StorePlace::Run { .. });
        out.push(Step::Store { array, place, mask: (!whole).then_some(mask), value });
    }

    /// How the elements lie that lanes take by an index.
    fn lie(&self, index: &[Expr]) -> Lie {
        let varying: Vec<usize> = (0..index.len()).filter(|axis| self.found.varies(&index[*axis])).collect();
        match (&varying[..], &self.gang) {
            ([], _) => Lie::Same,
            ([axis], Some(gang)) if gang.dense && self.distance(&index[*axis]) == Some(1) => {
                let index = index.iter().map(|part| gang.at_first(part)).collect();
                Lie::Along { axis: *axis, index }
            }
            _ => Lie::Anywhere,
        }
    }

    /// How far apart neighbouring lanes' values are, where that is one number.
    fn distance(&self, expr: &Expr) -> Option<i64> {
        let gang = self.gang.as_ref()?;
        match &expr.kind {
            _ if !self.found.varies(expr) => Some(0),
            ExprKind::Var(var) if *var == gang.var => Some(1),
            ExprKind::Var(var) => self.distance(gang.definitions.get(var)?),
            // What the loop counts does not wrap.
            ExprKind::Cast(a, Type::Scalar(ty))
                if ty == "usize" && matches!(a.kind, ExprKind::Var(var) if var == gang.var) =>
            {
                Some(1)
            }
            ExprKind::Binary(BinaryOp::Add, a, b) => Some(self.distance(a)? + self.distance(b)?),
            ExprKind::Binary(BinaryOp::Sub, a, b) => Some(self.distance(a)? - self.distance(b)?),
            _ => None,
        }
    }

    /// What is looked up before the loop, if the loop changes nothing of the index.
    fn run(&mut self, array: VarId, axis: usize, index: &[Expr]) -> Option<(LoopId, usize)> {
        let gang = self.gang.as_ref()?;
        let mut steady = gang.direct;
        for part in index {
            part.reads(&mut |var| steady &= !gang.inside.contains(&var));
            steady &= !calls(part);
        }
        if !steady {
            return None;
        }
        let text = index::key(array, axis, index);
        if let Some(run) = gang.runs.iter().position(|(known, _)| *known == text) {
            let gang = self.gang.as_mut().expect("looked up above");
            gang.runs[run].1.uses += 1;
            return Some((gang.id, run));
        }
        // Lanes are not on yet where it is looked up: nothing there asks for a mask.
        let along = index::key(array, axis, &index[axis..=axis]);
        let index = self.all(index, Mask::Entry);
        let mutable = matches!(&self.body.vars[array].ty, Some(Type::View(View { mutable: true, .. })));
        let gang = self.gang.as_mut().expect("looked up above");
        gang.runs.push((text, Run { array, index, axis, mutable, along, uses: 1 }));
        Some((gang.id, gang.runs.len() - 1))
    }
}

/// Whether an expression reads memory or calls: that may not run before the loop, which may have no turn.
fn calls(expr: &Expr) -> bool {
    !crate::cost::is_total(expr) || expr.operands().into_iter().any(calls)
}

impl Gang {
    /// An index at the first lane, made of what the loop's body does not define, as far as that goes.
    fn at_first(&self, expr: &Expr) -> Expr {
        if let ExprKind::Var(var) = expr.kind {
            if var == self.var {
                return Expr::var(self.first, expr.span);
            }
            if let Some(value) = self.definitions.get(&var) {
                return self.at_first(value);
            }
        }
        let mut expr = expr.clone();
        for operand in expr.operands_mut() {
            *operand = self.at_first(operand);
        }
        expr
    }
}
