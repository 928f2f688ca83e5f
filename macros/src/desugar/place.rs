//! Assignments: to variables, parts of tuples and elements of local arrays.

use proc_macro2::Span;

use super::Desugar;
use crate::ast;
use crate::core::{Expr, ExprKind, Place, Projection, Stmt, VarId};

const THROUGH_REFERENCE: &str = "a kernel writes through no reference: assign to a variable, or to an array's element";

impl Desugar<'_> {
    /// `target = value`.
    pub(super) fn assignment(&mut self, target: &ast::Expr, value: &ast::Expr, out: &mut Vec<Stmt>) {
        if let ast::ExprKind::Tuple(targets) = &target.kind {
            return self.destructure(targets, value, out);
        }
        if matches!(target.kind, ast::ExprKind::Ignored) {
            return self.expr_into(value, None, out);
        }
        if let Some(element) = self.stored(target, out) {
            let value = self.expr(value, out);
            return self.store(element, None, value, target.span, out);
        }
        if let ast::ExprKind::Name(name) = &target.kind
            && let Some(var) = self.find(name)
        {
            self.check_assigned(var, name.span());
            return self.expr_into(value, Some(var), out);
        }
        let value = self.expr(value, out);
        if let Some(place) = self.place(target, out) {
            let mark = self.mark();
            out.push(Stmt::Assign { mark, place, value });
        }
    }

    /// `(a, b) = value`: all values before all assignments.
    fn destructure(&mut self, targets: &[ast::Expr], value: &ast::Expr, out: &mut Vec<Stmt>) {
        match &value.kind {
            ast::ExprKind::Tuple(values) if values.len() == targets.len() => {
                let mut values = self.operands(&values.iter().collect::<Vec<_>>(), out);
                for value in &mut values {
                    self.spill(value, out);
                }
                for (target, value) in targets.iter().zip(values) {
                    self.assign_part(target, value, out);
                }
            }
            _ => {
                let mut whole = self.expr(value, out);
                self.spill(&mut whole, out);
                self.assign_parts(targets, &whole, out);
            }
        }
    }

    fn assign_parts(&mut self, targets: &[ast::Expr], whole: &Expr, out: &mut Vec<Stmt>) {
        for (i, target) in (0..).zip(targets) {
            let part = Expr::new(whole.span, ExprKind::Field(Box::new(whole.clone()), i));
            self.assign_part(target, part, out);
        }
    }

    fn assign_part(&mut self, target: &ast::Expr, value: Expr, out: &mut Vec<Stmt>) {
        match &target.kind {
            ast::ExprKind::Ignored => {}
            ast::ExprKind::Tuple(targets) => self.assign_parts(targets, &value, out),
            _ => {
                if let Some(element) = self.stored(target, out) {
                    self.store(element, None, value, target.span, out);
                } else if let Some(place) = self.place(target, out) {
                    let mark = self.mark();
                    out.push(Stmt::Assign { mark, place, value });
                }
            }
        }
    }

    /// `target op= value`.
    pub(super) fn compound(&mut self, op: ast::BinaryOp, target: &ast::Expr, value: &ast::Expr, out: &mut Vec<Stmt>) {
        let value = self.expr(value, out);
        if let Some(element) = self.stored(target, out) {
            return self.store(element, Some(op), value, target.span, out);
        }
        if let Some(place) = self.place(target, out) {
            let old = Self::read(&place, target.span);
            let value = Expr::new(target.span, ExprKind::Binary(op, Box::new(old), Box::new(value)));
            let mark = self.mark();
            out.push(Stmt::Assign { mark, place, value });
        }
    }

    /// What a place holds.
    fn read(place: &Place, span: Span) -> Expr {
        place.path.iter().fold(Expr::var(place.var, span), |base, projection| {
            let base = Box::new(base);
            let kind = match projection {
                Projection::Field(field) => ExprKind::Field(base, *field),
                Projection::Index(index) => ExprKind::Index(base, Box::new(index.clone())),
            };
            Expr::new(span, kind)
        })
    }

    /// A uniform parameter keeps its value, and an array is where it is.
    fn check_assigned(&mut self, var: VarId, span: Span) {
        if let Some(ast::Type::View(view)) = &self.vars[var].ty {
            let name = &self.vars[var].name;
            let message = match view.rank {
                0 => format!("`{name}` is where a result goes: the value there is `*{name}`"),
                1 => format!(
                    "`{name}` is an array, whose elements are assigned one by one: write `{name}[i] = ..` in a loop"
                ),
                _ => format!(
                    "`{name}` is an array, whose elements are assigned one by one: write `{name}[[i, j]] = ..` in loops"
                ),
            };
            return self.problems.push_in_place_of_rustc(span, message);
        }
        if self.read_only.contains(&var) && !self.refused(var) {
            let name = &self.vars[var].name;
            let message = format!(
                "`{name}` is a `#[uniform]` parameter, which is only read: assign to a variable or an array of the kernel's \
                 own, or return the value as a result"
            );
            self.problems.push_in_place_of_rustc(span, message);
        }
    }

    /// Whether an expression is a refused variable, or a part of one.
    fn is_refused(&self, expr: &ast::Expr) -> bool {
        match &expr.kind {
            ast::ExprKind::Name(name) => self.find(name).is_some_and(|var| self.refused(var)),
            ast::ExprKind::Field(base, _) | ast::ExprKind::Index(base, _) => self.is_refused(base),
            _ => false,
        }
    }

    fn place(&mut self, target: &ast::Expr, out: &mut Vec<Stmt>) -> Option<Place> {
        let message = match &target.kind {
            ast::ExprKind::Name(name) => match self.find(name) {
                Some(var) => {
                    self.check_assigned(var, name.span());
                    return Some(Place { var, path: Vec::new() });
                }
                None => format!("`{name}` is no variable of this function: a kernel assigns to its own variables only"),
            },
            ast::ExprKind::Field(base, field) => {
                let mut place = self.place(base, out)?;
                place.path.push(Projection::Field(*field));
                return Some(place);
            }
            ast::ExprKind::Index(base, index) => {
                let mut place = self.place(base, out)?;
                let mut index = self.expr(index, out);
                self.spill(&mut index, out);
                place.path.push(Projection::Index(index));
                return Some(place);
            }
            ast::ExprKind::Deref(inner) if self.is_refused(inner) => return None,
            ast::ExprKind::Deref(inner) => match &inner.kind {
                ast::ExprKind::Name(name) => match self.find(name) {
                    Some(var) if matches!(self.vars[var].ty, Some(ast::Type::View(_))) => {
                        self.check_assigned(var, name.span());
                        return None;
                    }
                    _ => THROUGH_REFERENCE.to_owned(),
                },
                _ => THROUGH_REFERENCE.to_owned(),
            },
            ast::ExprKind::Array(_) => {
                "several variables are assigned to as a tuple, as in `(a, b) = (b, a)`: this is an array".to_owned()
            }
            _ => "this is nothing to assign to: a variable is, or a part of a tuple or an array".to_owned(),
        };
        self.problems.push_in_place_of_rustc(target.span, message);
        None
    }
}
