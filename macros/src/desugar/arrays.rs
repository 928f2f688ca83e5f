//! Arrays of a function of whole arrays: their elements, what is asked of their shape, and loops over them.

use proc_macro2::{Ident, Literal, Span};
use quote::ToTokens;

use super::{Desugar, Element, Part};
use crate::ast::{self, BinaryOp, Type, View};
use crate::core::{Expr, ExprKind, Stmt, VarId};

/// An unsuffixed number.
pub(super) fn number(value: usize, span: Span) -> Expr {
    let mut literal = Literal::usize_unsuffixed(value);
    literal.set_span(span);
    Expr::new(span, ExprKind::Literal(literal.to_token_stream()))
}

impl Part {
    /// How many axes have no index.
    pub(super) fn rank(&self) -> usize {
        self.fixed.iter().filter(|index| index.is_none()).count()
    }

    /// An axis of the part, as one of the array.
    pub(super) fn axis(&self, axis: usize) -> usize {
        let mut free = (0..self.fixed.len()).filter(|axis| self.fixed[*axis].is_none());
        free.nth(axis).unwrap_or(0)
    }

    /// The part of it where an axis has an index.
    pub(super) fn at(mut self, axis: usize, index: Expr) -> Self {
        let axis = self.axis(axis);
        self.fixed[axis] = Some(index);
        self
    }

    /// The element at an index for each axis that has none.
    pub(super) fn element(self, index: Vec<Expr>) -> Element {
        let mut index = index.into_iter();
        let index = self.fixed.into_iter().filter_map(|fixed| fixed.or_else(|| index.next())).collect();
        Element { array: self.array, index }
    }
}

