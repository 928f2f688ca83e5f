//! Indices as linear forms of a loop's variable: `k * i + <what the loop does not change>`.

use std::collections::{BTreeMap, BTreeSet};

use super::literal;
use super::text::Names;
use crate::ast::{BinaryOp, Type, UnaryOp};
use crate::core::{Body, Expr, ExprKind, FoldKind, Head, Stmt, VarId};

/// `lane * i + terms + constant`, where `terms` are what the loop over `i` does not change.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct Linear {
    pub(crate) lane: i64,
    pub(crate) terms: BTreeMap<String, i64>,
    pub(crate) constant: i64,
}

impl Linear {
    fn plus(mut self, other: Self, times: i64) -> Self {
        self.lane += times * other.lane;
        self.constant += times * other.constant;
        for (term, count) in other.terms {
            *self.terms.entry(term).or_default() += times * count;
        }
        self.terms.retain(|_, count| *count != 0);
        self
    }

    fn times(self, factor: i64) -> Self {
        Self::default().plus(self, factor)
    }

    fn as_constant(&self) -> Option<i64> {
        (self.lane == 0 && self.terms.is_empty()).then_some(self.constant)
    }
}

/// What is known of variables where a loop's indices are looked at.
pub(crate) struct Forms<'a> {
    /// The loop's variable.
    lane: VarId,
    /// The variables that the loop declares or assigns.
    inside: BTreeSet<VarId>,
    /// By variable: the only value it ever has, made of such values.
    definitions: BTreeMap<VarId, &'a Expr>,
}

impl<'a> Forms<'a> {
    pub(crate) fn of(body: &'a Body, lane: VarId, turn: &[Stmt]) -> Self {
        let mut inside = BTreeSet::new();
        changed(turn, &mut inside);
        let mut assigned = BTreeSet::new();
        assignments(&body.block, &mut assigned);
        let mut definitions = BTreeMap::new();
        define(&body.block, &mut definitions);
        definitions.retain(|var, value: &mut &Expr| {
            let mut steady = !assigned.contains(var);
            value.reads(&mut |read| steady &= !assigned.contains(&read));
            steady
        });
        Self { lane, inside, definitions }
    }

    /// Whether the loop leaves a variable as it is.
    pub(crate) fn is_invariant(&self, var: VarId) -> bool {
        var != self.lane && !self.inside.contains(&var)
    }

    pub(crate) fn linear(&self, expr: &Expr) -> Option<Linear> {
        match &expr.kind {
            ExprKind::Literal(_) => {
                let constant = i64::try_from(literal(expr)?).ok()?;
                Some(Linear { constant, ..Linear::default() })
            }
            ExprKind::Var(var) if *var == self.lane => Some(Linear { lane: 1, ..Linear::default() }),
            ExprKind::Var(var) => match self.definitions.get(var) {
                Some(value) if !self.is_invariant(*var) || is_sum(value) => self.linear(value),
                _ => self.term(expr),
            },
            // The loop's numbers do not wrap, so the conversion is the same for all of them.
            ExprKind::Cast(a, Type::Scalar(ty))
                if ty == "usize" && matches!(a.kind, ExprKind::Var(var) if var == self.lane) =>
            {
                Some(Linear { lane: 1, ..Linear::default() })
            }
            ExprKind::Unary(UnaryOp::Neg, a) => Some(self.linear(a)?.times(-1)),
            ExprKind::Binary(BinaryOp::Add, a, b) => Some(self.linear(a)?.plus(self.linear(b)?, 1)),
            ExprKind::Binary(BinaryOp::Sub, a, b) => Some(self.linear(a)?.plus(self.linear(b)?, -1)),
            ExprKind::Binary(BinaryOp::Mul, a, b) => {
                let (left, right) = (self.linear(a)?, self.linear(b)?);
                match (left.as_constant(), right.as_constant()) {
                    (Some(factor), _) => Some(right.times(factor)),
                    (_, Some(factor)) => Some(left.times(factor)),
                    _ => self.term(expr),
                }
            }
            _ => self.term(expr),
        }
    }

