//! Expressions: uniform ones stay as they are, varying ones become operations on lanes, and where
//! the two meet the uniform value is put into every lane.

use proc_macro2::Ident;

use super::Lower;
use crate::ast::{BinaryOp, LogicOp, Type, UnaryOp};
use crate::attr::Ulp;
use crate::core::{Expr, ExprKind};
use crate::cost;
use crate::lane::{Code, CodeKind, Mask};
use crate::methods::{self, Class};
use crate::types::{self, Shape};

impl Lower<'_> {
    /// The value as it is: lanes if it varies.
    pub(super) fn value(&mut self, expr: &Expr, mask: Mask) -> Code {
        if self.found.varies(expr) { self.varying(expr, mask) } else { self.uniform(expr, mask) }
    }

    /// The value as lanes, whatever its shape.
    pub(super) fn lanes(&mut self, expr: &Expr, mask: Mask) -> Code {
        if self.found.varies(expr) {
            return self.varying(expr, mask);
        }
        let kind = match &expr.kind {
            ExprKind::Tuple(parts) => CodeKind::Tuple(self.all_lanes(parts, mask)),
            ExprKind::Array(parts) => CodeKind::Array(self.all_lanes(parts, mask)),
            ExprKind::Repeat(a, len) => CodeKind::Repeat(Box::new(self.lanes(a, mask)), len.clone()),
            _ => {
                let value = Box::new(self.uniform(expr, mask));
                match types::of(expr, self.shapes) {
                    Shape::Scalar => self.splat(value),
                    Shape::Compound => CodeKind::Spread(value),
                }
            }
        };
        Code { span: expr.span, kind }
    }

    /// The value of an operand that can only be a scalar, as lanes: `Vector::splat` tells rustc the type.
    pub(super) fn scalar_lanes(&mut self, expr: &Expr, mask: Mask) -> Code {
        if self.found.varies(expr) {
            return self.varying(expr, mask);
        }
        let value = Box::new(self.uniform(expr, mask));
        Code { span: expr.span, kind: self.splat(value) }
    }

    fn splat(&self, value: Box<Code>) -> CodeKind {
        match value.kind {
            CodeKind::Var(var) if self.found.split.iter().any(|split| split.contains(&var)) => {
                CodeKind::SplatHeld(value)
            }
            _ => CodeKind::Splat(value),
        }
    }

    fn boxed_lanes(&mut self, expr: &Expr, mask: Mask) -> Box<Code> {
        Box::new(self.scalar_lanes(expr, mask))
    }

    fn boxed(&mut self, expr: &Expr, mask: Mask) -> Box<Code> {
        Box::new(self.value(expr, mask))
    }

    fn all_lanes(&mut self, exprs: &[Expr], mask: Mask) -> Vec<Code> {
        exprs.iter().map(|e| self.lanes(e, mask)).collect()
    }

    fn all_scalar_lanes(&mut self, exprs: &[Expr], mask: Mask) -> Vec<Code> {
        exprs.iter().map(|e| self.scalar_lanes(e, mask)).collect()
    }

    pub(super) fn all(&mut self, exprs: &[Expr], mask: Mask) -> Vec<Code> {
        exprs.iter().map(|e| self.value(e, mask)).collect()
    }

    /// A uniform expression: plain Rust, but for functions that are not exact, which are computed
    /// as in lanes so that a value does not depend on its variability.
    fn uniform(&mut self, expr: &Expr, mask: Mask) -> Code {
        let kind = match &expr.kind {
            ExprKind::Literal(tokens) | ExprKind::Constant(tokens) => CodeKind::Tokens(tokens.clone()),
            ExprKind::Var(var) => CodeKind::Var(*var),
            ExprKind::Unary(UnaryOp::Neg, a) => match a.kind {
                // The least integer is a literal with its sign.
                ExprKind::Literal(_) => CodeKind::Unary(UnaryOp::Neg, self.boxed(a, mask)),
                _ => CodeKind::Wrapping("uniform_neg", vec![self.value(a, mask)]),
            },
            ExprKind::Unary(op, a) => CodeKind::Unary(*op, self.boxed(a, mask)),
            ExprKind::Binary(op, a, b) => match wrapping(*op) {
                Some(name) => CodeKind::Wrapping(name, vec![self.value(a, mask), self.value(b, mask)]),
                None => CodeKind::Binary(*op, self.boxed(a, mask), self.boxed(b, mask)),
            },
            ExprKind::Logic(op, a, b) => CodeKind::Logic(*op, self.boxed(a, mask), self.boxed(b, mask)),
            ExprKind::Cast(a, ty) => CodeKind::Cast(self.boxed(a, mask), ty.clone()),
            ExprKind::Method { name, .. } | ExprKind::TypeMethod { name, .. } if is_math(name) => {
                let lanes = self.method_of_lanes(expr, mask);
                CodeKind::First(Box::new(Code { span: expr.span, kind: lanes }))
            }
            ExprKind::Method { receiver, name, args } => CodeKind::Method {
                receiver: self.boxed(receiver, mask),
                name: name.clone(),
                mask: None,
                args: self.all(args, mask),
            },
            ExprKind::TypeMethod { ty, name, args } => {
                CodeKind::TypeMethod { ty: ty.clone(), name: name.clone(), args: self.all(args, mask) }
            }
            ExprKind::Call { path, args } => {
                let args = self.all(args, mask);
                let call = CodeKind::Call { path: path.clone(), mask, args };
                // Lanes that are off hold anything: the function has its own branches and returns.
                CodeKind::FirstOf(mask, Box::new(Code { span: expr.span, kind: call }))
            }
            ExprKind::Index(a, b) => CodeKind::Index(self.boxed(a, mask), self.boxed(b, mask)),
            ExprKind::Element { array, index } => CodeKind::Get { array: *array, index: self.all(index, mask) },
            ExprKind::Extent { array, axis } => CodeKind::Extent { array: *array, axis: *axis },
            ExprKind::Field(a, field) => CodeKind::Field(self.boxed(a, mask), *field),
            ExprKind::Tuple(parts) => CodeKind::Tuple(self.all(parts, mask)),
            ExprKind::Array(parts) => CodeKind::Array(self.all(parts, mask)),
            ExprKind::Repeat(a, len) => CodeKind::Repeat(self.boxed(a, mask), len.clone()),
            ExprKind::Reference(a) => CodeKind::Reference(self.boxed(a, mask)),
            ExprKind::If(c, a, b) => CodeKind::If(self.boxed(c, mask), self.boxed(a, mask), self.boxed(b, mask)),
        };
        Code { span: expr.span, kind }
    }

    pub(super) fn varying(&mut self, expr: &Expr, mask: Mask) -> Code {
        let kind = match &expr.kind {
            ExprKind::Literal(_) | ExprKind::Constant(_) | ExprKind::Extent { .. } => {
                unreachable!("a constant does not vary")
            }
            ExprKind::Element { array, index } => self.elements(*array, index, mask),
            ExprKind::Var(var) => CodeKind::Var(*var),
            ExprKind::Unary(op, a) => CodeKind::Unary(*op, self.boxed(a, mask)),
            ExprKind::Binary(op, a, b) => match self.fast_binary(*op, a, b, mask) {
                Some(kind) => kind,
                None => self.binary(*op, a, b, mask),
            },
            ExprKind::Logic(op, a, b) => self.logic(*op, a, b, mask),
            ExprKind::Cast(a, ty) => CodeKind::LaneCast(self.boxed(a, mask), ty.clone()),
            ExprKind::Method { .. } | ExprKind::TypeMethod { .. } => self.method_of_lanes(expr, mask),
            ExprKind::Call { path, args } => CodeKind::Call { path: path.clone(), mask, args: self.all(args, mask) },
            ExprKind::Index(a, b) => self.element(a, b, false, mask),
            ExprKind::Field(a, field) => {
                let base = match &a.kind {
                    ExprKind::Index(array, index) => {
                        let kind = self.element(array, index, true, mask);
                        Box::new(Code { span: a.span, kind })
                    }
                    _ => self.boxed(a, mask),
                };
                CodeKind::Field(base, *field)
            }
            ExprKind::Tuple(parts) => CodeKind::Tuple(self.all_lanes(parts, mask)),
            ExprKind::Array(parts) => CodeKind::Array(self.all_lanes(parts, mask)),
            ExprKind::Repeat(a, len) => CodeKind::Repeat(self.boxed(a, mask), len.clone()),
            ExprKind::Reference(a) => CodeKind::Reference(self.boxed(a, mask)),
            ExprKind::If(c, a, b) => {
                if let Some(kind) = self.lesser_or_greater(c, a, b, mask) {
                    return Code { span: expr.span, kind };
                }
                let (yes, no) = (self.lanes(a, mask), self.lanes(b, mask));
                let condition = self.value(c, mask);
                if self.found.varies(c) {
                    CodeKind::Select(Box::new(condition), Box::new(yes), Box::new(no))
                } else {
                    CodeKind::If(Box::new(condition), Box::new(yes), Box::new(no))
                }
            }
        };
        Code { span: expr.span, kind }
    }

    /// `if a < b { a } else { b }` and its like, where lanes compare: most are one instruction.
    fn lesser_or_greater(&mut self, condition: &Expr, yes: &Expr, no: &Expr, mask: Mask) -> Option<CodeKind> {
        let ExprKind::Binary(op, left, right) = &condition.kind else { return None };
        if !self.found.varies(condition) {
            return None;
        }
        let is_left = if yes.is_same_value(left) && no.is_same_value(right) {
            true
        } else if yes.is_same_value(right) && no.is_same_value(left) {
            false
        } else {
            return None;
        };
        let name = match (op, is_left) {
            (BinaryOp::Lt, true) | (BinaryOp::Gt, false) => "lesser",
            (BinaryOp::Gt, true) | (BinaryOp::Lt, false) => "greater",
            (BinaryOp::Le, true) | (BinaryOp::Ge, false) => "lesser_or_equal",
            (BinaryOp::Ge, true) | (BinaryOp::Le, false) => "greater_or_equal",
            _ => return None,
        };
        // What is chosen where the comparison holds comes first: that decides which zero it is, and which of two with a NaN.
        let receiver = self.boxed_lanes(yes, mask);
        let args = vec![self.scalar_lanes(no, mask)];
        Some(CodeKind::Method { receiver, name: Ident::new(name, condition.span), mask: None, args })
    }

    fn binary(&mut self, op: BinaryOp, a: &Expr, b: &Expr, mask: Mask) -> CodeKind {
        let left = self.boxed_lanes(a, mask);
        if matches!(op, BinaryOp::Shl | BinaryOp::Shr) && !self.found.varies(b) {
            return CodeKind::ShiftUniform(op, left, self.boxed(b, mask));
        }
        let right = self.boxed_lanes(b, mask);
        match op {
            BinaryOp::Div | BinaryOp::Rem => CodeKind::Divide(op, mask, left, right),
            _ if op.is_comparison() => CodeKind::Compare(op, left, right),
            _ => CodeKind::Binary(op, left, right),
        }
    }

    /// `&&` and `||`: both sides for all lanes where that does no harm (`&`, `|`), else the right
    /// side for the lanes that the left one leaves undecided.
    fn logic(&mut self, op: LogicOp, a: &Expr, b: &Expr, mask: Mask) -> CodeKind {
        let left = self.boxed_lanes(a, mask);
        if cost::is_total(b) {
            let op = match op {
                LogicOp::And => BinaryOp::And,
                LogicOp::Or => BinaryOp::Or,
            };
            return CodeKind::Binary(op, left, self.boxed_lanes(b, mask));
        }
        let inner = Mask::Local(self.locals);
        self.locals += 1;
        let right = self.boxed_lanes(b, inner);
        CodeKind::Guarded { op, left, outer: mask, inner, right }
    }

    fn method_of_lanes(&mut self, expr: &Expr, mask: Mask) -> CodeKind {
        let (receiver, name, args) = match &expr.kind {
            ExprKind::Method { receiver, name, args } => (self.boxed_lanes(receiver, mask), name, &args[..]),
            ExprKind::TypeMethod { ty, name, args } => {
                let (first, rest) = args.split_first().expect("a method through its type has its receiver");
                let receiver = self.boxed_lanes(first, mask);
                match name.to_string().as_str() {
                    "from_bits" => return CodeKind::FromBits(ty.clone(), receiver),
                    "from" => return CodeKind::LaneCast(receiver, ty.clone()),
                    _ => {}
                }
                let typed = Code { span: expr.span, kind: CodeKind::Typed(ty.clone(), receiver) };
                (Box::new(typed), name, rest)
            }
            _ => unreachable!("only methods come here"),
        };
        let class = methods::find(&name.to_string()).map(|method| method.class);
        let operands = expr.operands();
        if let [a, b] = operands[..]
            && let Some(kind) = self.extreme_of_number(name, a, b, mask)
        {
            return kind;
        }
        if let [a, b] = operands[..]
            && let Some(fast) = self.fast_extreme(&name.to_string(), a, b)
        {
            let (name, args) = (Ident::new(fast, name.span()), self.all_scalar_lanes(args, mask));
            return CodeKind::Method { receiver, name, mask: None, args };
        }
        let receiver = match (class, self.ulp) {
            (Some(Class::Math), Ulp::Four) => Box::new(Code { span: name.span(), kind: CodeKind::Within4(receiver) }),
            _ => receiver,
        };
        let args = self.all_scalar_lanes(args, mask);
        let mask = (class == Some(Class::Fallible)).then_some(mask);
        CodeKind::Method { receiver, name: name.clone(), mask, args }
    }

    /// `array[index]` where either varies; `part`: a part of the element is wanted.
    fn element(&mut self, array: &Expr, index: &Expr, part: bool, mask: Mask) -> CodeKind {
        let base = match &array.kind {
            ExprKind::Index(outer, inner) if self.found.varies(array) => {
                let kind = self.element(outer, inner, true, mask);
                Box::new(Code { span: array.span, kind })
            }
            _ => self.boxed(array, mask),
        };
        let lanes = self.found.varies(array);
        if !self.found.varies(index) {
            return CodeKind::Index(base, self.boxed(index, mask));
        }
        let (index, narrow) = self.lane_index(index, mask);
        let index = Box::new(index);
        if lanes {
            CodeKind::ArrayGet { array: base, index, narrow, mask }
        } else if part {
            CodeKind::TableGet { table: base, index, narrow, mask }
        } else {
            CodeKind::Gather { table: base, index, narrow, mask }
        }
    }

    /// A varying index, and whether it stands for itself `as usize`: then it needs no 64-bit lanes.
    pub(super) fn lane_index(&mut self, index: &Expr, mask: Mask) -> (Code, bool) {
        if let ExprKind::Var(var) = index.kind
            && self.narrow[var]
        {
            return (Code { span: index.span, kind: CodeKind::Narrow(var) }, true);
        }
        match self.narrow_index(index) {
            Some(narrow) => (self.varying(narrow, mask), true),
            None => (self.varying(index, mask), false),
        }
    }

    /// `e` in `e as usize`, where it varies.
    pub(super) fn narrow_index<'e>(&self, index: &'e Expr) -> Option<&'e Expr> {
        match &index.kind {
            ExprKind::Cast(inner, Type::Scalar(ty)) if ty == "usize" && self.found.varies(inner) => Some(inner),
            _ => None,
        }
    }
}

/// The function for an operator of uniform integers that panics in debug builds and wraps in lanes.
pub(super) fn wrapping(op: BinaryOp) -> Option<&'static str> {
    match op {
        BinaryOp::Add => Some("uniform_add"),
        BinaryOp::Sub => Some("uniform_sub"),
        BinaryOp::Mul => Some("uniform_mul"),
        BinaryOp::Shl => Some("uniform_shl"),
        BinaryOp::Shr => Some("uniform_shr"),
        _ => None,
    }
}

/// Whether a method is computed in lanes whatever its operands are.
fn is_math(name: &Ident) -> bool {
    methods::find(&name.to_string()).is_some_and(|method| matches!(method.class, Class::Math | Class::Further))
}
