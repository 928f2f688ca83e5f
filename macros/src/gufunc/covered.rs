//! Which outputs a function writes in full before it reads them, so that what they held before is of no account.

use std::collections::{BTreeMap, BTreeSet};

use super::choice::Cores;
use super::signature::{Length, Signature};
use crate::core::{Body, Expr, ExprKind, Head, Stmt, VarId};
use crate::nests::{index, literal};

/// The outputs, by number, as bits.
pub(super) fn outputs(body: &Body, cores: &Cores<'_>) -> u32 {
    let dimensions = cores.dimensions(body);
    let definitions = index::definitions(&body.block);
    let covered = Covered { signature: cores.signature, dimensions, definitions };
    let outputs = cores.outputs(body);
    let bits = outputs.iter().enumerate().filter(|(_, var)| covered.by(&body.block, **var));
    bits.fold(0, |bits, (number, _)| bits | 1 << number)
}

struct Covered<'a> {
    signature: &'a Signature,
    /// By array, the numbers of its core dimensions.
    dimensions: BTreeMap<VarId, &'a [usize]>,
    /// What variables always are.
    definitions: BTreeMap<VarId, Expr>,
}

impl Covered<'_> {
    /// Whether a block writes all elements of an array before anything reads one or leaves.
    fn by(&self, block: &[Stmt], array: VarId) -> bool {
        let mut singly: BTreeSet<Vec<u64>> = BTreeSet::new();
        let all = self.dimensions[&array].iter().map(|dimension| self.frozen(*dimension));
        let all = all.collect::<Option<Vec<u64>>>();
        for stmt in block {
            if jumps(stmt) || reads(stmt, array) {
                return false;
            }
            match stmt {
                Stmt::Store { array: to, index, op: None, .. } if *to == array => {
                    let places = index.iter().map(literal).collect::<Option<Vec<u64>>>();
                    if let (Some(all), Some(places)) = (&all, places)
                        && places.iter().zip(all).all(|(place, length)| place < length)
                    {
                        singly.insert(places);
                        if singly.len() as u64 == all.iter().product::<u64>() {
                            return true;
                        }
                    }
                }
                Stmt::Loop { .. } if self.by_loops(stmt, array, &mut Vec::new()) => return true,
                _ => {}
            }
        }
        false
    }

    /// Whether nested loops go over all elements, and write each.
    fn by_loops<'s>(&self, stmt: &'s Stmt, array: VarId, around: &mut Vec<(VarId, &'s Expr)>) -> bool {
        let Stmt::Loop { head: Head::Range { var, from, to, inclusive: false, step: None, .. }, body, .. } = stmt
        else {
            return false;
        };
        if literal(from) != Some(0) {
            return false;
        }
        around.push((*var, to));
        let found = body.iter().any(|stmt| match stmt {
            Stmt::Store { array: to, index, op: None, .. } if *to == array => {
                let mut used = BTreeSet::new();
                index.iter().zip(self.dimensions[&array]).all(|(index, dimension)| match index.kind {
                    ExprKind::Var(var) => {
                        let over = around.iter().find(|(counted, _)| *counted == var);
                        used.insert(var) && over.is_some_and(|(_, to)| self.is_length(to, *dimension))
                    }
                    _ => false,
                }) && used.len() == around.len()
            }
            Stmt::Loop { .. } => self.by_loops(stmt, array, around),
            _ => false,
        });
        around.pop();
        found
    }

    fn frozen(&self, dimension: usize) -> Option<u64> {
        match self.signature.dimensions[dimension].length {
            Length::Frozen(length) => Some(length as u64),
            _ => None,
        }
    }

    /// Whether an expression is the length of a core dimension.
    fn is_length(&self, expr: &Expr, dimension: usize) -> bool {
        match &expr.kind {
            ExprKind::Extent { array, axis } => {
                let axes = self.dimensions.get(array).copied().unwrap_or_default();
                axes.get(axis.unwrap_or(usize::MAX)).is_some_and(|own| *own == dimension)
            }
            ExprKind::Literal(_) => literal(expr).is_some_and(|length| self.frozen(dimension) == Some(length)),
            ExprKind::Var(var) => self.definitions.get(var).is_some_and(|value| self.is_length(value, dimension)),
            _ => false,
        }
    }
}

/// Whether a statement leaves the function or a loop.
fn jumps(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Return { .. } | Stmt::Break { .. } | Stmt::Continue { .. })
        || stmt.blocks().into_iter().flatten().any(jumps)
}

/// Whether a statement reads elements of an array.
fn reads(stmt: &Stmt, array: VarId) -> bool {
    fn expr(e: &Expr, array: VarId) -> bool {
        matches!(e.kind, ExprKind::Element { array: read, .. } if read == array)
            || e.operands().into_iter().any(|operand| expr(operand, array))
    }
    let combined = matches!(stmt, Stmt::Store { array: to, op: Some(_), .. } if *to == array);
    combined
        || stmt.expressions().into_iter().any(|e| expr(e, array))
        || stmt.blocks().into_iter().flatten().any(|stmt| reads(stmt, array))
}