    /// An expression that the loop does not change, as a term of its own.
    fn term(&self, expr: &Expr) -> Option<Linear> {
        let mut steady = !has_element(expr);
        expr.reads(&mut |var| steady &= self.is_invariant(var));
        steady.then(|| Linear { terms: BTreeMap::from([(Names::Unique.expr(expr), 1)]), ..Linear::default() })
    }
}

fn is_sum(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Binary(BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul, ..) | ExprKind::Var(_))
}

fn has_element(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Element { .. } | ExprKind::Index(..) | ExprKind::Call { .. })
        || expr.operands().into_iter().any(has_element)
}

/// The variables that a block declares or assigns.
pub(crate) fn changed(block: &[Stmt], found: &mut BTreeSet<VarId>) {
    declared(block, found);
    assignments(block, found);
}

/// The variables that a block declares.
pub(crate) fn declared(block: &[Stmt], found: &mut BTreeSet<VarId>) {
    for stmt in block {
        match stmt {
            Stmt::Let { var, .. } | Stmt::LetTaken { var, .. } => {
                found.insert(*var);
            }
            Stmt::Loop { head: Head::Range { var, .. }, .. } => {
                found.insert(*var);
            }
            Stmt::Chains { folds, .. } => found.extend(folds.iter().map(|fold| fold.part)),
            Stmt::Lanes(lanes) => {
                found.extend([lanes.var, lanes.first]);
                found.extend(lanes.turn);
                for fold in &lanes.folds {
                    found.insert(fold.part);
                    if let FoldKind::Best { when: Some(when), .. } = fold.kind {
                        found.insert(when);
                    }
                }
            }
            Stmt::Loop { head: Head::Elements { var, counter, .. }, .. } => {
                found.insert(*var);
                found.extend(counter);
            }
            _ => {}
        }
        stmt.blocks().into_iter().for_each(|inner| declared(inner, found));
    }
}

/// The variables that a block assigns.
pub(crate) fn assignments(block: &[Stmt], found: &mut BTreeSet<VarId>) {
    for stmt in block {
        if let Stmt::Assign { place, .. } = stmt {
            found.insert(place.var);
        }
        stmt.blocks().into_iter().for_each(|inner| assignments(inner, found));
    }
}

fn define<'a>(block: &'a [Stmt], found: &mut BTreeMap<VarId, &'a Expr>) {
    for stmt in block {
        if let Stmt::Let { var, value: Some(value) } = stmt {
            found.insert(*var, value);
        }
        stmt.blocks().into_iter().for_each(|inner| define(inner, found));
    }
}

/// What the variables stand for that keep an index for an assignment: they are made to be assigned, and never are.
pub(crate) fn temporaries(body: &Body) -> BTreeMap<VarId, &Expr> {
    let (mut found, mut assigned) = (BTreeMap::new(), BTreeSet::new());
    define(&body.block, &mut found);
    assignments(&body.block, &mut assigned);
    found.retain(|var, _| body.vars[*var].mutable && !assigned.contains(var));
    found
}

/// What variables of a block always are: those that are defined once, of what the block does not assign.
pub(crate) fn definitions(block: &[Stmt]) -> BTreeMap<VarId, Expr> {
    let (mut found, mut assigned) = (BTreeMap::new(), BTreeSet::new());
    define(block, &mut found);
    assignments(block, &mut assigned);
    found.retain(|var, value| {
        let mut steady = !assigned.contains(var) && !has_element(value);
        value.reads(&mut |read| steady &= !assigned.contains(&read));
        steady
    });
    found.into_iter().map(|(var, value)| (var, value.clone())).collect()
}

/// Text that is the same for the same elements.
pub(crate) fn key(array: VarId, axis: usize, index: &[Expr]) -> String {
    format!("{axis} {}", Names::Unique.element(array, index))
}
