//! What code costs, in vector instructions, and whether it may run for lanes that are off.

use crate::ast::{BinaryOp, LogicOp, Type};
use crate::core::{Body, Expr, ExprKind, Head, Stmt};
use crate::methods::{self, Class};

/// Arms of a varying `if` up to this cost are computed for all lanes and selected from: skipping
/// them would cost a test and a branch that is often mispredicted.
pub(crate) const SELECT_LIMIT: u32 = 12;

/// The cost of code that must be skipped where no lane is on.
pub(crate) const GUARDED: u32 = 1 << 16;

/// Functions up to this cost take hardly longer to compute than their operands take to load.
pub(crate) const SHORT: u32 = 16;

// What can panic is never selected from.
const _: () = assert!(GUARDED > SELECT_LIMIT);

/// The cost of an expression; [`GUARDED`] or more where it can panic, reads memory or calls.
pub(crate) fn of_expr(expr: &Expr) -> u32 {
    let own = match &expr.kind {
        ExprKind::Literal(_) | ExprKind::Constant(_) | ExprKind::Var(_) | ExprKind::Reference(_) => 0,
        ExprKind::Tuple(_) | ExprKind::Array(_) | ExprKind::Repeat(..) | ExprKind::Field(..) => 0,
        // Integers panic on a divisor of zero; the types are not known here.
        ExprKind::Binary(BinaryOp::Div | BinaryOp::Rem, ..) => GUARDED,
        ExprKind::Unary(..) | ExprKind::Binary(..) | ExprKind::If(..) => 1,
        ExprKind::Logic(LogicOp::And | LogicOp::Or, ..) => 1,
        ExprKind::Cast(..) => 3,
        ExprKind::Method { name, .. } | ExprKind::TypeMethod { name, .. } => {
            match methods::find(&name.to_string()).map(|method| method.class) {
                Some(Class::Cheap | Class::Further) => 2,
                Some(Class::Length) => 0,
                Some(Class::Costly | Class::Math) => 40,
                Some(Class::Fallible) => GUARDED,
                None => 2,
            }
        }
        ExprKind::Extent { .. } => 0,
        ExprKind::Call { .. } | ExprKind::Index(..) | ExprKind::Element { .. } => GUARDED,
    };
    expr.operands().into_iter().map(of_expr).fold(own, u32::saturating_add)
}

/// Whether an expression may be computed for lanes that are off.
pub(crate) fn is_total(expr: &Expr) -> bool {
    of_expr(expr) < GUARDED
}

/// The cost of statements; [`GUARDED`] or more where a loop, a jump, a panic or such an expression is in them.
pub(crate) fn of_block(block: &[Stmt]) -> u32 {
    block.iter().map(of_stmt).fold(0, u32::saturating_add)
}

fn of_stmt(stmt: &Stmt) -> u32 {
    let own = match stmt {
        Stmt::Let { .. } | Stmt::LetTaken { .. } | Stmt::Eval(_) | Stmt::Item(_) => 0,
        Stmt::Break { .. } | Stmt::Continue { .. } | Stmt::Return { .. } => 0,
        Stmt::Assign { .. } | Stmt::If { .. } => 1,
        Stmt::Exit { .. }
        | Stmt::Store { .. }
        | Stmt::Lanes(_)
        | Stmt::Chains { .. }
        | Stmt::Parallel(_)
        | Stmt::Loop { .. }
        | Stmt::Panic(_) => GUARDED,
    };
    let expressions = stmt.expressions().into_iter().map(of_expr);
    let blocks = stmt.blocks().into_iter().map(of_block);
    expressions.chain(blocks).fold(own, u32::saturating_add)
}

/// Whether a function takes hardly longer to compute than its operands take to load: without loops, calls, memory, panics and math
/// functions.
pub(crate) fn is_short(body: &Body) -> bool {
    /// Divisions, which are as short as others are where they are of floats.
    fn divisions(e: &Expr) -> u32 {
        let own = u32::from(matches!(&e.kind, ExprKind::Binary(BinaryOp::Div, ..)));
        own + e.operands().into_iter().map(divisions).sum::<u32>()
    }
    fn in_block(block: &[Stmt]) -> u32 {
        let of_stmt = |stmt: &Stmt| {
            let blocks: u32 = stmt.blocks().into_iter().map(in_block).sum();
            blocks + stmt.expressions().into_iter().map(divisions).sum::<u32>()
        };
        block.iter().map(of_stmt).sum()
    }
    let is_float = |ty: &Type| matches!(ty, Type::Scalar(name) if name == "f32" || name == "f64");
    let floats = body.params.iter().all(|param| body.vars[*param].ty.as_ref().is_some_and(is_float));
    let guarded = if floats { in_block(&body.block).saturating_mul(GUARDED) } else { 0 };
    of_block(&body.block) <= SHORT.saturating_add(guarded)
}

/// How long chains of math functions are: 1 for one that is short, or unknown as that of a call is, 2 for the others.
pub(crate) fn of_math(block: &[Stmt]) -> u32 {
    fn expr(e: &Expr) -> u32 {
        let own = match &e.kind {
            ExprKind::Call { .. } => 1,
            ExprKind::Method { name, .. } | ExprKind::TypeMethod { name, .. } => {
                let is_math = methods::find(&name.to_string()).is_some_and(|method| method.class == Class::Math);
                if !is_math {
                    0
                } else if SHORT_MATH.iter().any(|short| name == short) {
                    1
                } else {
                    2
                }
            }
            _ => 0,
        };
        own + e.operands().into_iter().map(expr).sum::<u32>()
    }
    let stmt = |stmt: &Stmt| {
        let expressions: u32 = stmt.expressions().into_iter().map(expr).sum();
        expressions + stmt.blocks().into_iter().map(of_math).sum::<u32>()
    };
    block.iter().map(stmt).sum()
}

/// Math functions whose chains of operations are short.
const SHORT_MATH: [&str; 5] = ["exp", "exp2", "exp10", "ln", "powi"];

/// The instructions of all statements, those of loops once.
pub(crate) fn of_code(block: &[Stmt]) -> u32 {
    block.iter().map(|stmt| of_stmt(stmt) % GUARDED).sum()
}

/// The instructions of one turn of the hottest loop, calls and memory counted as a few.
pub(crate) fn of_turn(head: &Head, body: &[Stmt]) -> u32 {
    let condition = if let Head::While(condition) = head { of_expr(condition) % GUARDED + 1 } else { 1 };
    condition + of_code(body)
}
