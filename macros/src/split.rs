//! Splitting: a variable that lanes take out of a divergent loop becomes two, one for the loop and one
//! for what follows. Inside the loop all running lanes may hold the same value, as they do of a counter;
//! after it they hold what it was when each of them left. So the first can stay uniform where the second
//! varies.

use std::collections::{BTreeMap, BTreeSet};

use crate::core::{Body, Lanes, Stmt, Var, VarId};

/// Splits the variables that `taken` names by loop, where they are declared in the block that the loop stands in:
/// then all that reads them after the loop follows it there.
pub(crate) fn at_loops(body: &mut Body, taken: &[BTreeSet<VarId>]) {
    let mut vars = std::mem::take(&mut body.vars);
    block(&mut body.block, taken, &mut vars);
    body.vars = vars;
}

fn block(stmts: &mut Vec<Stmt>, taken: &[BTreeSet<VarId>], vars: &mut Vec<Var>) {
    // By variable: what `taken` calls it, which is the variable that it was split from.
    let mut declared = BTreeMap::new();
    let mut at = 0;
    while at < stmts.len() {
        match &mut stmts[at] {
            Stmt::Let { var, .. } => {
                declared.insert(*var, *var);
            }
            Stmt::If { then, otherwise, .. } => {
                block(then, taken, vars);
                block(otherwise, taken, vars);
            }
            Stmt::Lanes(Lanes { body, .. }) | Stmt::Chains { body, .. } => block(body, taken, vars),
            Stmt::Parallel(parallel) => {
                if let Stmt::Loop { body, .. } | Stmt::Lanes(Lanes { body, .. }) | Stmt::Chains { body, .. } =
                    &mut *parallel.part
                {
                    block(body, taken, vars);
                }
            }
            Stmt::Loop { id, body, .. } => {
                let id = *id;
                block(body, taken, vars);
                for (of, first) in declared.clone() {
                    if !taken[id].contains(&first) {
                        continue;
                    }
                    let Var { name, mutable, ty, .. } = &vars[of];
                    let var = vars.len();
                    vars.push(Var { name: name.clone(), mutable: *mutable, ty: ty.clone(), lanes: false });
                    for stmt in &mut stmts[at + 1..] {
                        stmt.for_each_var(&mut |found| {
                            if *found == of {
                                *found = var;
                            }
                        });
                    }
                    at += 1;
                    stmts.insert(at, Stmt::LetTaken { var, id, of });
                    declared.remove(&of);
                    declared.insert(var, first);
                }
            }
            _ => {}
        }
        at += 1;
    }
}
