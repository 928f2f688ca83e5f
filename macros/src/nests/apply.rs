//! Makes loops what was planned for them.

use std::collections::{BTreeMap, BTreeSet};

use super::Plan;
use super::folds::Found;
use super::index;
use super::lift;
use crate::ast::{BinaryOp, Type};
use crate::core::{Body, Expr, ExprKind, Fold, FoldKind, Head, Lanes, Loop, LoopId, Parallel, Place, Stmt, Var, VarId};
use crate::diagnostics::Problems;
use crate::infer::Types;

pub(super) fn plans(body: &mut Body, plans: BTreeMap<LoopId, Plan>, types: &Types, problems: &mut Problems) {
    let block = std::mem::take(&mut body.block);
    let mut apply = Apply { vars: &mut body.vars, loops: &body.loops, marks: &mut body.marks, plans, types, problems };
    body.block = lift::folds(apply.block(block));
}

struct Apply<'a> {
    vars: &'a mut Vec<Var>,
    loops: &'a [Loop],
    marks: &'a mut usize,
    plans: BTreeMap<LoopId, Plan>,
    types: &'a Types,
    problems: &'a mut Problems,
}

impl Apply<'_> {
    fn block(&mut self, block: Vec<Stmt>) -> Vec<Stmt> {
        block.into_iter().map(|stmt| self.stmt(stmt)).collect()
    }

    fn stmt(&mut self, stmt: Stmt) -> Stmt {
        match stmt {
            Stmt::If { mark, condition, then, otherwise } => {
                let (then, otherwise) = (self.block(then), self.block(otherwise));
                Stmt::If { mark, condition, then, otherwise }
            }
            Stmt::Loop { id, head, body } => {
                let body = self.block(body);
                match self.plans.remove(&id) {
                    Some(plan) => self.planned(id, plan, head, body),
                    None => Stmt::Loop { id, head, body },
                }
            }
            other => other,
        }
    }

    fn planned(&mut self, id: LoopId, plan: Plan, head: Head, mut body: Vec<Stmt>) -> Stmt {
        if let Some(at) = plan.exit {
            let stmt = std::mem::replace(&mut body[at], Stmt::Item(proc_macro2::TokenStream::new()));
            body[at] = exit(id, stmt);
        }
        for var in plan.private.clone() {
            let own = self.copy_of(var);
            rename(&mut body, var, own);
            body.insert(0, Stmt::Let { var: own, value: None });
        }
        if plan.parallel { self.parallel(id, plan, head, body) } else { self.lanes(id, &plan.folds, head, body) }
    }

    /// A new variable, named and typed as another.
    fn copy_of(&mut self, var: VarId) -> VarId {
        let Var { name, ty, .. } = &self.vars[var];
        self.vars.push(Var { name: name.clone(), mutable: true, ty: ty.clone(), lanes: false });
        self.vars.len() - 1
    }

    /// Gives the turns their own variables in place of those that they combine.
    fn folds(&mut self, id: LoopId, found: &[Found], body: &mut [Stmt]) -> Vec<Fold> {
        let span = self.loops[id].span;
        let mut folds = Vec::new();
        for found in found {
            let parts: Vec<(VarId, VarId)> = found.vars().into_iter().map(|var| (var, self.copy_of(var))).collect();
            for (var, part) in &parts {
                rename(body, *var, *part);
            }
            let best = parts[0].1;
            for (k, (var, part)) in parts.into_iter().enumerate() {
                let kind = match found {
                    Found::Operation { operation, exact, steady, .. } => {
                        FoldKind::Operation { operation: *operation, exact: *exact, steady: *steady }
                    }
                    Found::Best { comparison, .. } if k == 0 => FoldKind::Best { comparison: *comparison, when: None },
                    Found::Best { .. } => FoldKind::With(best),
                };
                folds.push(Fold { span, var, part, kind, lifted: false });
            }
        }
        folds
    }

    fn lanes(&mut self, id: LoopId, found: &[Found], head: Head, mut body: Vec<Stmt>) -> Stmt {
        let Head::Range { var, from, to, inclusive, reversed, step } = head else {
            unreachable!("only loops over ranges become lanes")
        };
        let mut folds = self.folds(id, found, &mut body);
        let mut turn = None;
        for fold in &mut folds {
            if let FoldKind::Best { when, .. } = &mut fold.kind {
                let turn = *turn.get_or_insert_with(|| self.counter(fold.span));
                let found_in = self.counter(fold.span);
                *when = Some(found_in);
                self.note(&mut body, fold.part, found_in, turn);
            }
        }
        // A gang's first number is counted as the loop's variable is, which lanes hold as vectors.
        let first = self.copy_of(var);
        Stmt::Lanes(Lanes { id, var, first, turn, from, to, inclusive, reversed, step, folds, body })
    }

    /// A variable that holds numbers of turns.
    fn counter(&mut self, span: proc_macro2::Span) -> VarId {
        let name = proc_macro2::Ident::new("turn", span);
        let ty = Some(Type::Scalar(proc_macro2::Ident::new("u64", span)));
        self.vars.push(Var { name, mutable: true, ty, lanes: true });
        self.vars.len() - 1
    }

    /// Where `best` is assigned, under its condition, notes the turn.
    fn note(&mut self, block: &mut [Stmt], best: VarId, when: VarId, turn: VarId) {
        for stmt in block {
            if let Stmt::Assign { place, value: Expr { span, kind: ExprKind::If(condition, yes, _) }, .. } = stmt
                && place.var == best
            {
                let span = *span;
                let assign = self.assign(best, (**yes).clone());
                *stmt = Stmt::If {
                    mark: self.mark(),
                    condition: (**condition).clone(),
                    then: vec![assign, self.assign(when, Expr::var(turn, span))],
                    otherwise: Vec::new(),
                };
                continue;
            }
            match stmt {
                Stmt::If { then, otherwise, .. } => {
                    let here = then.iter().any(|stmt| matches!(stmt, Stmt::Assign { place, .. } if place.var == best));
                    if here {
                        let span = self.vars[best].name.span();
                        then.push(self.assign(when, Expr::var(turn, span)));
                    } else {
                        self.note(then, best, when, turn);
                        self.note(otherwise, best, when, turn);
                    }
                }
                Stmt::Loop { body, .. } => self.note(body, best, when, turn),
                _ => {}
            }
        }
    }

    fn mark(&mut self) -> usize {
        *self.marks += 1;
        *self.marks - 1
    }

    fn assign(&mut self, var: VarId, value: Expr) -> Stmt {
        Stmt::Assign { mark: self.mark(), place: Place { var, path: Vec::new() }, value }
    }

    fn parallel(&mut self, id: LoopId, plan: Plan, head: Head, mut body: Vec<Stmt>) -> Stmt {
        let Head::Range { var, from: first, to, inclusive, .. } = head else { unreachable!("a prange has a range") };
        let span = self.loops[id].span;
        let folds = self.folds(id, &plan.folds, &mut body);
        let end = if inclusive {
            let one = Expr::new(span, ExprKind::Literal(quote::quote! { 1 }));
            Expr::new(span, ExprKind::Binary(BinaryOp::Add, Box::new(to), Box::new(one)))
        } else {
            to
        };
        let ends = ["from", "to"].map(|name| {
            let name = proc_macro2::Ident::new(name, span);
            let ty = Some(Type::Scalar(proc_macro2::Ident::new("usize", span)));
            self.vars.push(Var { name, mutable: false, ty, lanes: false });
            self.vars.len() - 1
        });
        let [from, to] = ends;
        let part_head = Head::Range {
            var,
            from: Expr::var(from, span),
            to: Expr::var(to, span),
            inclusive: false,
            reversed: false,
            step: None,
        };
        let part = if plan.lanes {
            let inner: Vec<Found> = plan.folds.iter().map(|found| of_parts(found, &folds)).collect();
            self.lanes(id, &inner, part_head, body)
        } else {
            Stmt::Loop { id, head: part_head, body }
        };
        let captures = self.captures(&part, &plan, &folds, &ends);
        let folded: Vec<Type> = folds.iter().filter_map(|fold| self.type_of(fold.var)).collect();
        Stmt::Parallel(Parallel {
            id,
            from,
            to,
            part: Box::new(part),
            first,
            end,
            folds,
            folded,
            captures,
            writes: plan.writes,
            privates: plan.privates,
        })
    }

    /// What a parallel loop's body reads from around.
    fn captures(&mut self, part: &Stmt, plan: &Plan, folds: &[Fold], ends: &[VarId]) -> Vec<(VarId, Type)> {
        let mut read = BTreeSet::new();
        reads(part, &mut read);
        for fold in folds {
            // The parts begin with what was there before.
            if matches!(fold.kind, FoldKind::Best { .. } | FoldKind::With(_)) {
                read.insert(fold.var);
            }
        }
        let mut inside = BTreeSet::new();
        index::declared(std::slice::from_ref(part), &mut inside);
        inside.extend(ends);
        inside.extend(folds.iter().map(|fold| fold.part));
        inside.extend(plan.writes.iter().map(|(array, ..)| *array));
        inside.extend(plan.privates.iter().map(|(array, _)| *array));
        read.difference(&inside).filter_map(|var| Some((*var, self.type_of(*var)?))).collect()
    }

    /// The type of a variable that other threads are given.
    fn type_of(&mut self, var: VarId) -> Option<Type> {
        if let Some(Type::View(view)) = &self.vars[var].ty {
            return Some(Type::View(view.clone()));
        }
        let found = self.types.of(var);
        if found.is_none() {
            let name = &self.vars[var].name;
            let message = format!(
                "the type of `{name}` has to be known here, because a `prange` takes it to other threads: write it down, as in \
                 `let {name}: f64 = ..`"
            );
            self.problems.push(name.span(), message);
        }
        found
    }
}

