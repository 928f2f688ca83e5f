//! Shapes: which variables hold one scalar and which a tuple or an array. Rust's own inference
//! finds the element types; the shape alone decides how a uniform value becomes lanes.

use crate::ast::Type;
use crate::core::{Body, Expr, ExprKind, Head, Stmt};

/// How a value is made of scalars.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    Scalar,
    /// A tuple or an array, or what only rustc knows: a call's result, a table's element.
    Compound,
}

/// The shape of every variable.
pub(crate) fn shapes(body: &Body) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = body
        .vars
        .iter()
        .map(|var| match &var.ty {
            Some(Type::Tuple(_) | Type::Array(..) | Type::Slice(_) | Type::View(_)) => Shape::Compound,
            Some(Type::Scalar(_) | Type::Inferred(_)) | None => Shape::Scalar,
        })
        .collect();
    // A shape only ever grows from `Scalar` to `Compound`: this ends.
    while grow(&body.block, body, &mut shapes) {}
    shapes
}

fn grow(block: &[Stmt], body: &Body, shapes: &mut [Shape]) -> bool {
    let mut grown = false;
    for stmt in block {
        let defined = match stmt {
            Stmt::Let { var, value: Some(value) } => Some((*var, of(value, shapes))),
            Stmt::LetTaken { var, of, .. } => Some((*var, shapes[*of])),
            Stmt::Assign { place, value, .. } if place.path.is_empty() => Some((place.var, of(value, shapes))),
            Stmt::Assign { place, .. } => Some((place.var, Shape::Compound)),
            Stmt::Loop { head: Head::Elements { var, .. }, .. } => Some((*var, Shape::Compound)),
            _ => None,
        };
        if let Some((var, Shape::Compound)) = defined {
            let annotated = matches!(body.vars[var].ty, Some(Type::Scalar(_)));
            if !annotated && shapes[var] == Shape::Scalar {
                shapes[var] = Shape::Compound;
                grown = true;
            }
        }
        for inner in stmt.blocks() {
            grown |= grow(inner, body, shapes);
        }
    }
    grown
}

/// The shape of an expression.
pub(crate) fn of(expr: &Expr, shapes: &[Shape]) -> Shape {
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Constant(_)
        | ExprKind::Unary(..)
        | ExprKind::Binary(..)
        | ExprKind::Logic(..)
        | ExprKind::Element { .. }
        | ExprKind::Extent { .. }
        | ExprKind::Cast(..) => Shape::Scalar,
        ExprKind::Var(var) => shapes[*var],
        ExprKind::If(_, yes, no) => match (of(yes, shapes), of(no, shapes)) {
            (Shape::Scalar, Shape::Scalar) => Shape::Scalar,
            _ => Shape::Compound,
        },
        ExprKind::Method { name, .. } | ExprKind::TypeMethod { name, .. } if name != "sin_cos" => Shape::Scalar,
        ExprKind::Method { .. }
        | ExprKind::TypeMethod { .. }
        | ExprKind::Call { .. }
        | ExprKind::Index(..)
        | ExprKind::Field(..)
        | ExprKind::Tuple(_)
        | ExprKind::Array(_)
        | ExprKind::Repeat(..)
        | ExprKind::Reference(_) => Shape::Compound,
    }
}
