//! Statements under a mask.

use super::Lower;
use crate::core::{self, Expr, ExprKind, Lanes, Stmt};
use crate::cost::{self, SELECT_LIMIT};
use crate::lane::{Code, CodeKind, Gang, Mask, MaskCode, Panic, Step};

impl Lower<'_> {
    /// A block, for the lanes of `mask`. After a statement that lanes may leave the block from, the
    /// rest runs for those that are still there: `mask & <the mask of what is around>`.
    pub(super) fn block(&mut self, block: &[Stmt], mask: Mask, out: &mut Vec<Step>) {
        for (i, stmt) in block.iter().enumerate() {
            self.stmt(stmt, mask, out);
            let rest = &block[i + 1..];
            if rest.is_empty() || !self.lanes_leave(stmt) {
                continue;
            }
            let left = self.local(MaskCode::And(mask, self.surrounding()), out);
            if cost::of_block(rest) > SELECT_LIMIT {
                let mut then = Vec::new();
                self.block(rest, left, &mut then);
                out.push(Step::IfAny { mask: left, then });
            } else {
                self.block(rest, left, out);
            }
            return;
        }
    }

    fn stmt(&mut self, stmt: &Stmt, mask: Mask, out: &mut Vec<Step>) {
        match stmt {
            Stmt::Let { var, value } => self.define(*var, value.as_ref(), mask, out),
            Stmt::LetTaken { var, id, of } => self.define_taken(*var, *id, *of, mask, out),
            Stmt::Assign { mark, place, value } => {
                let lanes = self.found.vars[place.var];
                let value = if lanes { self.lanes(value, mask) } else { self.value(value, mask) };
                let place = self.target(place, mask);
                let blend = self.found.blends[*mark].then_some(mask);
                out.push(Step::Assign { place, value, blend });
            }
            Stmt::Eval(expr) => {
                if !cost::is_total(expr) {
                    let value = self.value(expr, mask);
                    out.push(Step::Eval(value));
                }
            }
            Stmt::If { mark, condition, then, otherwise } if self.found.ifs[*mark] => {
                self.divergent(condition, then, otherwise, mask, out);
            }
            Stmt::If { condition, then, otherwise, .. } => {
                let condition = self.value(condition, mask);
                let mut yes = Vec::new();
                self.block(then, mask, &mut yes);
                let mut no = Vec::new();
                self.block(otherwise, mask, &mut no);
                out.push(Step::If { condition, then: yes, otherwise: no });
            }
            Stmt::Loop { id, head, body } => self.repeated(*id, head, body, mask, out),
            Stmt::Store { array, index, op, value, span, .. } => {
                self.store(*array, index, (*op, value), *span, mask, out);
            }
            Stmt::Lanes(lanes) => self.lane_loop(lanes, mask, out),
            Stmt::Exit { id, condition, taken, .. } => {
                let condition = self.lanes(condition, mask);
                let only = Mask::Local(self.locals);
                self.locals += 1;
                let taken = taken
                    .iter()
                    .map(|(var, value)| (*var, self.value(value, only), self.found.varies(value)))
                    .collect();
                out.push(Step::Exit { id: *id, mask, condition, only, taken });
            }
            Stmt::Chains { id, folds, body } => {
                let gang =
                    lane_loop(body, *id).map_or(Gang::One, |lanes| super::gang_of_turns(lanes, self.body, self.found));
                let mut steps = Vec::new();
                self.block(body, mask, &mut steps);
                out.push(Step::Chains { gang, folds: folds.clone(), body: steps });
            }
            Stmt::Parallel(parallel) => self.parallel_loop(parallel, mask, out),
            Stmt::Break { mark, target } if self.found.jumps[*mark] => {
                self.take_out(mask, |this, id| id != *target || this.found.loops[id], Some(*target), false, out);
            }
            Stmt::Break { target, .. } => out.push(Step::Break(*target)),
            Stmt::Continue { mark, target } if self.found.jumps[*mark] => {
                self.take_out(mask, |_, id| id != *target, Some(*target), true, out);
            }
            Stmt::Continue { target, .. } => {
                // It skips the test at the end of the turn, and lanes that are all off would go on for ever.
                if self.found.loops[*target] {
                    out.push(Step::LeaveIfNone { mask: Mask::Running(*target), id: *target });
                }
                out.push(Step::Continue(*target));
            }
            Stmt::Return { mark } if self.found.jumps[*mark] => {
                self.take_out(mask, |_, _| true, None, false, out);
                out.push(Step::SetMask { mask: Mask::Function, value: MaskCode::AndNot(Mask::Function, mask) });
            }
            Stmt::Return { .. } => out.push(Step::Return),
            Stmt::Panic(panic) => self.panic(panic, mask, out),
            Stmt::Item(tokens) => out.push(Step::Item(tokens.clone())),
        }
    }

    /// `let var = value`; an index keeps beside it the narrow value that it was cast from.
    fn define(&mut self, var: core::VarId, value: Option<&Expr>, mask: Mask, out: &mut Vec<Step>) {
        let lanes = self.found.vars[var];
        let Some(value) = value else {
            return out.push(Step::Let { var, lanes, value: None });
        };
        if lanes
            && !self.body.vars[var].mutable
            && let Some(narrow) = self.narrow_index(value)
        {
            let narrow = self.lanes(narrow, mask);
            out.push(Step::LetNarrow { var, value: narrow });
            self.narrow[var] = true;
            let from = Box::new(Code { span: value.span, kind: CodeKind::Narrow(var) });
            let ExprKind::Cast(_, ty) = &value.kind else { unreachable!("a narrow index is a cast") };
            let code = Code { span: value.span, kind: CodeKind::LaneCast(from, ty.clone()) };
            return out.push(Step::Let { var, lanes, value: Some(code) });
        }
        let value = if lanes { self.lanes(value, mask) } else { self.value(value, mask) };
        out.push(Step::Let { var, lanes, value: Some(value) });
    }

    /// An `if` that lanes take apart: both arms run, each for its lanes.
    fn divergent(&mut self, condition: &Expr, then: &[Stmt], otherwise: &[Stmt], mask: Mask, out: &mut Vec<Step>) {
        let value = self.lanes(condition, mask);
        let id = self.conditions;
        self.conditions += 1;
        out.push(Step::LetCondition { id, value });
        for (arm, in_then) in [(then, true), (otherwise, false)] {
            if arm.is_empty() {
                continue;
            }
            let narrowed = if in_then { MaskCode::AndCondition(mask, id) } else { MaskCode::AndNotCondition(mask, id) };
            let narrowed = self.local(narrowed, out);
            let mut steps = Vec::new();
            self.block(arm, narrowed, &mut steps);
            if cost::of_block(arm) > SELECT_LIMIT {
                out.push(Step::IfAny { mask: narrowed, then: steps });
            } else {
                out.append(&mut steps);
            }
        }
    }

    /// Takes the lanes of `mask` out of the loops from the innermost out to the jump's target (all
    /// for a `return`), where `leaves` says so; out of the target's turn alone for a `continue`.
    fn take_out(
        &mut self,
        mask: Mask,
        leaves: impl Fn(&Self, core::LoopId) -> bool,
        target: Option<core::LoopId>,
        turn_only: bool,
        out: &mut Vec<Step>,
    ) {
        for id in self.loops.clone().into_iter().rev() {
            let last = target == Some(id);
            if target.is_some() && !(last && turn_only) {
                self.latch(id, mask, out);
            }
            if self.found.continues[id] {
                out.push(Step::SetMask { mask: Mask::Turn(id), value: MaskCode::AndNot(Mask::Turn(id), mask) });
            }
            if leaves(self, id) && !(last && turn_only) {
                out.push(Step::SetMask { mask: Mask::Running(id), value: MaskCode::AndNot(Mask::Running(id), mask) });
            }
            if last {
                return;
            }
        }
    }

    /// The mask of what is around: the turn or the running lanes of the innermost loop, or the function's.
    fn surrounding(&self) -> Mask {
        for id in self.loops.iter().rev() {
            if self.found.continues[*id] {
                return Mask::Turn(*id);
            }
            if self.found.loops[*id] {
                return Mask::Running(*id);
            }
            if self.gang.as_ref().is_some_and(|gang| gang.id == *id) {
                return Mask::Gang(*id);
            }
        }
        if self.found.returns { Mask::Function } else { Mask::Entry }
    }

    /// Whether some lanes do not come out of a statement at its end.
    fn lanes_leave(&self, stmt: &Stmt) -> bool {
        fn inside(this: &Lower<'_>, stmt: &Stmt, within: &mut Vec<core::LoopId>) -> bool {
            match stmt {
                Stmt::Break { mark, target } | Stmt::Continue { mark, target } => {
                    this.found.jumps[*mark] && !within.contains(target)
                }
                Stmt::Return { mark } => this.found.jumps[*mark],
                Stmt::Exit { id, .. } => !within.contains(id),
                Stmt::Loop { id, body, .. } | Stmt::Lanes(Lanes { id, body, .. }) => {
                    within.push(*id);
                    let leaves = body.iter().any(|stmt| inside(this, stmt, within));
                    within.pop();
                    leaves
                }
                _ => stmt.blocks().into_iter().flatten().any(|stmt| inside(this, stmt, within)),
            }
        }
        inside(self, stmt, &mut Vec::new())
    }

    /// Whether some lanes leave a loop by a jump, its own or one to further out.
    pub(super) fn lanes_jump_out(&self, id: core::LoopId, body: &[Stmt]) -> bool {
        fn inside(this: &Lower<'_>, stmt: &Stmt, within: &mut Vec<core::LoopId>, id: core::LoopId) -> bool {
            match stmt {
                Stmt::Break { mark, target } => this.found.jumps[*mark] && !within.contains(target),
                Stmt::Continue { mark, target } => this.found.jumps[*mark] && *target != id && !within.contains(target),
                Stmt::Return { mark } => this.found.jumps[*mark],
                Stmt::Loop { id: inner, body, .. } => {
                    within.push(*inner);
                    let leaves = body.iter().any(|stmt| inside(this, stmt, within, id));
                    within.pop();
                    leaves
                }
                _ => stmt.blocks().into_iter().flatten().any(|stmt| inside(this, stmt, within, id)),
            }
        }
        body.iter().any(|stmt| inside(self, stmt, &mut Vec::new(), id))
    }

    fn panic(&mut self, panic: &core::Panic, mask: Mask, out: &mut Vec<Step>) {
        let varying = panic.condition.as_ref().is_some_and(|condition| self.found.varies(condition));
        let condition = panic
            .condition
            .as_ref()
            .map(|condition| if varying { self.lanes(condition, mask) } else { self.value(condition, mask) });
        let args = panic
            .args
            .iter()
            .map(|(name, arg)| {
                let lanes = self.found.varies(arg);
                (name.clone(), self.value(arg, mask), lanes)
            })
            .collect();
        out.push(Step::Panic(Panic {
            span: panic.span,
            mask: Some(mask),
            condition,
            message: panic.message.clone(),
            args,
        }));
    }
}

/// The loop of that number, whose turns are lanes.
fn lane_loop(block: &[Stmt], id: core::LoopId) -> Option<&Lanes> {
    block.iter().find_map(|stmt| match stmt {
        Stmt::Lanes(lanes) => (lanes.id == id).then_some(lanes),
        _ => stmt.blocks().into_iter().find_map(|inner| lane_loop(inner, id)),
    })
}
