//! Loops over arrays: over their elements, their parts, and several of them side by side.

use proc_macro2::{Ident, Span};

use super::arrays::number;
use super::{Desugar, Part};
use crate::ast::{self, BinaryOp, Block, Items, Type};
use crate::core::{Expr, ExprKind, Head, Loop, Stmt, VarId};

impl Desugar<'_> {
    /// `for v in x.iter()`, of an array with one axis.
    pub(super) fn elements_loop(
        &mut self,
        label: Option<&Ident>,
        about: Loop,
        pattern: &ast::Pattern,
        (of, enumerated, reversed): (&ast::Expr, bool, bool),
        body: &Block,
        out: &mut Vec<Stmt>,
    ) {
        let span = about.span;
        let Some(part) = self.only_axis(of) else { return };
        let counter = self.declare(&Ident::new("i", span), false, Some(usize_at(span)));
        let item = Self::element_value(part.clone().element(vec![Expr::var(counter, span)]), span);
        let to = Expr::new(span, ExprKind::Extent { array: part.array, axis: Some(part.axis(0)) });
        let head = Head::Range { var: counter, from: number(0, span), to, inclusive: false, reversed, step: None };
        let item =
            if enumerated { Expr::new(span, ExprKind::Tuple(vec![Expr::var(counter, span), item])) } else { item };
        self.scoped(|this| {
            let mut before = Vec::new();
            this.bind_item(pattern, item, &mut before);
            this.looping(label, about, None, head, before, body, out);
        });
    }

    /// An array that a loop goes through: it has one axis.
    fn only_axis(&mut self, of: &ast::Expr) -> Option<Part> {
        let part = self.part_named(of)?;
        if part.rank() != 1 {
            let name = Self::called(of);
            let message = format!(
                "`{name}` has {} axes: write one loop over the indices of each, or over its rows, as in `{name}.outer_iter()`",
                part.rank()
            );
            self.problems.push(of.span, message);
            return None;
        }
        Some(part)
    }

    /// A loop over several arrays in step, or over one that is written.
    pub(super) fn items_loop(
        &mut self,
        label: Option<&Ident>,
        about: Loop,
        pattern: &ast::Pattern,
        items: &Items,
        body: &Block,
        out: &mut Vec<Stmt>,
    ) {
        let span = about.span;
        let counter = self.declare(&Ident::new("i", span), false, Some(usize_at(span)));
        let mut starts = Vec::new();
        let mark = self.problems.mark();
        let Some(to) = self.turns(items, &mut starts, span, out) else {
            // What is wrong with an array has been said.
            if !self.problems.mark().is_after(mark) {
                self.refuse(span, "this loop has no end: its arrays or ranges have to say how many turns it has");
            }
            return;
        };
        let head =
            Head::Range { var: counter, from: number(0, span), to, inclusive: false, reversed: false, step: None };
        let mut starts = starts.into_iter();
        self.scoped(|this| {
            let mut before = Vec::new();
            this.bind_items(pattern, items, counter, &mut starts, span, &mut before);
            this.looping(label, about, None, head, before, body, out);
        });
    }

    /// How many turns there are: the least of all lengths. Notes where the ranges start.
    fn turns(&mut self, items: &Items, starts: &mut Vec<Expr>, span: Span, out: &mut Vec<Stmt>) -> Option<Expr> {
        match items {
            Items::Enumerate(inner) => self.turns(inner, starts, span, out),
            Items::Zip(a, b) => match (self.turns(a, starts, span, out), self.turns(b, starts, span, out)) {
                (Some(a), Some(b)) => {
                    let (receiver, name) = (Box::new(a), Ident::new("min", span));
                    Some(Expr::new(span, ExprKind::Method { receiver, name, args: vec![b] }))
                }
                (turns, None) | (None, turns) => turns,
            },
            Items::Range { from, to, inclusive } => {
                let mut from = self.expr(from, out);
                self.spill(&mut from, out);
                starts.push(from.clone());
                let to = to.as_ref()?;
                if *inclusive {
                    self.refuse(to.span, "a range that is counted along with arrays has no `=`: write `a..b + 1`");
                }
                let to = self.expr(to, out);
                let (name, args) = (Ident::new("saturating_sub", span), vec![from]);
                Some(Expr::new(span, ExprKind::Method { receiver: Box::new(to), name, args }))
            }
            Items::Parts { of, axis } => {
                let Some(part) = self.part_named(of) else {
                    self.refuse(
                        of.span,
                        "this loop goes through the parts of an array, which is a parameter or a part of one",
                    );
                    return None;
                };
                let axis = self.axis(axis, part.rank());
                Some(Expr::new(span, ExprKind::Extent { array: part.array, axis: Some(part.axis(axis)) }))
            }
            Items::Elements { of } => match self.part_named(of) {
                Some(_) => {
                    let part = self.only_axis(of)?;
                    Some(Expr::new(span, ExprKind::Extent { array: part.array, axis: Some(part.axis(0)) }))
                }
                None => {
                    let receiver = Box::new(self.expr(of, out));
                    Some(Expr::new(
                        span,
                        ExprKind::Method { receiver, name: Ident::new("len", span), args: Vec::new() },
                    ))
                }
            },
        }
    }

    /// Binds a pattern to what a turn takes; a name stands for the element itself, so that it can be written.
    fn bind_items(
        &mut self,
        pattern: &ast::Pattern,
        items: &Items,
        counter: VarId,
        starts: &mut impl Iterator<Item = Expr>,
        span: Span,
        before: &mut Vec<Stmt>,
    ) {
        let turn = Expr::var(counter, span);
        match (items, pattern) {
            (Items::Zip(a, b), ast::Pattern::Tuple(parts)) if parts.len() == 2 => {
                self.bind_items(&parts[0], a, counter, starts, span, before);
                self.bind_items(&parts[1], b, counter, starts, span, before);
            }
            (Items::Enumerate(inner), ast::Pattern::Tuple(parts)) if parts.len() == 2 => {
                self.bind_item(&parts[0], turn, before);
                self.bind_items(&parts[1], inner, counter, starts, span, before);
            }
            (Items::Zip(..) | Items::Enumerate(_), ast::Pattern::Wild) => {}
            (Items::Zip(..) | Items::Enumerate(_), _) => {
                self.leave_out(pattern);
                self.refuse(span, "this loop takes pairs: name both parts, as in `for (a, b) in x.iter().zip(y)`");
            }
            (Items::Range { .. }, _) => {
                let start = starts.next().expect("as many as ranges");
                let value = Expr::new(span, ExprKind::Binary(BinaryOp::Add, Box::new(start), Box::new(turn)));
                self.bind_item(pattern, value, before);
            }
            (Items::Parts { of, axis }, ast::Pattern::Bind { name, inner: None, .. }) => {
                let Some(part) = self.part_named(of) else { return };
                let axis = self.axis(axis, part.rank());
                let var = self.declare(name, false, None);
                self.bind(name, var);
                self.parts.insert(var, part.at(axis, turn));
            }
            (Items::Parts { .. }, ast::Pattern::Wild) => {}
            (Items::Parts { .. }, _) => {
                self.refuse(span, "a part of an array is named here, and indexed: `for row in x.outer_iter()`")
            }
            (Items::Elements { of }, _) => match self.part_named(of) {
                Some(part) => {
                    let mutable = part.mutable;
                    let element = part.element(vec![turn]);
                    match pattern {
                        ast::Pattern::Bind { name, mutable: false, inner: None } if mutable => {
                            let var = self.declare(name, false, None);
                            self.bind(name, var);
                            self.aliases.insert(var, element);
                        }
                        _ => self.bind_item(pattern, Self::element_value(element, span), before),
                    }
                }
                // What the parser leaves of arrays that it refuses.
                None if matches!(&of.kind, ast::ExprKind::Array(parts) if parts.is_empty()) => self.leave_out(pattern),
                None => {
                    let of = Box::new(self.expr(of, before));
                    self.bind_item(pattern, Expr::new(span, ExprKind::Index(of, Box::new(turn))), before);
                }
            },
        }
    }
}

impl Desugar<'_> {
    /// Names what a turn would take, of which nothing more is said.
    fn leave_out(&mut self, pattern: &ast::Pattern) {
        match pattern {
            ast::Pattern::Bind { name, .. } => {
                let var = self.declare(name, true, None);
                self.bind(name, var);
                self.refused.push(var);
            }
            ast::Pattern::Tuple(parts) => parts.iter().for_each(|part| self.leave_out(part)),
            _ => {}
        }
    }
}

fn usize_at(span: Span) -> Type {
    Type::Scalar(Ident::new("usize", span))
}
