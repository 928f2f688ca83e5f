//! Which variables may still be read: where lanes come back on, only those need their old values.
//! The flow is that of one lane through the scalar function.

use std::collections::BTreeSet;

use crate::core::{Body, Expr, FoldKind, Head, Lanes, LoopId, MarkId, Projection, Stmt, VarId};

/// A set of variables.
pub(crate) type Live = BTreeSet<VarId>;

/// What is live at the places where lanes come back on.
pub(crate) struct Liveness {
    /// At the start of an `if`'s other arm.
    pub(crate) otherwise: Vec<Live>,
    /// After an `if`.
    pub(crate) after_if: Vec<Live>,
    /// At the head of a loop: the next turn.
    pub(crate) head: Vec<Live>,
    /// After a loop.
    pub(crate) after_loop: Vec<Live>,
    /// At the function's end: the result.
    pub(crate) end: Live,
}

pub(crate) fn of(body: &Body) -> Liveness {
    let mut liveness = Liveness {
        otherwise: vec![Live::new(); body.marks],
        after_if: vec![Live::new(); body.marks],
        head: vec![Live::new(); body.loops.len()],
        after_loop: vec![Live::new(); body.loops.len()],
        end: Live::from([body.result]),
    };
    let end = liveness.end.clone();
    liveness.block(&body.block, end.clone(), &end);
    liveness
}

fn read(expr: &Expr, live: &mut Live) {
    expr.reads(&mut |var| {
        live.insert(var);
    });
}

impl Liveness {
    /// What is live before a block, given what is live after it and at the function's end.
    fn block(&mut self, block: &[Stmt], after: Live, end: &Live) -> Live {
        block.iter().rev().fold(after, |live, stmt| self.stmt(stmt, live, end))
    }

    fn stmt(&mut self, stmt: &Stmt, mut live: Live, end: &Live) -> Live {
        match stmt {
            Stmt::Let { var, value } => {
                live.remove(var);
                if let Some(value) = value {
                    read(value, &mut live);
                }
            }
            Stmt::LetTaken { var, of, .. } => {
                live.remove(var);
                live.insert(*of);
            }
            Stmt::Assign { place, value, .. } => {
                if place.path.is_empty() {
                    live.remove(&place.var);
                } else {
                    live.insert(place.var);
                }
                for projection in &place.path {
                    if let Projection::Index(index) = projection {
                        read(index, &mut live);
                    }
                }
                read(value, &mut live);
            }
            Stmt::Store { array, .. } => {
                live.insert(*array);
                for expr in stmt.expressions() {
                    read(expr, &mut live);
                }
            }
            Stmt::Lanes(lanes) => live = self.lanes(lanes, live, end),
            Stmt::Chains { folds, body, .. } => {
                let parts: Live = folds.iter().map(|fold| fold.part).collect();
                live = &self.block(body, &live | &parts, end) - &parts;
                live.extend(folds.iter().map(|fold| fold.var));
            }
            Stmt::Parallel(parallel) => {
                let parts: Live = parallel.folds.iter().map(|fold| fold.part).collect();
                let part = self.stmt(&parallel.part, parts.clone(), end);
                live = &live | &(&part - &parts);
                live.remove(&parallel.from);
                live.remove(&parallel.to);
                live.extend(parallel.folds.iter().map(|fold| fold.var));
                for expr in stmt.expressions() {
                    read(expr, &mut live);
                }
            }
            Stmt::Exit { id, taken, jump, .. } => {
                let mut left = self.stmt(jump, self.after_loop[*id].clone(), end);
                for (var, _) in taken {
                    left.remove(var);
                }
                live = &live | &left;
                for expr in stmt.expressions() {
                    read(expr, &mut live);
                }
            }
            Stmt::Eval(_) | Stmt::Panic(_) => {
                for expr in stmt.expressions() {
                    read(expr, &mut live);
                }
            }
            Stmt::If { mark, condition, then, otherwise } => {
                self.after_if[*mark] = live.clone();
                let no = self.block(otherwise, live.clone(), end);
                let yes = self.block(then, live, end);
                self.otherwise[*mark] = no.clone();
                live = &yes | &no;
                read(condition, &mut live);
            }
            Stmt::Loop { id, head, body } => live = self.repeated(*id, head, body, live, end),
            Stmt::Break { target, .. } => live = self.after_loop[*target].clone(),
            Stmt::Continue { target, .. } => live = self.head[*target].clone(),
            Stmt::Return { .. } => live = end.clone(),
            Stmt::Item(_) => {}
        }
        live
    }

    /// A loop whose turns are lanes: what they combine is read after it, by the loop itself.
    fn lanes(&mut self, lanes: &Lanes, after: Live, end: &Live) -> Live {
        let mut parts: Live = lanes.folds.iter().map(|fold| fold.part).collect();
        parts.extend(lanes.folds.iter().filter_map(|fold| match fold.kind {
            FoldKind::Best { when, .. } => when,
            _ => None,
        }));
        let after = &after | &parts;
        self.after_loop[lanes.id] = after.clone();
        self.head[lanes.id].clear();
        loop {
            let mut live = &self.block(&lanes.body, self.head[lanes.id].clone(), end) | &after;
            for counted in [Some(lanes.var), Some(lanes.first), lanes.turn].into_iter().flatten() {
                live.remove(&counted);
            }
            if live == self.head[lanes.id] {
                break;
            }
            self.head[lanes.id] = live;
        }
        let mut live = &self.head[lanes.id] - &parts;
        // What is combined further out goes on from what there is.
        live.extend(lanes.folds.iter().map(|fold| if fold.lifted { fold.part } else { fold.var }));
        for expr in [&lanes.from, &lanes.to].into_iter().chain(&lanes.step) {
            read(expr, &mut live);
        }
        live
    }

    /// A loop: until the set at its head no longer grows.
    fn repeated(&mut self, id: LoopId, head: &Head, body: &[Stmt], after: Live, end: &Live) -> Live {
        self.after_loop[id] = after.clone();
        self.head[id].clear();
        loop {
            let mut live = self.block(body, self.head[id].clone(), end);
            match head {
                Head::Forever => {}
                Head::While(condition) => {
                    live = &live | &after;
                    read(condition, &mut live);
                }
                // The ends and the table are read before the loop, and stay readable in it.
                Head::Range { var, from, to, step, .. } => {
                    live.remove(var);
                    live = &live | &after;
                    for expr in [from, to].into_iter().chain(step) {
                        read(expr, &mut live);
                    }
                }
                Head::Elements { var, counter, of, .. } => {
                    live.remove(var);
                    if let Some(counter) = counter {
                        live.remove(counter);
                    }
                    live = &live | &after;
                    read(of, &mut live);
                }
            }
            if live == self.head[id] {
                return live;
            }
            self.head[id] = live;
        }
    }
}

impl Liveness {
    /// Whether the lanes that are off in an arm of an `if` still need a variable when they come back on.
    pub(crate) fn needed_by_other_arm(&self, mark: MarkId, in_then: bool, var: VarId) -> bool {
        let live = if in_then { &self.otherwise[mark] } else { &self.after_if[mark] };
        live.contains(&var)
    }
}
