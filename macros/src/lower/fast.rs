//! What `fastmath` allows: other arithmetic than is written, for floats in lanes.

use proc_macro2::Ident;

use super::Lower;
use crate::ast::{BinaryOp, UnaryOp};
use crate::core::{Expr, ExprKind};
use crate::infer::Class;
use crate::lane::{Code, CodeKind, Mask};
use crate::numbers;

impl Lower<'_> {
    /// An operation as it may be instead.
    pub(super) fn fast_binary(&mut self, op: BinaryOp, a: &Expr, b: &Expr, mask: Mask) -> Option<CodeKind> {
        match op {
            BinaryOp::Add if self.fast.contract => {
                self.contracted(a, b, false, mask).or_else(|| self.contracted(b, a, false, mask))
            }
            BinaryOp::Sub if self.fast.contract => {
                self.contracted(a, b, true, mask).or_else(|| self.subtracted(a, b, mask))
            }
            BinaryOp::Div if self.fast.arcp && !self.found.varies(b) && self.is_float(a, b) => {
                // Once, as the divisor is the same for all lanes.
                let one = Expr::new(b.span, ExprKind::Literal(quote::quote! { 1.0 }));
                let reciprocal = Expr::new(b.span, ExprKind::Binary(BinaryOp::Div, Box::new(one), Box::new(b.clone())));
                let product =
                    Expr::new(b.span, ExprKind::Binary(BinaryOp::Mul, Box::new(a.clone()), Box::new(reciprocal)));
                Some(self.varying(&product, mask).kind)
            }
            _ => None,
        }
    }

    /// `product + other`, or `product - other`.
    fn contracted(&mut self, product: &Expr, other: &Expr, negated: bool, mask: Mask) -> Option<CodeKind> {
        let (x, y) = self.factors(product, other)?;
        let (x, y) = (self.scalar_lanes(x, mask), self.scalar_lanes(y, mask));
        let mut other = self.scalar_lanes(other, mask);
        if negated {
            other = Code { span: other.span, kind: CodeKind::Unary(UnaryOp::Neg, Box::new(other)) };
        }
        Some(CodeKind::Contracted(Box::new(x), Box::new(y), Box::new(other)))
    }

    /// `other - product`
    fn subtracted(&mut self, other: &Expr, product: &Expr, mask: Mask) -> Option<CodeKind> {
        let (x, y) = self.factors(product, other)?;
        let (x, y, other) = (self.scalar_lanes(x, mask), self.scalar_lanes(y, mask), self.scalar_lanes(other, mask));
        let x = Code { span: x.span, kind: CodeKind::Unary(UnaryOp::Neg, Box::new(x)) };
        Some(CodeKind::Contracted(Box::new(x), Box::new(y), Box::new(other)))
    }

    /// The factors of a product of floats that varies.
    fn factors<'e>(&self, product: &'e Expr, other: &Expr) -> Option<(&'e Expr, &'e Expr)> {
        let ExprKind::Binary(BinaryOp::Mul, x, y) = &product.kind else { return None };
        (self.found.varies(product) && self.is_float(product, other)).then_some((x, y))
    }

    /// `min` and `max` of numbers that are no NaN, and of zeros either: one instruction.
    pub(super) fn fast_extreme(&self, name: &str, a: &Expr, b: &Expr) -> Option<&'static str> {
        let name = match name {
            "min" => "lesser",
            "max" => "greater",
            _ => return None,
        };
        (self.fast.nnan && self.fast.nsz && self.is_float(a, b)).then_some(name)
    }

    /// `a.max(b)` as `if b > a { b } else { a }` where `a` is never NaN: one instruction, and the same of equal zeros. Where `b` is
    /// not, `if a >= b { a } else { b }`. `min` likewise.
    pub(super) fn extreme_of_number(&mut self, name: &Ident, a: &Expr, b: &Expr, mask: Mask) -> Option<CodeKind> {
        let (strict, other) = match name.to_string().as_str() {
            "min" => ("lesser", "lesser_or_equal"),
            "max" => ("greater", "greater_or_equal"),
            _ => return None,
        };
        let (receiver, method, arg) = if numbers::is_number(a, &self.numbers) {
            (b, strict, a)
        } else if numbers::is_number(b, &self.numbers) {
            (a, other, b)
        } else {
            return None;
        };
        let receiver = Box::new(self.scalar_lanes(receiver, mask));
        let args = vec![self.scalar_lanes(arg, mask)];
        Some(CodeKind::Method { receiver, name: Ident::new(method, name.span()), mask: None, args })
    }

    fn is_float(&self, a: &Expr, b: &Expr) -> bool {
        self.types.is_some_and(|types| types.class(a) == Class::Float || types.class(b) == Class::Float)
    }
}
