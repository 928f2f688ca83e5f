//! Assignments: to variables, parts of tuples and elements of local arrays.

use super::Desugar;
use crate::ast;
use crate::core::{Expr, ExprKind, Place, Projection, Stmt};

impl Desugar<'_> {
    /// `target = value`.
    pub(super) fn assignment(&mut self, target: &ast::Expr, value: &ast::Expr, out: &mut Vec<Stmt>) {
        if let ast::ExprKind::Tuple(targets) = &target.kind {
            return self.destructure(targets, value, out);
        }
        if let ast::ExprKind::Name(name) = &target.kind {
            if let Some(var) = self.find(name) {
                return self.expr_into(value, Some(var), out);
            }
        }
        let value = self.expr(value, out);
        if let Some(place) = self.place(target, out) {
            let mark = self.mark();
            out.push(Stmt::Assign { mark, place, value });
        }
    }

    /// `(a, b) = value`: all values before all assignments.
    fn destructure(&mut self, targets: &[ast::Expr], value: &ast::Expr, out: &mut Vec<Stmt>) {
        let values = match &value.kind {
            ast::ExprKind::Tuple(values) if values.len() == targets.len() => {
                let mut values = self.operands(&values.iter().collect::<Vec<_>>(), out);
                for value in &mut values {
                    self.spill(value, out);
                }
                values
            }
            _ => {
                let mut whole = self.expr(value, out);
                self.spill(&mut whole, out);
                (0..)
                    .zip(targets)
                    .map(|(i, _)| Expr::new(whole.span, ExprKind::Field(Box::new(whole.clone()), i)))
                    .collect()
            }
        };
        for (target, value) in targets.iter().zip(values) {
            if let Some(place) = self.place(target, out) {
                let mark = self.mark();
                out.push(Stmt::Assign { mark, place, value });
            }
        }
    }

    /// `target op= value`.
    pub(super) fn compound(&mut self, op: ast::BinaryOp, target: &ast::Expr, value: &ast::Expr, out: &mut Vec<Stmt>) {
        let value = self.expr(value, out);
        if let Some(place) = self.place(target, out) {
            let old = Self::read(&place, target.span);
            let value = Expr::new(target.span, ExprKind::Binary(op, Box::new(old), Box::new(value)));
            let mark = self.mark();
            out.push(Stmt::Assign { mark, place, value });
        }
    }

    /// What a place holds.
    fn read(place: &Place, span: proc_macro2::Span) -> Expr {
        place.path.iter().fold(Expr::var(place.var, span), |base, projection| {
            let base = Box::new(base);
            let kind = match projection {
                Projection::Field(field) => ExprKind::Field(base, *field),
                Projection::Index(index) => ExprKind::Index(base, Box::new(index.clone())),
            };
            Expr::new(span, kind)
        })
    }

    fn place(&mut self, target: &ast::Expr, out: &mut Vec<Stmt>) -> Option<Place> {
        match &target.kind {
            ast::ExprKind::Name(name) => match self.find(name) {
                Some(var) => Some(Place { var, path: Vec::new() }),
                None => {
                    self.refuse(
                        name.span(),
                        format!("`{name}` is no variable of this function: a kernel only assigns to its own variables"),
                    );
                    None
                }
            },
            ast::ExprKind::Field(base, field) => {
                let mut place = self.place(base, out)?;
                place.path.push(Projection::Field(*field));
                Some(place)
            }
            ast::ExprKind::Index(base, index) => {
                let mut place = self.place(base, out)?;
                let mut index = self.expr(index, out);
                self.spill(&mut index, out);
                place.path.push(Projection::Index(index));
                Some(place)
            }
            ast::ExprKind::Deref(_) => {
                self.refuse(
                    target.span,
                    "a kernel writes through no reference: assign to a variable or an array's element",
                );
                None
            }
            _ => {
                self.refuse(
                    target.span,
                    "this is nothing to assign to: a variable, a tuple's part or an array's element is",
                );
                None
            }
        }
    }
}