/// The test that ends a loop, as a statement of its own.
fn exit(id: LoopId, stmt: Stmt) -> Stmt {
    let taken = super::exit::taken(&stmt, id).expect("it was found so");
    let taken = taken.into_iter().map(|(var, value)| (var, value.clone())).collect();
    let Stmt::If { condition, mut then, .. } = stmt else { unreachable!("a test is an `if`") };
    let jump = Box::new(then.pop().expect("it ends with a jump"));
    Stmt::Exit { id, condition, taken, jump }
}

/// What the lanes of a part combine: the part's variables.
fn of_parts(found: &Found, folds: &[Fold]) -> Found {
    let part = |var: &VarId| folds.iter().find(|fold| fold.var == *var).expect("it is folded").part;
    match found {
        Found::Operation { var, operation, steady, .. } => {
            Found::Operation { var: part(var), operation: *operation, exact: false, steady: *steady }
        }
        Found::Best { var, comparison, with } => {
            Found::Best { var: part(var), comparison: *comparison, with: with.iter().map(part).collect() }
        }
    }
}

fn rename(block: &mut [Stmt], from: VarId, to: VarId) {
    for stmt in block {
        stmt.for_each_var(&mut |var| {
            if *var == from {
                *var = to;
            }
        });
    }
}

/// All variables that a statement reads, and the arrays.
fn reads(stmt: &Stmt, found: &mut BTreeSet<VarId>) {
    for expr in stmt.expressions() {
        expr.reads(&mut |var| {
            found.insert(var);
        });
    }
    match stmt {
        Stmt::Store { array, .. } => {
            found.insert(*array);
        }
        Stmt::Assign { place, .. } if !place.path.is_empty() => {
            found.insert(place.var);
        }
        Stmt::Lanes(Lanes { folds, .. }) | Stmt::Chains { folds, .. } => {
            found.extend(folds.iter().map(|fold| fold.var))
        }
        _ => {}
    }
    stmt.blocks().into_iter().flatten().for_each(|inner| reads(inner, found));
}
