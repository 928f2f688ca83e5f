//! How many turns the loops have that would be lanes of one core, as far as the signature says.

use std::collections::BTreeMap;

use proc_macro2::Span;

use super::choice::Cores;
use super::signature::Length;
use crate::ast::BinaryOp;
use crate::core::{Body, Expr, ExprKind, Head, Stmt, VarId};
use crate::nests::{index, literal};

/// Of a body whose lanes are in one core.
pub(super) struct Turns {
    /// No loop is lanes.
    pub(super) none: bool,
    /// A loop without lanes in it runs one turn after the other.
    pub(super) in_order: Option<Span>,
    /// A loop runs on several threads.
    pub(super) parallel: bool,
    /// A loop's number of turns is known to nobody before it runs.
    pub(super) unknown: bool,
    /// The most turns that are known beforehand.
    pub(super) most: u64,
    /// The dimensions that say how many there are, as bits.
    pub(super) along: u64,
}

impl Turns {
    pub(super) fn of(body: &Body, cores: &Cores<'_>) -> Self {
        let counted = index::definitions(&body.block);
        let mut found = Find {
            body,
            cores,
            dimensions: cores.dimensions(body),
            values: counted,
            turns: Self { none: true, in_order: None, parallel: false, unknown: false, most: 0, along: 0 },
        };
        found.block(&body.block);
        found.turns
    }
}

struct Find<'a> {
    body: &'a Body,
    cores: &'a Cores<'a>,
    dimensions: BTreeMap<VarId, &'a [usize]>,
    /// What variables are, and below which values loops count.
    values: BTreeMap<VarId, Expr>,
    turns: Turns,
}

/// What bounds a number of turns.
enum Bound {
    Number(u64),
    /// These dimensions, as bits.
    Lengths(u64),
    Unknown,
}

impl Find<'_> {
    fn block(&mut self, block: &[Stmt]) {
        for stmt in block {
            match stmt {
                Stmt::Lanes(lanes) => {
                    self.turns.none = false;
                    match (self.bound(&lanes.to), literal(&lanes.from)) {
                        (Bound::Number(to), from) => {
                            let turns = to.saturating_sub(from.unwrap_or(0)) + u64::from(lanes.inclusive);
                            self.turns.most = self.turns.most.max(turns);
                        }
                        (Bound::Lengths(along), _) => self.turns.along |= along,
                        (Bound::Unknown, _) => self.turns.unknown = true,
                    }
                    continue;
                }
                Stmt::Loop { id, head, body } if !self.body.loops[*id].block => {
                    if let Head::Range { var, to, .. } = head {
                        self.values.insert(*var, to.clone());
                    }
                    if !has_lanes(body) {
                        self.turns.in_order.get_or_insert(self.body.loops[*id].span);
                    }
                }
                Stmt::Parallel(_) => self.turns.parallel = true,
                _ => {}
            }
            stmt.blocks().into_iter().for_each(|inner| self.block(inner));
        }
    }

    fn bound(&self, expr: &Expr) -> Bound {
        match &expr.kind {
            ExprKind::Literal(_) => literal(expr).map_or(Bound::Unknown, Bound::Number),
            ExprKind::Var(var) => self.values.get(var).map_or(Bound::Unknown, |value| self.bound(value)),
            ExprKind::Cast(a, _) => self.bound(a),
            ExprKind::Extent { array, axis } => {
                let own = self.dimensions.get(array).copied().unwrap_or_default();
                let own = axis.map_or(own, |axis| own.get(axis..=axis).unwrap_or_default());
                self.lengths(own)
            }
            ExprKind::Method { receiver, name, args } if name == "min" => match (self.bound(receiver), &args[..]) {
                (Bound::Number(a), [other]) => match self.bound(other) {
                    Bound::Number(b) => Bound::Number(a.min(b)),
                    _ => Bound::Number(a),
                },
                (Bound::Lengths(a), [other]) => match self.bound(other) {
                    Bound::Number(b) => Bound::Number(b),
                    Bound::Lengths(b) => Bound::Lengths(a | b),
                    Bound::Unknown => Bound::Lengths(a),
                },
                (bound, _) => bound,
            },
            // Fewer turns than the lengths have, or a few more.
            ExprKind::Binary(op, a, b) => match (self.bound(a), self.bound(b)) {
                (Bound::Lengths(a), Bound::Lengths(b)) => Bound::Lengths(a | b),
                (Bound::Lengths(a), Bound::Number(_)) => Bound::Lengths(a),
                (Bound::Number(_), Bound::Lengths(b)) => Bound::Lengths(b),
                (Bound::Number(a), Bound::Number(b)) => Bound::Number(match op {
                    BinaryOp::Add => a.saturating_add(b),
                    BinaryOp::Sub => a.saturating_sub(b),
                    BinaryOp::Mul => a.saturating_mul(b),
                    _ => a.max(b),
                }),
                _ => Bound::Unknown,
            },
            _ => Bound::Unknown,
        }
    }

    /// That of an array with these dimensions.
    fn lengths(&self, dimensions: &[usize]) -> Bound {
        let (mut product, mut along) = (1_u64, 0_u64);
        for dimension in dimensions {
            match self.cores.signature.dimensions[*dimension].length {
                Length::Frozen(length) => product = product.saturating_mul(length as u64),
                _ => along |= 1_u64 << dimension,
            }
        }
        match (dimensions.is_empty(), along) {
            (true, _) => Bound::Unknown,
            (false, 0) => Bound::Number(product),
            (false, along) => Bound::Lengths(along),
        }
    }
}

fn has_lanes(block: &[Stmt]) -> bool {
    block
        .iter()
        .any(|stmt| matches!(stmt, Stmt::Lanes(_) | Stmt::Parallel(_)) || stmt.blocks().into_iter().any(has_lanes))
}
