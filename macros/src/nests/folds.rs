//! Variables that turns change in a way that needs no order: sums, products, extremes, and where these were found.

use super::Refusal;
use super::access::Accesses;
use super::text::Names;
use crate::ast::{BinaryOp, LogicOp, Type};
use crate::core::{Body, Expr, ExprKind, Operation, Stmt, VarId};
use crate::infer::{Class, Types};

/// One that was found.
#[derive(Clone)]
pub(super) enum Found {
    Operation {
        var: VarId,
        operation: Operation,
        exact: bool,
        steady: bool,
    },
    /// The best value by a comparison, and what is assigned with it.
    Best {
        var: VarId,
        comparison: BinaryOp,
        with: Vec<VarId>,
    },
}

impl Found {
    /// The same of a variable that is never NaN.
    pub(super) fn of_number(mut self) -> Self {
        if let Found::Operation { operation, .. } = &mut self {
            match operation {
                Operation::Least => *operation = Operation::LeastNumber,
                Operation::Greatest => *operation = Operation::GreatestNumber,
                _ => {}
            }
        }
        self
    }

    pub(super) fn vars(&self) -> Vec<VarId> {
        match self {
            Found::Operation { var, .. } => vec![*var],
            Found::Best { var, with, .. } => [*var].into_iter().chain(with.iter().copied()).collect(),
        }
    }
}

/// How the turns of a loop combine a variable from around it.
pub(super) fn find(
    body: &Body,
    types: &Types,
    accesses: &Accesses<'_>,
    var: VarId,
    any_order: bool,
) -> Result<Found, Refusal> {
    let name = &body.vars[var].name;
    let span = body.loops[accesses.id].span;
    let mut mentions = Vec::new();
    mentioned(accesses.turn, var, &mut mentions);
    let operations: Option<Vec<Operation>> = mentions.iter().map(|stmt| operation(stmt, var)).collect();
    let Some([first, rest @ ..]) = operations.as_deref() else {
        let instead = match types.of(var) {
            Some(Type::Array(..)) => {
                "if each turn fills it anew, declare it in the loop; otherwise put `#[scalar]` before the loop"
            }
            _ => {
                "a sum, product, minimum or maximum of all turns could, and the place where it was found; otherwise put `#[scalar]` \
                 before the loop"
            }
        };
        let message = format!(
            "`{name}` is carried from one turn of this loop to the next, so the turns cannot be lanes: {instead}"
        );
        return Err(Refusal::new(span, message));
    };
    if rest.iter().any(|other| other != first) {
        let message = format!(
            "`{name}` is combined in more than one way in this loop: use one variable for each, or put `#[scalar]` before the loop"
        );
        return Err(Refusal::new(span, message));
    }
    let ordered = matches!(first, Operation::Sum | Operation::Product);
    let class = types.class(&Expr::var(var, name.span()));
    if ordered && class == Class::Float && !any_order {
        let message = format!(
            "`{name}` is a {} of floats, whose value depends on the order: let it be any with the option `reassoc`, keep it with \
             `#[scalar]` before the loop, or use `prange`, whose results are combined in one order of their own",
            if *first == Operation::Sum { "sum" } else { "product" }
        );
        return Err(Refusal::new(span, message));
    }
    let steady = matches!(class, Class::Integer | Class::Bool);
    Ok(Found::Operation { var, operation: *first, exact: !any_order, steady })
}

/// The statements that mention a variable themselves.
fn mentioned<'a>(block: &'a [Stmt], var: VarId, found: &mut Vec<&'a Stmt>) {
    for stmt in block {
        let assigned = matches!(stmt, Stmt::Assign { place, .. } if place.var == var);
        if assigned || stmt.expressions().into_iter().any(|expr| reads(expr, var)) {
            found.push(stmt);
        }
        stmt.blocks().into_iter().for_each(|inner| mentioned(inner, var, found));
    }
}

fn reads(expr: &Expr, var: VarId) -> bool {
    let mut found = false;
    expr.reads(&mut |read| found |= read == var);
    found
}

fn is_var(expr: &Expr, var: VarId) -> bool {
    matches!(expr.kind, ExprKind::Var(found) if found == var)
}