impl Desugar<'_> {
    /// A variable's value: that of the element for a name that stands for one.
    pub(super) fn named(&mut self, var: VarId, span: Span) -> Expr {
        if let Some(element) = self.aliases.get(&var) {
            return Self::element_value(element.clone(), span);
        }
        if self.parts.contains_key(&var) || matches!(self.vars[var].ty, Some(Type::View(_))) {
            let name = &self.vars[var].name;
            let message = if self.is_place(var) {
                format!("`{name}` is where a result goes: the value there is `*{name}`")
            } else {
                format!("`{name}` is an array: here its elements are computed with, as in `{name}[i]`")
            };
            self.problems.push_in_place_of_rustc(span, message);
        }
        Expr::var(var, span)
    }

    /// Whether a variable is an output of a single element.
    pub(super) fn is_place(&self, var: VarId) -> bool {
        matches!(self.vars[var].ty, Some(Type::View(View { rank: 0, .. })))
    }

    pub(super) fn element_value(element: Element, span: Span) -> Expr {
        Expr::new(span, ExprKind::Element { array: element.array, index: element.index })
    }

    /// The array, or the part of one, that an expression names.
    pub(super) fn part_named(&self, expr: &ast::Expr) -> Option<Part> {
        let ast::ExprKind::Name(name) = &expr.kind else { return None };
        let var = self.find(name)?;
        match &self.vars[var].ty {
            Some(Type::View(view)) => Some(Part { array: var, fixed: vec![None; view.rank], mutable: view.mutable }),
            _ => self.parts.get(&var).cloned(),
        }
    }

    /// What is called so in messages.
    pub(super) fn called(expr: &ast::Expr) -> String {
        match &expr.kind {
            ast::ExprKind::Name(name) => name.to_string(),
            _ => "this".to_owned(),
        }
    }

    /// `a.row(i)`, `a.column(j)`, `a.index_axis(Axis(k), i)`
    pub(super) fn part_at(
        &mut self,
        array: &ast::Expr,
        method: &Ident,
        args: &[ast::Expr],
        out: &mut Vec<Stmt>,
    ) -> Option<Part> {
        let part = self.part_named(array)?;
        let (axis, index) = match (method.to_string().as_str(), args) {
            ("row" | "row_mut", [index]) if part.rank() == 2 => (0, index),
            ("column" | "column_mut", [index]) if part.rank() == 2 => (1, index),
            ("index_axis" | "index_axis_mut", [axis, index]) => (self.axis(axis, part.rank()), index),
            _ => return None,
        };
        let mut index = self.expr(index, out);
        self.spill(&mut index, out);
        Some(part.at(axis, index))
    }

    /// `array[index]`, `array[[i, j]]`, `array[(i, j)]`
    pub(super) fn element(&mut self, array: &ast::Expr, index: &ast::Expr, out: &mut Vec<Stmt>) -> Element {
        let part = self.part_named(array).expect("the caller has looked");
        let rank = part.rank();
        let parts: Vec<&ast::Expr> = match &index.kind {
            ast::ExprKind::Array(parts) | ast::ExprKind::Tuple(parts) => parts.iter().collect(),
            _ => vec![index],
        };
        if parts.len() != rank {
            let name = Self::called(array);
            let form = match rank {
                1 => format!("{name}[i]"),
                _ => format!("{name}[[{}]]", ["i", "j", "k", "l", "m", "n"][..rank].join(", ")),
            };
            let axes = if rank == 1 { "one axis".to_owned() } else { format!("{rank} axes") };
            let message = if rank == 0 {
                format!("`{name}` is a single element: it is `*{name}`")
            } else {
                format!("`{name}` has {axes}: its elements are `{form}`")
            };
            self.problems.push_in_place_of_rustc(index.span, message);
        }
        for part in &parts {
            if let ast::ExprKind::Unary(ast::UnaryOp::Neg, number) = &part.kind
                && matches!(number.kind, ast::ExprKind::Literal(_))
            {
                let message = "an index counts from the front, from 0: from the end, it is a length minus a number, as in `x[x.len() - 1]`";
                self.problems.push_in_place_of_rustc(part.span, message);
            }
        }
        let index = self.operands(&parts, out);
        part.element(index)
    }

    /// The element that an assignment writes, if it writes one: `x[i] = ..`, `*v = ..` of a loop's `v`.
    pub(super) fn stored(&mut self, target: &ast::Expr, out: &mut Vec<Stmt>) -> Option<Element> {
        match &target.kind {
            ast::ExprKind::Index(array, index) if self.part_named(array).is_some() => {
                let mut element = self.element(array, index, out);
                for index in &mut element.index {
                    self.keep(index, out);
                }
                Some(element)
            }
            ast::ExprKind::Deref(inner) => match &inner.kind {
                ast::ExprKind::Name(name) => self.find(name).and_then(|var| self.aliases.get(&var).cloned()),
                _ => None,
            },
            _ => None,
        }
    }

    /// Keeps an index that reads what the assignment's value may change.
    fn keep(&mut self, index: &mut Expr, out: &mut Vec<Stmt>) {
        fn is_steady(expr: &Expr, this: &Desugar<'_>) -> bool {
            match &expr.kind {
                ExprKind::Var(var) => !this.vars[*var].mutable,
                ExprKind::Element { .. } => false,
                _ => expr.operands().into_iter().all(|operand| is_steady(operand, this)),
            }
        }
        if !is_steady(index, self) {
            self.spill(index, out);
        }
    }

    pub(super) fn store(
        &mut self,
        element: Element,
        op: Option<BinaryOp>,
        value: Expr,
        span: Span,
        out: &mut Vec<Stmt>,
    ) {
        if !matches!(&self.vars[element.array].ty, Some(Type::View(View { mutable: true, .. }))) {
            self.problems.leave_to_rustc();
        }
        out.push(Stmt::Store { span, array: element.array, index: element.index, op, value });
    }

    /// Whether an expression is `array.shape()`.
    pub(super) fn is_shape(&self, expr: &ast::Expr) -> bool {
        matches!(&expr.kind, ast::ExprKind::Method { receiver, name, .. }
            if name == "shape" && self.part_named(receiver).is_some())
    }

    /// `array.shape()[axis]`
    pub(super) fn extent_of_shape(&mut self, shape: &ast::Expr, axis: &ast::Expr) -> Expr {
        let ast::ExprKind::Method { receiver, .. } = &shape.kind else { unreachable!("the caller has looked") };
        self.extent_along(receiver, axis)
    }

    /// The length along an axis that is a literal.
    fn extent_along(&mut self, array: &ast::Expr, axis: &ast::Expr) -> Expr {
        let part = self.part_named(array).expect("the caller has looked");
        let axis = self.axis(axis, part.rank());
        Expr::new(array.span, ExprKind::Extent { array: part.array, axis: Some(part.axis(axis)) })
    }

    /// An axis as it is written.
    pub(super) fn axis(&mut self, axis: &ast::Expr, rank: usize) -> usize {
        let literal = match &axis.kind {
            ast::ExprKind::Literal(tokens) => tokens.to_string().trim_end_matches("usize").parse::<usize>().ok(),
            _ => None,
        };
        if literal.is_none_or(|axis| axis >= rank) {
            let message = format!("the axis of an array with {rank} is a number below that, written here as it is");
            self.problems.push(axis.span, message);
        }
        literal.filter(|axis| *axis < rank).unwrap_or(0)
    }

    /// What a method says of an array's shape.
    pub(super) fn extent(&mut self, array: &ast::Expr, name: &Ident, args: &[ast::Expr], span: Span) -> Expr {
        let part = self.part_named(array).expect("the caller has looked");
        let rank = part.rank();
        let extent = |axis: usize| Expr::new(span, ExprKind::Extent { array: part.array, axis: Some(part.axis(axis)) });
        let len = || match rank {
            1 => extent(0),
            _ if rank == part.fixed.len() => Expr::new(span, ExprKind::Extent { array: part.array, axis: None }),
            _ => (1..rank).fold(extent(0), |len, axis| {
                Expr::new(span, ExprKind::Binary(BinaryOp::Mul, Box::new(len), Box::new(extent(axis))))
            }),
        };
        match name.to_string().as_str() {
            "len" => len(),
            "is_empty" => Expr::new(span, ExprKind::Binary(BinaryOp::Eq, Box::new(len()), Box::new(number(0, span)))),
            "nrows" if rank == 2 => extent(0),
            "ncols" if rank == 2 => extent(1),
            "dim" if rank == 1 => extent(0),
            "dim" => Expr::new(span, ExprKind::Tuple((0..rank).map(extent).collect())),
            "len_of" => self.extent_along(array, &args[0]),
            "shape" => {
                self.refuse(
                    name.span(),
                    "a shape is asked for an axis here: `.shape()[0]`, or all are taken with `.dim()`",
                );
                len()
            }
            "nrows" | "ncols" => {
                // Arrays of other ranks have no such method.
                self.problems.leave_to_rustc();
                len()
            }
            "row" | "row_mut" | "column" | "column_mut" | "index_axis" | "index_axis_mut" => {
                let message = format!(
                    "`{name}` gives a part of an array: name it, as in `let row = {}.row(i);`",
                    Self::called(array)
                );
                self.problems.push(name.span(), message);
                len()
            }
            _ => {
                let array = Self::called(array);
                let message = format!(
                    "`{array}` is an array: asked for here are its elements, as in `{array}[i]`, and its lengths, with `len`, \
                     `nrows`, `ncols`, `dim`, `shape()[k]`"
                );
                self.problems.push(name.span(), message);
                len()
            }
        }
    }
}
