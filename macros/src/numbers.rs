//! Variables that are never NaN, as their assignments show: extremes of these and any other value take one instruction in lanes
//! instead of three.

use std::collections::BTreeSet;

use crate::ast::UnaryOp;
use crate::core::{Body, Expr, ExprKind, Fold, FoldKind, Head, Lanes, Operation, Parallel, Stmt, VarId};

/// What variables are assigned.
#[derive(Default)]
struct Assignments<'a> {
    values: Vec<(VarId, &'a Expr)>,
    copies: Vec<(VarId, VarId)>,
    /// Assigned in other ways, of which nothing is known.
    others: BTreeSet<VarId>,
}

/// The variables of a body whose every value is a number, or an infinity.
pub(crate) fn of(body: &Body) -> BTreeSet<VarId> {
    let mut found = Assignments::default();
    found.block(&body.block);
    let assigned = found.values.iter().map(|(var, _)| *var).chain(found.copies.iter().map(|(var, _)| *var));
    let mut numbers: BTreeSet<VarId> = assigned.collect();
    numbers.retain(|var| !found.others.contains(var) && !body.params.contains(var));
    // Each was taken for a number; those that are not take others with them.
    loop {
        let of_values = found.values.iter().filter(|(_, value)| !is_number(value, &numbers)).map(|(var, _)| *var);
        let of_copies = found.copies.iter().filter(|(_, of)| !numbers.contains(of)).map(|(var, _)| *var);
        let wrong: Vec<VarId> = of_values.chain(of_copies).filter(|var| numbers.contains(var)).collect();
        if wrong.is_empty() {
            return numbers;
        }
        wrong.into_iter().for_each(|var| _ = numbers.remove(&var));
    }
}

/// Whether an expression is never NaN, where some variables are not.
pub(crate) fn is_number(expr: &Expr, numbers: &BTreeSet<VarId>) -> bool {
    match &expr.kind {
        ExprKind::Literal(_) => true,
        ExprKind::Constant(path) => is_named_number(&path.to_string().replace(' ', "")),
        ExprKind::Var(var) => numbers.contains(var),
        ExprKind::Unary(UnaryOp::Neg, a) => is_number(a, numbers),
        ExprKind::If(_, a, b) => is_number(a, numbers) && is_number(b, numbers),
        ExprKind::Method { name, .. } | ExprKind::TypeMethod { name, .. } => {
            let operands = expr.operands();
            match (name.to_string().as_str(), &operands[..]) {
                ("max" | "min", [a, b]) => is_number(a, numbers) || is_number(b, numbers),
                ("abs", [a]) => is_number(a, numbers),
                _ => false,
            }
        }
        _ => false,
    }
}

/// A constant of the language's float types but their NaN.
fn is_named_number(path: &str) -> bool {
    let path = path.strip_prefix("::").unwrap_or(path);
    let path = path.strip_prefix("std::").or_else(|| path.strip_prefix("core::")).unwrap_or(path);
    let name = path.strip_prefix("f32::").or_else(|| path.strip_prefix("f64::"));
    matches!(name, Some("INFINITY" | "NEG_INFINITY" | "MAX" | "MIN" | "MIN_POSITIVE" | "EPSILON"))
}

impl<'a> Assignments<'a> {
    fn block(&mut self, block: &'a [Stmt]) {
        for stmt in block {
            match stmt {
                Stmt::Let { var, value: Some(value) } => self.values.push((*var, value)),
                Stmt::LetTaken { var, of, .. } => self.copies.push((*var, *of)),
                Stmt::Assign { place, value, .. } if place.path.is_empty() => self.values.push((place.var, value)),
                Stmt::Assign { place, .. } => _ = self.others.insert(place.var),
                Stmt::Exit { taken, .. } => self.values.extend(taken.iter().map(|(var, value)| (*var, value))),
                Stmt::Loop { head: Head::Range { var, .. }, .. } => _ = self.others.insert(*var),
                Stmt::Loop { head: Head::Elements { var, counter, .. }, .. } => {
                    self.others.extend([*var].into_iter().chain(*counter));
                }
                Stmt::Lanes(Lanes { folds, .. })
                | Stmt::Chains { folds, .. }
                | Stmt::Parallel(Parallel { folds, .. }) => {
                    folds.iter().for_each(|fold| self.fold(fold));
                }
                _ => {}
            }
            stmt.blocks().into_iter().for_each(|inner| self.block(inner));
        }
    }

    /// What turns combine begins with a number, if it is an extreme of such variables.
    fn fold(&mut self, fold: &Fold) {
        let extreme = matches!(
            fold.kind,
            FoldKind::Operation { operation: Operation::LeastNumber | Operation::GreatestNumber, .. }
        );
        if extreme {
            self.copies.extend([(fold.var, fold.part), (fold.part, fold.part)]);
        } else {
            self.others.extend([fold.var, fold.part]);
        }
    }
}
