//! Accumulators of loops that run many times: where nothing else in a loop around mentions what is combined, they are set up
//! before that loop, and combined after it.

use crate::core::{Fold, FoldKind, LoopId, Stmt, VarId};

/// Lifts the accumulators of a block's loops as far out as they go.
pub(super) fn folds(block: Vec<Stmt>) -> Vec<Stmt> {
    block.into_iter().map(lifted).collect()
}

fn lifted(stmt: Stmt) -> Stmt {
    match stmt {
        Stmt::Loop { id, head, body } => {
            let mut body = folds(body);
            let mut found = Vec::new();
            let mentioned = body.iter_mut().fold(Vec::new(), mentions);
            take(&mut body, &mentioned, &mut found);
            let looped = Stmt::Loop { id, head, body };
            found.into_iter().fold(looped, |body, (id, folds)| Stmt::Chains { id, folds, body: vec![body] })
        }
        Stmt::If { mark, condition, then, otherwise } => {
            Stmt::If { mark, condition, then: folds(then), otherwise: folds(otherwise) }
        }
        Stmt::Parallel(mut parallel) => {
            let part = std::mem::replace(&mut *parallel.part, Stmt::Item(proc_macro2::TokenStream::new()));
            *parallel.part = lifted(part);
            Stmt::Parallel(parallel)
        }
        other => other,
    }
}

/// All mentions of variables, one for each.
fn mentions(mut found: Vec<VarId>, stmt: &mut Stmt) -> Vec<VarId> {
    stmt.for_each_var(&mut |var| found.push(*var));
    found
}

/// Takes out what is mentioned nowhere else.
fn take(block: &mut [Stmt], mentioned: &[VarId], found: &mut Vec<(LoopId, Vec<Fold>)>) {
    let alone = |fold: &Fold| {
        let operation = matches!(fold.kind, FoldKind::Operation { .. });
        operation && mentioned.iter().filter(|var| **var == fold.var).count() == 1
    };
    for stmt in block {
        match stmt {
            Stmt::Lanes(lanes) => {
                let mut taken = Vec::new();
                for fold in lanes.folds.iter_mut().filter(|fold| !fold.lifted && alone(fold)) {
                    taken.push(fold.clone());
                    (fold.lifted, fold.var) = (true, fold.part);
                }
                if !taken.is_empty() {
                    found.push((lanes.id, taken));
                }
            }
            Stmt::Chains { id, folds, body } if folds.iter().all(alone) => {
                found.push((*id, std::mem::take(folds)));
                take(body, mentioned, found);
            }
            Stmt::Parallel(_) => {}
            Stmt::If { then, otherwise, .. } => {
                take(then, mentioned, found);
                take(otherwise, mentioned, found);
            }
            Stmt::Loop { body, .. } | Stmt::Chains { body, .. } => take(body, mentioned, found),
            _ => {}
        }
    }
}
