//! Loops under a mask. A loop that all lanes leave together stays Rust's own loop; a divergent one
//! runs while any lane is in its mask.

use super::Lower;
use crate::core::{self, Expr, LoopId, Stmt, VarId};
use crate::lane::{Code, Head, Mask, MaskCode, Step};

impl Lower<'_> {
    pub(super) fn repeated(&mut self, id: LoopId, head: &core::Head, body: &[Stmt], mask: Mask, out: &mut Vec<Step>) {
        let divergent = self.found.loops[id];
        let running = Mask::Running(id);
        if divergent {
            out.push(Step::LetMask { mask: running, value: MaskCode::Mask(mask), mutable: true });
            for var in self.latched(id) {
                let value = self.whole(var, mask);
                out.push(Step::LetLatch { id, var, value });
            }
        }
        let around = if divergent { running } else { mask };
        let mut steps = Vec::new();
        let lane_head = self.head(id, head, around, &mut steps);
        let current = self.turn(id, around, &mut steps);
        self.loops.push(id);
        self.block(body, current, &mut steps);
        self.loops.pop();
        // The head tests the mask of a `while` and of a varying range only after it has looked at
        // its operands, which must not happen for no lane at all.
        if divergent && self.lanes_jump_out(id, body) {
            steps.push(Step::LeaveIfNone { mask: running, id });
        }
        out.push(Step::Loop { id, head: Box::new(lane_head), body: steps });
        if divergent {
            for var in self.latched(id).into_iter().filter(|var| !self.found.split[id].contains(var)) {
                let last = self.whole(var, mask);
                out.push(Step::Unlatch { id, var, last, new: None });
            }
        }
    }

    /// After a loop, what lanes took with them when they left it.
    pub(super) fn define_taken(&mut self, var: VarId, id: LoopId, of: VarId, mask: Mask, out: &mut Vec<Step>) {
        let lanes = self.found.vars[var];
        let span = self.body.vars[of].name.span();
        let value = if lanes { self.whole(of, mask) } else { self.value(&Expr::var(of, span), mask) };
        out.push(if self.found.latches[id].contains(&of) {
            Step::Unlatch { id, var: of, last: value, new: Some(var) }
        } else {
            Step::Let { var, lanes, value: Some(value) }
        });
    }

    fn latched(&self, id: LoopId) -> Vec<VarId> {
        self.found.latches[id].iter().copied().collect()
    }

    /// A variable's value in every lane.
    fn whole(&mut self, var: VarId, mask: Mask) -> Code {
        let span = self.body.vars[var].name.span();
        self.lanes(&Expr::var(var, span), mask)
    }

    /// Keeps what the lanes of `mask`, which may leave a loop here, hold of its variables.
    pub(super) fn latch(&mut self, id: LoopId, mask: Mask, out: &mut Vec<Step>) {
        if self.found.loops[id] {
            for var in self.latched(id) {
                let value = self.whole(var, mask);
                out.push(Step::Latch { id, var, value, mask });
            }
        }
    }

    /// The head of the emitted loop; what it does in each turn goes to `steps`.
    fn head(&mut self, id: LoopId, head: &core::Head, around: Mask, steps: &mut Vec<Step>) -> Head {
        let running = Mask::Running(id);
        match head {
            core::Head::Forever => Head::Forever,
            core::Head::While(condition) if self.found.varies(condition) => {
                let condition = self.lanes(condition, running);
                self.latch(id, running, steps);
                steps.push(Step::SetMask { mask: running, value: MaskCode::AndCode(running, condition) });
                steps.push(Step::LeaveIfNone { mask: running, id });
                Head::Forever
            }
            core::Head::While(condition) => Head::While(self.value(condition, around)),
            core::Head::Range { var, from, to, inclusive, reversed, step } => {
                let lanes = self.found.vars[*var];
                let (inclusive, reversed, var) = (*inclusive, *reversed, *var);
                let step = step.as_ref().map(|step| self.value(step, around));
                let mut latches = Vec::new();
                self.latch(id, running, &mut latches);
                if lanes {
                    let (from, to) = (self.lanes(from, around), self.lanes(to, around));
                    Head::LaneRange { var, from, to, inclusive, reversed, step, running, latches }
                } else if self.found.varies(to) {
                    let (from, to) = (self.value(from, around), self.lanes(to, around));
                    Head::RangeTo { var, from, to, inclusive, step, running, latches }
                } else {
                    let (from, to) = (self.value(from, around), self.value(to, around));
                    Head::Range { var, from, to, inclusive, reversed, step }
                }
            }
            core::Head::Elements { var, counter, of, reversed } => {
                let of = self.value(of, around);
                Head::Elements { var: *var, counter: *counter, of, reversed: *reversed }
            }
        }
    }

    /// The mask at the beginning of a turn.
    pub(super) fn turn(&mut self, id: LoopId, around: Mask, steps: &mut Vec<Step>) -> Mask {
        if self.found.continues[id] {
            steps.push(Step::LetMask { mask: Mask::Turn(id), value: MaskCode::Mask(around), mutable: true });
        }
        if self.found.loops[id] || self.found.continues[id] {
            self.local(MaskCode::Mask(around), steps)
        } else {
            around
        }
    }
}
