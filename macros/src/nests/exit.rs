//! Loops that a turn may end: the first turn that finds something. Lanes look at the turns after it, too, but must not let them
//! do anything: so what comes before the test only reads, and nothing there can panic for a turn that never is.

use super::Refusal;
use super::access::Accesses;
use crate::ast::BinaryOp;
use crate::core::{Body, Expr, ExprKind, LoopId, Stmt, VarId};
use crate::methods::{self, Class};

/// Where a loop's body has the test, and what the turn that ends it assigns.
pub(super) struct Exit {
    pub(super) at: usize,
    pub(super) taken: Vec<VarId>,
}

/// The only way out of a loop: `if condition { variables = ..; break }`, directly in its body; and whether lanes can take it.
pub(super) fn find(body: &Body, accesses: &Accesses<'_>) -> Option<(Exit, Result<(), Refusal>)> {
    let at = accesses.turn.iter().position(|stmt| taken(stmt, accesses.id).is_some())?;
    if accesses.jump_count() != 1 {
        return None;
    }
    let taken = taken(&accesses.turn[at], accesses.id).expect("it was found so");
    let checked = check(body, accesses, at, &taken);
    Some((Exit { at, taken: taken.into_iter().map(|(var, _)| var).collect() }, checked))
}

/// What an exit of a loop assigns, if a statement is one.
pub(super) fn taken(stmt: &Stmt, id: LoopId) -> Option<Vec<(VarId, &Expr)>> {
    let Stmt::If { then, otherwise, .. } = stmt else { return None };
    let [assigned @ .., jump] = &then[..] else { return None };
    let leaves = match jump {
        Stmt::Break { .. } | Stmt::Return { .. } => true,
        // With its own next turn, the loop goes on.
        Stmt::Continue { target, .. } => *target != id,
        _ => false,
    };
    fn plain(stmt: &Stmt) -> Option<(VarId, &Expr)> {
        match stmt {
            Stmt::Assign { place, value, .. } if place.path.is_empty() => Some((place.var, value)),
            _ => None,
        }
    }
    if !leaves || !otherwise.is_empty() {
        return None;
    }
    assigned.iter().map(plain).collect()
}

fn check(body: &Body, accesses: &Accesses<'_>, at: usize, taken: &[(VarId, &Expr)]) -> Result<(), Refusal> {
    let span = body.loops[accesses.id].span;
    let refuse = |what: &str| {
        let message = format!(
            "a turn of this loop may end it, and the turns after it, which lanes look at together with it, {what} before that is \
             known: do so after the test, or put `#[scalar]` before the loop"
        );
        Refusal::new(span, message)
    };
    for stmt in &accesses.turn[..at] {
        if !matches!(stmt, Stmt::Let { .. } | Stmt::Item(_)) {
            return Err(refuse("would do something"));
        }
    }
    let Stmt::If { condition, .. } = &accesses.turn[at] else { unreachable!("it was found so") };
    let before = accesses.turn[..at].iter().flat_map(Stmt::expressions).chain([condition]);
    for expr in before {
        if !is_harmless(expr, accesses) {
            return Err(refuse("might panic"));
        }
    }
    for (k, (var, value)) in taken.iter().enumerate() {
        let mut mentions = 0;
        for stmt in accesses.turn {
            count(stmt, *var, &mut mentions);
        }
        value.reads(&mut |read| mentions += usize::from(taken[..=k].iter().any(|(var, _)| *var == read)));
        if mentions != 1 {
            let name = &body.vars[*var].name;
            let message = format!(
                "the turn that ends this loop assigns `{name}`, which others use, too: use a variable of its own, or put `#[scalar]` \
                 before the loop"
            );
            return Err(Refusal::new(span, message));
        }
    }
    Ok(())
}

/// How often a statement mentions a variable.
fn count(stmt: &Stmt, var: VarId, found: &mut usize) {
    if let Stmt::Assign { place, .. } = stmt
        && place.var == var
    {
        *found += 1;
    }
    for expr in stmt.expressions() {
        expr.reads(&mut |read| *found += usize::from(read == var));
    }
    stmt.blocks().into_iter().flatten().for_each(|inner| count(inner, var, found));
}

/// Whether an expression can be computed for a turn that never is: it panics for none, and reads what is looked up before.
fn is_harmless(expr: &Expr, accesses: &Accesses<'_>) -> bool {
    let itself = match &expr.kind {
        ExprKind::Element { index, .. } => accesses.is_run(index),
        ExprKind::Binary(BinaryOp::Div | BinaryOp::Rem, ..) => accesses.is_float(expr),
        ExprKind::Call { .. } | ExprKind::Index(..) => false,
        ExprKind::Method { name, .. } | ExprKind::TypeMethod { name, .. } => {
            methods::find(&name.to_string()).is_none_or(|method| method.class != Class::Fallible)
        }
        _ => true,
    };
    itself && expr.operands().into_iter().all(|operand| is_harmless(operand, accesses))
}
