//! Expressions.

use quote::ToTokens;
use syn::spanned::Spanned;

use super::Parser;
use crate::ast::{BinaryOp, Expr, ExprKind, LogicOp, UnaryOp};
use crate::methods::{self, CONSTRUCTORS};

impl Parser<'_> {
    pub(super) fn expr(&mut self, expr: &syn::Expr) -> Expr {
        let span = expr.span();
        let kind = match expr {
            syn::Expr::Paren(inner) => return self.expr(&inner.expr),
            syn::Expr::Group(inner) => return self.expr(&inner.expr),
            syn::Expr::Lit(lit) => return self.literal(lit),
            syn::Expr::Path(path) => self.path(path),
            syn::Expr::Unary(unary) => return self.unary(unary),
            syn::Expr::Binary(binary) => self.binary(binary),
            syn::Expr::Cast(cast) => ExprKind::Cast(Box::new(self.expr(&cast.expr)), self.ty(&cast.ty)),
            syn::Expr::MethodCall(call) => self.method(call),
            syn::Expr::Call(call) => self.call(call),
            syn::Expr::Index(index) => {
                if let syn::Expr::Range(range) = &*index.index {
                    self.refuse(range.span(), "a part of a table has no lanes: index its elements");
                }
                ExprKind::Index(Box::new(self.expr(&index.expr)), Box::new(self.expr(&index.index)))
            }
            syn::Expr::Field(field) => self.field(field),
            syn::Expr::Tuple(tuple) => ExprKind::Tuple(tuple.elems.iter().map(|e| self.expr(e)).collect()),
            syn::Expr::Array(array) => ExprKind::Array(array.elems.iter().map(|e| self.expr(e)).collect()),
            syn::Expr::Repeat(repeat) => {
                ExprKind::Repeat(Box::new(self.expr(&repeat.expr)), repeat.len.to_token_stream())
            }
            syn::Expr::Reference(reference) => {
                if let Some(token) = &reference.mutability {
                    self.refuse(token.span, "`&mut` has no lane meaning: a device function returns its results");
                }
                ExprKind::Reference(Box::new(self.expr(&reference.expr)))
            }
            syn::Expr::Assign(assign) => {
                ExprKind::Assign(Box::new(self.expr(&assign.left)), Box::new(self.expr(&assign.right)))
            }
            syn::Expr::Block(block) => self.labelled_block(block),
            syn::Expr::If(e) => self.if_expr(e),
            syn::Expr::Match(e) => self.match_expr(e),
            syn::Expr::Loop(e) => self.loop_expr(e),
            syn::Expr::While(e) => self.while_expr(e),
            syn::Expr::ForLoop(e) => self.for_expr(e),
            syn::Expr::Break(e) => self.break_expr(e),
            syn::Expr::Continue(e) => Self::continue_expr(e),
            syn::Expr::Return(e) => ExprKind::Return(e.expr.as_ref().map(|e| Box::new(self.expr(e)))),
            syn::Expr::Macro(mac) => return self.macro_call(&mac.mac),
            syn::Expr::Infer(_) => {
                self.refuse(span, "`_` is assigned to for its side effects, of which a kernel has none: remove it");
                ExprKind::Tuple(Vec::new())
            }
            other => {
                self.unsupported(other);
                ExprKind::Tuple(Vec::new())
            }
        };
        Expr { span, kind }
    }

    /// What Rust has and lanes have not.
    fn unsupported(&mut self, expr: &syn::Expr) {
        let (span, message) = match expr {
            syn::Expr::Closure(e) => {
                (e.or1_token.span(), "a closure has no lanes: write a `#[jit]` function and call it")
            }
            syn::Expr::Await(e) => (e.await_token.span, "`await` has no lane meaning: a kernel runs to its end"),
            syn::Expr::Async(e) => (e.async_token.span, "`async` has no lane meaning: a kernel runs to its end"),
            syn::Expr::Try(e) => (
                e.question_token.span,
                "`?` has no lane meaning: `Option` and `Result` have no lanes; return a `bool` beside the value",
            ),
            syn::Expr::Unsafe(e) => {
                (e.unsafe_token.span, "`unsafe` code cannot be checked for lanes that are off: use safe indexing")
            }
            syn::Expr::Struct(e) => (e.path.span(), "a struct has no lanes: use a tuple, or separate values"),
            syn::Expr::Let(e) => {
                (e.let_token.span, "`if let` and `while let` have no lane meaning: use `match` or a comparison")
            }
            syn::Expr::Range(e) => (e.span(), "a range is no value in a kernel: use it in a `for` loop or a `match`"),
            syn::Expr::RawAddr(e) => (e.span(), "a raw pointer has no lanes: use an index"),
            syn::Expr::Const(e) => {
                (e.const_token.span, "a `const` block is not supported: write an inner `const` item")
            }
            syn::Expr::Yield(e) => (e.yield_token.span, "`yield` has no lane meaning"),
            syn::Expr::TryBlock(e) => (e.try_token.span, "a `try` block has no lane meaning"),
            other => (other.span(), "this expression has no lane meaning: kernels compute with numbers and bools"),
        };
        self.refuse(span, message);
    }

    fn path(&mut self, path: &syn::ExprPath) -> ExprKind {
        if path.qself.is_none() {
            if let Some(ident) = path.path.get_ident() {
                if ident == "self" {
                    self.refuse(ident.span(), "a method has no lane meaning: write a free function");
                }
                if ident == "None" {
                    self.refuse(ident.span(), "`Option` has no lanes: compute the value and a `bool` beside it");
                }
                return ExprKind::Name(ident.clone());
            }
        }
        ExprKind::Constant(path.to_token_stream())
    }

    fn unary(&mut self, unary: &syn::ExprUnary) -> Expr {
        let span = unary.span();
        let operand = self.expr(&unary.expr);
        let kind = match unary.op {
            syn::UnOp::Neg(_) => return Self::negated(operand),
            syn::UnOp::Not(_) => ExprKind::Unary(UnaryOp::Not, Box::new(operand)),
            syn::UnOp::Deref(_) => ExprKind::Deref(Box::new(operand)),
            _ => {
                self.refuse(span, "this operator has no lane meaning");
                return operand;
            }
        };
        Expr { span, kind }
    }

    fn binary(&mut self, binary: &syn::ExprBinary) -> ExprKind {
        use syn::BinOp;
        let left = Box::new(self.expr(&binary.left));
        let right = Box::new(self.expr(&binary.right));
        let op = match binary.op {
            BinOp::And(_) => return ExprKind::Logic(LogicOp::And, left, right),
            BinOp::Or(_) => return ExprKind::Logic(LogicOp::Or, left, right),
            BinOp::Add(_) => BinaryOp::Add,
            BinOp::Sub(_) => BinaryOp::Sub,
            BinOp::Mul(_) => BinaryOp::Mul,
            BinOp::Div(_) => BinaryOp::Div,
            BinOp::Rem(_) => BinaryOp::Rem,
            BinOp::BitAnd(_) => BinaryOp::And,
            BinOp::BitOr(_) => BinaryOp::Or,
            BinOp::BitXor(_) => BinaryOp::Xor,
            BinOp::Shl(_) => BinaryOp::Shl,
            BinOp::Shr(_) => BinaryOp::Shr,
            BinOp::Eq(_) => BinaryOp::Eq,
            BinOp::Ne(_) => BinaryOp::Ne,
            BinOp::Lt(_) => BinaryOp::Lt,
            BinOp::Le(_) => BinaryOp::Le,
            BinOp::Gt(_) => BinaryOp::Gt,
            BinOp::Ge(_) => BinaryOp::Ge,
            BinOp::AddAssign(_) => return ExprKind::Compound(BinaryOp::Add, left, right),
            BinOp::SubAssign(_) => return ExprKind::Compound(BinaryOp::Sub, left, right),
            BinOp::MulAssign(_) => return ExprKind::Compound(BinaryOp::Mul, left, right),
            BinOp::DivAssign(_) => return ExprKind::Compound(BinaryOp::Div, left, right),
            BinOp::RemAssign(_) => return ExprKind::Compound(BinaryOp::Rem, left, right),
            BinOp::BitAndAssign(_) => return ExprKind::Compound(BinaryOp::And, left, right),
            BinOp::BitOrAssign(_) => return ExprKind::Compound(BinaryOp::Or, left, right),
            BinOp::BitXorAssign(_) => return ExprKind::Compound(BinaryOp::Xor, left, right),
            BinOp::ShlAssign(_) => return ExprKind::Compound(BinaryOp::Shl, left, right),
            BinOp::ShrAssign(_) => return ExprKind::Compound(BinaryOp::Shr, left, right),
            _ => {
                self.refuse(binary.op.span(), "this operator has no lane meaning");
                BinaryOp::Add
            }
        };
        ExprKind::Binary(op, left, right)
    }

    fn method(&mut self, call: &syn::ExprMethodCall) -> ExprKind {
        let name = call.method.clone();
        self.known_method(&name, call.args.len());
        if let Some(turbofish) = &call.turbofish {
            self.refuse(turbofish.span(), "the methods of numbers take no type arguments: remove `::<..>`");
        }
        let receiver = Box::new(self.expr(&call.receiver));
        let args = call.args.iter().map(|e| self.expr(e)).collect();
        ExprKind::Method { receiver, name, args }
    }

    fn known_method(&mut self, name: &syn::Ident, args: usize) {
        match methods::find(&name.to_string()) {
            None => self.refuse(name.span(), methods::refusal(&name.to_string(), name.span())),
            Some(method) if method.args != args => {
                let plural = if method.args == 1 { "" } else { "s" };
                self.refuse(
                    name.span(),
                    format!("`{name}` takes {} argument{plural} besides its receiver, here it has {args}", method.args),
                );
            }
            Some(_) => {}
        }
    }

    fn call(&mut self, call: &syn::ExprCall) -> ExprKind {
        let args: Vec<Expr> = call.args.iter().map(|e| self.expr(e)).collect();
        let syn::Expr::Path(path) = &*call.func else {
            self.refuse(call.func.span(), "only functions can be called, by name: write a `#[jit]` function");
            return ExprKind::Tuple(Vec::new());
        };
        let segments: Vec<&syn::Ident> = path.path.segments.iter().map(|s| &s.ident).collect();
        if let [ty, name] = segments[..] {
            if let Some(ty) = Self::scalar_named(ty) {
                if CONSTRUCTORS.contains(&name.to_string().as_str()) {
                    if args.len() != 1 {
                        self.refuse(name.span(), format!("`{name}` takes one argument, here it has {}", args.len()));
                    }
                } else {
                    self.known_method(name, args.len().saturating_sub(1));
                }
                if args.is_empty() {
                    self.refuse(name.span(), format!("`{name}` has no meaning in lanes: write the constant itself"));
                    return ExprKind::Tuple(Vec::new());
                }
                return ExprKind::TypeMethod { ty, name: name.clone(), args };
            }
        }
        let last = segments.last().map(ToString::to_string).unwrap_or_default();
        if segments.len() == 1 && last == self.name {
            self.refuse(path.span(), "a kernel cannot call itself: recursion has no bound over lanes; write a loop");
        }
        match last.as_str() {
            "Some" | "Ok" | "Err" => {
                self.refuse(path.span(), format!("`{last}` has no lanes: compute the value and a `bool` beside it"));
            }
            "swap" | "replace" | "take" => {
                self.refuse(
                    path.span(),
                    format!("`{last}` takes references, which have no lanes: assign, as in `(a, b) = (b, a)`"),
                );
            }
            "min" | "max" if segments.len() > 1 => {
                self.refuse(path.span(), format!("write the method: `a.{last}(b)`"));
            }
            "drop" | "new" | "default" => {
                self.refuse(path.span(), format!("`{last}` has no lane meaning: write the value itself"));
            }
            _ => {}
        }
        if let Some(generic) = path.path.segments.iter().find(|s| !s.arguments.is_none()) {
            self.refuse(
                generic.arguments.span(),
                "kernels and device functions take no type arguments: remove `::<..>`",
            );
        }
        ExprKind::Call { path: path.to_token_stream(), args }
    }

    fn field(&mut self, field: &syn::ExprField) -> ExprKind {
        let base = Box::new(self.expr(&field.base));
        match &field.member {
            syn::Member::Unnamed(index) => ExprKind::Field(base, index.index),
            syn::Member::Named(name) => {
                self.refuse(
                    name.span(),
                    format!("`.{name}` is a field of a struct, which has no lanes: use a tuple, or separate values"),
                );
                ExprKind::Field(base, 0)
            }
        }
    }
}
