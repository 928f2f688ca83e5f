//! Expressions: operands in order, effects before them.

use proc_macro2::Span;
use quote::ToTokens;

use super::Desugar;
use crate::ast;
use crate::core::{Expr, ExprKind, Stmt};

impl Desugar<'_> {
    /// The value of an expression; what it does goes to `out` first.
    pub(super) fn expr(&mut self, expr: &ast::Expr, out: &mut Vec<Stmt>) -> Expr {
        let span = expr.span;
        let kind = match &expr.kind {
            ast::ExprKind::Literal(tokens) => ExprKind::Literal(tokens.clone()),
            ast::ExprKind::Constant(tokens) => ExprKind::Constant(tokens.clone()),
            ast::ExprKind::Name(name) => match self.find(name) {
                Some(var) => return self.named(var, span),
                None => ExprKind::Constant(name.to_token_stream()),
            },
            ast::ExprKind::Deref(inner) => return self.expr(inner, out),
            ast::ExprKind::Ignored => {
                // As a value, which rustc refuses.
                self.problems.leave_to_rustc();
                ExprKind::Tuple(Vec::new())
            }
            ast::ExprKind::Unary(op, a) => ExprKind::Unary(*op, Box::new(self.expr(a, out))),
            ast::ExprKind::Binary(op, a, b) => {
                let (a, b) = self.pair(a, b, out);
                ExprKind::Binary(*op, a, b)
            }
            ast::ExprKind::Logic(op, a, b) => return self.logic(*op, a, b, span, out),
            ast::ExprKind::Cast(a, ty) => ExprKind::Cast(Box::new(self.expr(a, out)), ty.clone()),
            ast::ExprKind::Method { receiver, name, args } if self.part_named(receiver).is_some() => {
                return self.extent(receiver, name, args, span);
            }
            ast::ExprKind::Method { receiver, name, args } => {
                let all: Vec<&ast::Expr> = std::iter::once(&**receiver).chain(args).collect();
                let mut values = self.operands(&all, out);
                let receiver = Box::new(values.remove(0));
                ExprKind::Method { receiver, name: name.clone(), args: values }
            }
            ast::ExprKind::TypeMethod { ty, name, args } => {
                let args = self.operands(&args.iter().collect::<Vec<_>>(), out);
                ExprKind::TypeMethod { ty: ty.clone(), name: name.clone(), args }
            }
            ast::ExprKind::Call { path, args } => {
                self.check_called(path);
                let args = self.arguments(args, out);
                ExprKind::Call { path: path.clone(), args }
            }
            ast::ExprKind::Index(a, b) if self.is_shape(a) => return self.extent_of_shape(a, b),
            ast::ExprKind::Index(a, b) if self.part_named(a).is_some() => {
                let element = self.element(a, b, out);
                return Self::element_value(element, span);
            }
            ast::ExprKind::Index(a, b) => {
                let (a, b) = self.pair(a, b, out);
                ExprKind::Index(a, b)
            }
            ast::ExprKind::Field(a, field) => ExprKind::Field(Box::new(self.expr(a, out)), *field),
            ast::ExprKind::Tuple(parts) => ExprKind::Tuple(self.operands(&parts.iter().collect::<Vec<_>>(), out)),
            ast::ExprKind::Array(parts) => ExprKind::Array(self.operands(&parts.iter().collect::<Vec<_>>(), out)),
            ast::ExprKind::Repeat(a, len) => ExprKind::Repeat(Box::new(self.expr(a, out)), len.clone()),
            ast::ExprKind::Reference(inner) => {
                self.refuse(
                    span,
                    "a reference has no lanes: use the value itself; only a table that is passed on to a `#[jit]` \
                     function is borrowed, right in the call",
                );
                return self.expr(inner, out);
            }
            ast::ExprKind::If { .. } | ast::ExprKind::Match { .. } => return self.choice(expr, out),
            ast::ExprKind::Block { label: None, block } => return self.block_value(block, span, out),
            ast::ExprKind::Block { .. } | ast::ExprKind::Loop { .. } => {
                let var = self.temporary(span);
                out.push(Stmt::Let { var, value: None });
                self.expr_into(expr, Some(var), out);
                ExprKind::Var(var)
            }
            ast::ExprKind::Assign(..)
            | ast::ExprKind::Compound(..)
            | ast::ExprKind::While { .. }
            | ast::ExprKind::For { .. }
            | ast::ExprKind::Break { .. }
            | ast::ExprKind::Continue { .. }
            | ast::ExprKind::Return(_)
            | ast::ExprKind::Panic(_) => {
                self.expr_into(expr, None, out);
                // The value is `()`, or never used because a jump came before.
                ExprKind::Tuple(Vec::new())
            }
        };
        Expr::new(span, kind)
    }

    fn pair(&mut self, a: &ast::Expr, b: &ast::Expr, out: &mut Vec<Stmt>) -> (Box<Expr>, Box<Expr>) {
        let mut values = self.operands(&[a, b], out);
        let b = values.pop().expect("two operands");
        let a = values.pop().expect("two operands");
        (Box::new(a), Box::new(b))
    }

    /// Operands in order: what an operand does comes after the values of those before it.
    pub(super) fn operands(&mut self, operands: &[&ast::Expr], out: &mut Vec<Stmt>) -> Vec<Expr> {
        let mut values: Vec<Expr> = Vec::new();
        for operand in operands {
            let mut before = Vec::new();
            let value = self.expr(operand, &mut before);
            if !before.is_empty() {
                for value in &mut values {
                    self.spill(value, out);
                }
                out.append(&mut before);
            }
            values.push(value);
        }
        values
    }

    /// A function is called by its own name, not through a variable.
    fn check_called(&mut self, path: &proc_macro2::TokenStream) {
        let mut tokens = path.clone().into_iter();
        if let (Some(proc_macro2::TokenTree::Ident(name)), None) = (tokens.next(), tokens.next())
            && self.find(&name).is_some_and(|var| !self.refused(var))
        {
            self.refuse(
                    name.span(),
                    format!("`{name}` is a variable, and functions in variables have no lanes: call a `#[jit]` function by its name"),
                );
        }
    }

    /// The arguments of a call, where tables may be borrowed.
    fn arguments(&mut self, args: &[ast::Expr], out: &mut Vec<Stmt>) -> Vec<Expr> {
        let bare: Vec<&ast::Expr> = args
            .iter()
            .map(|arg| if let ast::ExprKind::Reference(inner) = &arg.kind { &**inner } else { arg })
            .collect();
        let values = self.operands(&bare, out);
        args.iter()
            .zip(values)
            .map(|(arg, value)| match arg.kind {
                ast::ExprKind::Reference(_) => Expr::new(arg.span, ExprKind::Reference(Box::new(value))),
                _ => value,
            })
            .collect()
    }

    /// Keeps a value from before a statement that might change what it reads.
    pub(super) fn spill(&mut self, value: &mut Expr, out: &mut Vec<Stmt>) {
        let stays = match value.kind {
            ExprKind::Literal(_) | ExprKind::Constant(_) => true,
            ExprKind::Var(var) => !self.vars[var].mutable,
            _ => false,
        };
        if !stays {
            let span = value.span;
            let var = self.temporary(span);
            let value = std::mem::replace(value, Expr::var(var, span));
            out.push(Stmt::Let { var, value: Some(value) });
        }
    }

    fn logic(&mut self, op: ast::LogicOp, a: &ast::Expr, b: &ast::Expr, span: Span, out: &mut Vec<Stmt>) -> Expr {
        let a = self.expr(a, out);
        let mut before = Vec::new();
        let b = self.expr(b, &mut before);
        if before.is_empty() {
            return Expr::new(span, ExprKind::Logic(op, Box::new(a), Box::new(b)));
        }
        // The right side does something: `let t = a; if t { t = b }`, negated for `||`.
        let var = self.temporary(span);
        out.push(Stmt::Let { var, value: Some(a) });
        self.assign(var, b, &mut before);
        let (then, otherwise) = match op {
            ast::LogicOp::And => (before, Vec::new()),
            ast::LogicOp::Or => (Vec::new(), before),
        };
        let mark = self.mark();
        out.push(Stmt::If { mark, condition: Expr::var(var, span), then, otherwise });
        Expr::var(var, span)
    }
}
