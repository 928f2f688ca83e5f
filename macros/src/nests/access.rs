//! What the turns of a loop do to arrays and variables, and whether two turns can meet in a place.

use std::collections::BTreeSet;

use proc_macro2::Span;

use super::Refusal;
use super::index::{self, Forms, Linear};
use super::text::Names;
use crate::ast::BinaryOp;
use crate::core::{Body, Expr, ExprKind, Head, LoopId, Operation, Stmt, VarId};
use crate::infer::{Class, Types};

/// One mention of an array's element.
struct Access<'a> {
    array: VarId,
    index: &'a [Expr],
    span: Span,
    write: bool,
    /// What combines the old element with a value: `h[k] += v`.
    combined: Option<Operation>,
    /// Within a loop inside the one that is looked at.
    inner: bool,
}

/// All that a loop does.
pub(super) struct Accesses<'a> {
    body: &'a Body,
    types: &'a Types,
    pub(super) id: LoopId,
    pub(super) turn: &'a [Stmt],
    found: Vec<Access<'a>>,
    forms: Forms<'a>,
    jumps: Vec<Refusal>,
}

impl<'a> Accesses<'a> {
    pub(super) fn of(body: &'a Body, types: &'a Types, stmt: &'a Stmt) -> Self {
        let Stmt::Loop { id, head: Head::Range { var, .. }, body: turn } = stmt else {
            unreachable!("only loops over ranges are looked at")
        };
        let forms = Forms::of(body, *var, turn);
        let mut accesses = Self { body, types, id: *id, turn, found: Vec::new(), forms, jumps: Vec::new() };
        accesses.block(turn, &mut vec![*id]);
        accesses
    }

    fn block(&mut self, block: &'a [Stmt], within: &mut Vec<LoopId>) {
        let inner = within.len() > 1;
        let span = self.body.loops[self.id].span;
        for stmt in block {
            for expr in stmt.expressions() {
                self.reads(expr, inner);
            }
            match stmt {
                Stmt::Store { span, array, index, op, .. } => {
                    let combined = op.and_then(operation);
                    let access = Access { array: *array, index, span: *span, write: true, combined, inner };
                    self.found.push(access);
                }
                Stmt::Break { target, .. } if *target == self.id || !within.contains(target) => {
                    let message = "a turn of this loop ends it by `break`, which the turns beside it would not know: put `#[scalar]` \
                                   before the loop, or let all turns run";
                    self.jumps.push(Refusal::new(span, message));
                }
                Stmt::Continue { target, .. } if !within.contains(target) => {
                    let message = "a turn of this loop goes on with a loop further out, which the turns beside it would not know: put \
                                   `#[scalar]` before the loop";
                    self.jumps.push(Refusal::new(span, message));
                }
                Stmt::Return { .. } => {
                    let message = "a turn of this loop returns from the function, which the turns beside it would not know: put \
                                   `#[scalar]` before the loop, or return after it";
                    self.jumps.push(Refusal::new(span, message));
                }
                _ => {}
            }
            if let Stmt::Loop { id, .. } = stmt {
                within.push(*id);
            }
            stmt.blocks().into_iter().for_each(|inner| self.block(inner, within));
            if let Stmt::Loop { .. } = stmt {
                within.pop();
            }
        }
    }

    fn reads(&mut self, expr: &'a Expr, inner: bool) {
        if let ExprKind::Element { array, index } = &expr.kind {
            self.found.push(Access { array: *array, index, span: expr.span, write: false, combined: None, inner });
        }
        for operand in expr.operands() {
            self.reads(operand, inner);
        }
    }

    /// The jumps that leave a turn for more than the next one.
    pub(super) fn jumps(&self) -> Vec<Refusal> {
        self.jumps.iter().map(|refusal| Refusal::new(refusal.span, refusal.message.clone())).collect()
    }

    /// How many jumps there are of that kind.
    pub(super) fn jump_count(&self) -> usize {
        self.jumps.len()
    }

    /// Whether successive turns read successive elements by an index, which can be looked up before the loop.
    pub(super) fn is_run(&self, index: &[Expr]) -> bool {
        let forms: Option<Vec<Linear>> = index.iter().map(|part| self.forms.linear(part)).collect();
        forms.is_some_and(|forms| {
            let lane = forms.iter().filter(|form| form.lane != 0).map(|form| form.lane).collect::<Vec<_>>();
            matches!(lane[..], [] | [1])
        })
    }

    /// Whether an expression is known to be of floats.
    pub(super) fn is_float(&self, expr: &Expr) -> bool {
        self.types.class(expr) == Class::Float
    }

    /// The variables from around that the loop assigns.
    pub(super) fn assigned_from_around(&self) -> BTreeSet<VarId> {
        let (mut assigned, mut declared) = (BTreeSet::new(), BTreeSet::new());
        index::assignments(self.turn, &mut assigned);
        index::declared(self.turn, &mut declared);
        &assigned - &declared
    }

    /// The arrays that the loop writes.
    fn written(&self) -> BTreeSet<VarId> {
        self.found.iter().filter(|access| access.write).map(|access| access.array).collect()
    }

