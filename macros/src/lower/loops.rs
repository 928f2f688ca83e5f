//! Loops under a mask. A loop that all lanes leave together stays Rust's own loop; a divergent one
//! runs while any lane is in its mask.

use super::Lower;
use crate::core::{self, LoopId, Stmt};
use crate::lane::{Head, Mask, MaskCode, Step};

impl Lower<'_> {
    pub(super) fn repeated(&mut self, id: LoopId, head: &core::Head, body: &[Stmt], mask: Mask, out: &mut Vec<Step>) {
        let divergent = self.found.loops[id];
        let running = Mask::Running(id);
        if divergent {
            out.push(Step::LetMask { mask: running, value: MaskCode::Mask(mask), mutable: true });
            out.extend(self.found.latches[id].iter().map(|var| Step::LetLatch { id, var: *var }));
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
            out.extend(self.found.latches[id].iter().map(|var| Step::Unlatch { id, var: *var }));
        }
    }

    /// Keeps what the lanes of `mask`, which may leave a loop here, hold of its variables.
    pub(super) fn latch(&mut self, id: LoopId, mask: Mask, out: &mut Vec<Step>) {
        if self.found.loops[id] {
            out.extend(self.found.latches[id].iter().map(|var| Step::Latch { id, var: *var, mask }));
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
    fn turn(&mut self, id: LoopId, around: Mask, steps: &mut Vec<Step>) -> Mask {
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