/// `var = var op value`, or by the operation's method
fn operation(stmt: &Stmt, var: VarId) -> Option<Operation> {
    let Stmt::Assign { place, value, .. } = stmt else { return None };
    if place.var != var || !place.path.is_empty() {
        return None;
    }
    let method = |name: &proc_macro2::Ident, a: &Expr, b: &Expr| {
        let one = is_var(a, var) && !reads(b, var) || is_var(b, var) && !reads(a, var);
        match name.to_string().as_str() {
            "wrapping_add" if one => Some(Operation::Sum),
            "wrapping_sub" if is_var(a, var) && !reads(b, var) => Some(Operation::Sum),
            "wrapping_mul" if one => Some(Operation::Product),
            "max" if one => Some(Operation::Greatest),
            "min" if one => Some(Operation::Least),
            _ => None,
        }
    };
    match &value.kind {
        ExprKind::Method { receiver, name, args } if args.len() == 1 => method(name, receiver, &args[0]),
        ExprKind::TypeMethod { name, args, .. } if args.len() == 2 => method(name, &args[0], &args[1]),
        ExprKind::Logic(op, a, b) if is_var(a, var) && !reads(b, var) => Some(match op {
            LogicOp::And => Operation::And,
            LogicOp::Or => Operation::Or,
        }),
        ExprKind::Binary(op, ..) => {
            let operation = match op {
                BinaryOp::Add | BinaryOp::Sub => Operation::Sum,
                BinaryOp::Mul => Operation::Product,
                BinaryOp::And => Operation::And,
                BinaryOp::Or => Operation::Or,
                BinaryOp::Xor => Operation::Xor,
                _ => return None,
            };
            is_spine(value, var, operation).then_some(operation)
        }
        _ => None,
    }
}

/// Whether an expression is a variable and other values, combined by one operation: `var + a - b`.
fn is_spine(expr: &Expr, var: VarId, operation: Operation) -> bool {
    if is_var(expr, var) {
        return true;
    }
    let ExprKind::Binary(op, a, b) = &expr.kind else { return false };
    let both = match (op, operation) {
        (BinaryOp::Add, Operation::Sum)
        | (BinaryOp::Mul, Operation::Product)
        | (BinaryOp::And, Operation::And)
        | (BinaryOp::Or, Operation::Or)
        | (BinaryOp::Xor, Operation::Xor) => true,
        (BinaryOp::Sub, Operation::Sum) => false,
        _ => return false,
    };
    !reads(b, var) && is_spine(a, var, operation) || both && !reads(a, var) && is_spine(b, var, operation)
}

/// `if value > var { var = value; other = ..; }`, if that is the only place of the block that mentions these variables.
pub(super) fn best(turn: &[Stmt], var: VarId) -> Option<Found> {
    let mut mentions = Vec::new();
    mentioned(turn, var, &mut mentions);
    // The `if` and the assignment in it, or one assignment of a choice.
    let (condition, assigned) = match mentions[..] {
        [Stmt::If { condition, then, otherwise, .. }, Stmt::Assign { .. }] if otherwise.is_empty() => {
            let assigned: Option<Vec<(VarId, &Expr)>> = then.iter().map(plain).collect();
            (condition, assigned?)
        }
        [Stmt::Assign { place, value, .. }] if place.path.is_empty() && place.var == var => match &value.kind {
            ExprKind::If(condition, yes, no) if is_var(no, var) => (&**condition, vec![(var, &**yes)]),
            _ => return None,
        },
        _ => return None,
    };
    let (comparison, value) = compared(condition, var)?;
    let with: Vec<VarId> = assigned.iter().map(|(other, _)| *other).filter(|other| *other != var).collect();
    for (other, new) in &assigned {
        if *other == var && Names::Unique.expr(new) != Names::Unique.expr(value) {
            return None;
        }
        if [var].iter().chain(&with).any(|changed| reads(new, *changed)) {
            return None;
        }
        if *other != var {
            let mut elsewhere = Vec::new();
            mentioned(turn, *other, &mut elsewhere);
            if elsewhere.len() != 1 {
                return None;
            }
        }
    }
    assigned.iter().any(|(other, _)| *other == var).then_some(Found::Best { var, comparison, with })
}

/// `var = value`
fn plain(stmt: &Stmt) -> Option<(VarId, &Expr)> {
    match stmt {
        Stmt::Assign { place, value, .. } if place.path.is_empty() => Some((place.var, value)),
        _ => None,
    }
}

/// The comparison of a value with the variable, the value first; other conditions may hold besides.
fn compared(condition: &Expr, var: VarId) -> Option<(BinaryOp, &Expr)> {
    match &condition.kind {
        ExprKind::Logic(LogicOp::And, a, b) => match (reads(a, var), reads(b, var)) {
            (true, false) => compared(a, var),
            (false, true) => compared(b, var),
            _ => None,
        },
        ExprKind::Binary(op, a, b) => {
            let turned = match op {
                BinaryOp::Lt => BinaryOp::Gt,
                BinaryOp::Le => BinaryOp::Ge,
                BinaryOp::Gt => BinaryOp::Lt,
                BinaryOp::Ge => BinaryOp::Le,
                _ => return None,
            };
            if is_var(b, var) && !reads(a, var) {
                Some((*op, a))
            } else if is_var(a, var) && !reads(b, var) {
                Some((turned, b))
            } else {
                None
            }
        }
        _ => None,
    }
}