    /// Where two turns may meet in an element that one of them writes.
    pub(super) fn dependence(&self) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        for array in self.written() {
            let accesses: Vec<&Access<'_>> = self.found.iter().filter(|access| access.array == array).collect();
            // One statement, once a turn: the lanes write one after the other, in the order of the turns.
            if let [only] = accesses[..]
                && !only.inner
            {
                continue;
            }
            refusals.extend(self.meeting(&accesses));
        }
        refusals
    }

    /// The first two accesses of an array that may meet.
    fn meeting(&self, accesses: &[&Access<'_>]) -> Option<Refusal> {
        let temporaries = index::temporaries(self.body);
        let names = Names::User(&self.body.vars, &temporaries);
        for write in accesses.iter().filter(|access| access.write) {
            for other in accesses {
                if self.are_apart(write, other) {
                    continue;
                }
                let place = names.element(write.array, write.index);
                if std::ptr::eq(*write, *other) {
                    let message = format!(
                        "`{place}` may be written by several turns of this loop: index it with the loop's variable, as `x[i + 1]` or \
                         `x[[i, j]]` do, or put `#[scalar]` before the loop"
                    );
                    return Some(Refusal::new(write.span, message));
                }
                let what = if other.write { "written" } else { "read" };
                let element = names.element(other.array, other.index);
                let message = format!(
                    "`{place}` is written here, and `{element}` may be {what} by another turn of the loop: the turns depend on their \
                     order; put `#[scalar]` before the loop, or write to another array"
                );
                return Some(Refusal::new(write.span, message));
            }
        }
        None
    }

    /// Whether two accesses are of different elements in different turns.
    fn are_apart(&self, a: &Access<'_>, b: &Access<'_>) -> bool {
        a.index.iter().zip(b.index).any(|(a, b)| {
            let (Some(a), Some(b)) = (self.forms.linear(a), self.forms.linear(b)) else { return false };
            if a.lane != b.lane || a.terms != b.terms {
                return false;
            }
            let distance = a.constant - b.constant;
            // `k i + c = k j + d` has no solution but `i = j`, or none at all.
            if a.lane == 0 { distance != 0 } else { distance % a.lane != 0 || distance == 0 }
        })
    }

    /// Of a loop whose turns run on several threads: for each array that is written, the axis on which all its indices
    /// are the loop's variable plus one number, and that number.
    #[allow(clippy::type_complexity, reason = "two lists of what is found")]
    pub(super) fn divided(&self, refusals: &mut Vec<Refusal>) -> (Vec<(VarId, usize, i64)>, Vec<(VarId, Operation)>) {
        let temporaries = index::temporaries(self.body);
        let names = Names::User(&self.body.vars, &temporaries);
        let (mut found, mut combined) = (Vec::new(), Vec::new());
        for array in self.written() {
            let accesses: Vec<&Access<'_>> = self.found.iter().filter(|access| access.array == array).collect();
            let axis = (0..accesses[0].index.len()).find_map(|axis| {
                let offsets: BTreeSet<Option<i64>> =
                    accesses.iter().map(|access| self.own(&access.index[axis])).collect();
                match offsets.into_iter().collect::<Vec<_>>()[..] {
                    [Some(offset)] => Some((axis, offset)),
                    _ => None,
                }
            });
            if let Some((axis, offset)) = axis {
                found.push((array, axis, offset));
                continue;
            }
            // One way of combining, and nothing that looks at what has been combined.
            let operations: BTreeSet<Option<Operation>> = accesses.iter().map(|access| access.combined).collect();
            if let [Some(operation)] = operations.into_iter().collect::<Vec<_>>()[..] {
                combined.push((array, operation));
                continue;
            }
            let own =
                |access: &&&Access<'_>| (0..access.index.len()).any(|axis| self.own(&access.index[axis]).is_some());
            let mut writes = accesses.iter().filter(|access| access.write);
            let first = writes.clone().next().expect("the array is written");
            let write = writes.find(|access| !own(access)).unwrap_or(first);
            let place = names.element(write.array, write.index);
            let differs = |access: &&&Access<'_>| names.element(access.array, access.index) != place;
            let mut others = accesses.iter().filter(differs);
            let other = others.clone().find(|access| !own(access)).or_else(|| others.next());
            let message = match other {
                Some(other) => format!(
                    "`{place}` and `{}` are touched by turns of a `prange`, which would race: an array that it writes is indexed \
                     everywhere by the loop's variable plus the same number, on the same axis; write to another array",
                    names.element(other.array, other.index)
                ),
                None => format!(
                    "`{place}` may be touched by several turns of a `prange`, which would race: index one axis with the loop's \
                     variable plus a number, as in `{}{}`",
                    self.body.vars[array].name,
                    if write.index.len() == 1 { "[i]" } else { "[[i, ..]]" }
                ),
            };
            refusals.push(Refusal::new(write.span, message));
        }
        (found, combined)
    }

    /// `c` of an index `i + c`.
    fn own(&self, index: &Expr) -> Option<i64> {
        match self.forms.linear(index) {
            Some(Linear { lane: 1, terms, constant }) if terms.is_empty() => Some(constant),
            _ => None,
        }
    }
}

/// The operation by which `x op= v` combines elements, if their order does not matter to it. What is subtracted is summed up.
fn operation(op: BinaryOp) -> Option<Operation> {
    match op {
        BinaryOp::Add | BinaryOp::Sub => Some(Operation::Sum),
        BinaryOp::Mul => Some(Operation::Product),
        BinaryOp::And => Some(Operation::And),
        BinaryOp::Or => Some(Operation::Or),
        BinaryOp::Xor => Some(Operation::Xor),
        _ => None,
    }
}
