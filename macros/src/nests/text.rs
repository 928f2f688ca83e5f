//! Core expressions as text: to compare them, and to show them in messages.

use std::collections::BTreeMap;

use crate::ast::{LogicOp, UnaryOp};
use crate::core::{Expr, ExprKind, Var, VarId};

/// What variables are called.
#[derive(Clone, Copy)]
pub(crate) enum Names<'a> {
    /// As the user calls them, and temporaries by their values.
    User(&'a [Var], &'a BTreeMap<VarId, &'a Expr>),
    /// Each by its number: equal text means the same expression.
    Unique,
}

impl Names<'_> {
    fn var(self, var: VarId) -> String {
        match self {
            Names::User(vars, _) => vars[var].name.to_string(),
            Names::Unique => format!("#{var}"),
        }
    }

    /// `x[[i, j]]`
    pub(crate) fn element(self, array: VarId, index: &[Expr]) -> String {
        let parts: Vec<String> = index.iter().map(|part| self.expr(part)).collect();
        match &parts[..] {
            [part] => format!("{}[{part}]", self.var(array)),
            parts => format!("{}[[{}]]", self.var(array), parts.join(", ")),
        }
    }

    pub(crate) fn expr(self, expr: &Expr) -> String {
        let expr = self.written(expr);
        let all = |exprs: &[Expr]| exprs.iter().map(|e| self.expr(e)).collect::<Vec<_>>().join(", ");
        match &expr.kind {
            ExprKind::Literal(tokens) | ExprKind::Constant(tokens) => tokens.to_string(),
            ExprKind::Var(var) => self.var(*var),
            ExprKind::Unary(UnaryOp::Neg, a) => format!("-{}", self.operand(a)),
            ExprKind::Unary(UnaryOp::Not, a) => format!("!{}", self.operand(a)),
            ExprKind::Binary(op, a, b) => format!("{} {} {}", self.operand(a), op.sign(), self.operand(b)),
            ExprKind::Logic(LogicOp::And, a, b) => format!("{} && {}", self.operand(a), self.operand(b)),
            ExprKind::Logic(LogicOp::Or, a, b) => format!("{} || {}", self.operand(a), self.operand(b)),
            ExprKind::Cast(a, ty) => format!("{} as {}", self.operand(a), type_name(ty)),
            ExprKind::Method { receiver, name, args } => format!("{}.{name}({})", self.operand(receiver), all(args)),
            ExprKind::TypeMethod { ty, name, args } => format!("{}::{name}({})", type_name(ty), all(args)),
            ExprKind::Call { path, args } => format!("{}({})", path.to_string().replace(' ', ""), all(args)),
            ExprKind::Index(a, b) => format!("{}[{}]", self.operand(a), self.expr(b)),
            ExprKind::Element { array, index } => self.element(*array, index),
            ExprKind::Extent { array, axis: None } => format!("{}.len()", self.var(*array)),
            ExprKind::Extent { array, axis: Some(axis) } => format!("{}.shape()[{axis}]", self.var(*array)),
            ExprKind::Field(a, field) => format!("{}.{field}", self.operand(a)),
            ExprKind::Tuple(parts) => format!("({})", all(parts)),
            ExprKind::Array(parts) => format!("[{}]", all(parts)),
            ExprKind::Repeat(a, len) => format!("[{}; {len}]", self.expr(a)),
            ExprKind::Reference(a) => format!("&{}", self.operand(a)),
            ExprKind::If(c, a, b) => {
                format!("if {} {{ {} }} else {{ {} }}", self.expr(c), self.expr(a), self.expr(b))
            }
        }
    }

    /// What the user wrote where a temporary stands.
    fn written<'e>(self, expr: &'e Expr) -> &'e Expr
    where
        Self: 'e,
    {
        match (self, &expr.kind) {
            (Names::User(_, temporaries), ExprKind::Var(var)) => temporaries.get(var).copied().unwrap_or(expr),
            _ => expr,
        }
    }

    /// With parentheses where an operand needs them.
    fn operand(self, expr: &Expr) -> String {
        let text = self.expr(expr);
        match self.written(expr).kind {
            ExprKind::Binary(..)
            | ExprKind::Logic(..)
            | ExprKind::Cast(..)
            | ExprKind::If(..)
            | ExprKind::Unary(..) => {
                format!("({text})")
            }
            _ => text,
        }
    }
}

fn type_name(ty: &crate::ast::Type) -> String {
    match ty {
        crate::ast::Type::Scalar(name) => name.to_string(),
        _ => "_".to_owned(),
    }
}
