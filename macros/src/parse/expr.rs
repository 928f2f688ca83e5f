//! Expressions.

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;

use super::Parser;
use super::types::without_lanes;
use crate::ast::{BinaryOp, Expr, ExprKind, LogicOp, Type, UnaryOp};
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
                    return self.expr(&index.expr);
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
                    self.refuse(
                        token.span,
                        "`&mut` has no lane meaning: assign to the variable itself; a device function returns its results",
                    );
                    self.expr(&reference.expr);
                    return Expr { span, kind: ExprKind::Tuple(Vec::new()) };
                }
                if is_part(&reference.expr) {
                    return self.expr(&reference.expr);
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
            syn::Expr::Infer(_) => ExprKind::Ignored,
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
                (e.or1_token.span(), "a closure has no lanes: write a `#[jit]` function and call it by its name")
            }
            syn::Expr::Async(e) => (e.async_token.span, "`async` has no lane meaning: a kernel runs to its end"),
            syn::Expr::Await(e) => {
                let message = "`await` has no lane meaning: a kernel runs to its end";
                return self.refuse_after(&e.base, e.await_token.span, message);
            }
            syn::Expr::Try(e) => {
                let message = "`?` has no lane meaning: `Option` and `Result` have no lanes; return a `bool` beside the \
                               value";
                return self.refuse_after(&e.expr, e.question_token.span, message);
            }
            syn::Expr::Unsafe(e) => {
                (e.unsafe_token.span, "`unsafe` code cannot be checked for lanes that are off: index with `[i]`")
            }
            syn::Expr::Struct(e) => (e.path.span(), "a struct has no lanes: use a tuple, or separate values"),
            syn::Expr::Let(e) => (
                e.let_token.span,
                "`let` as a condition has no lane meaning: enums have no lanes; use `match` or a comparison",
            ),
            syn::Expr::Range(e) => {
                (range_token(e), "a range is no value in a kernel: it stands in a `for` loop or a pattern")
            }
            syn::Expr::RawAddr(e) => (e.raw.span, "a raw pointer has no lanes: use an index"),
            syn::Expr::Const(e) => {
                (e.const_token.span, "a `const` block has no lane meaning: write an inner `const` item")
            }
            other => (other.span(), "this expression has no lane meaning: kernels compute with numbers and bools"),
        };
        self.refuse(span, message);
    }

    /// Refuses what follows an operand, unless it follows from what is wrong with the operand.
    fn refuse_after(&mut self, operand: &syn::Expr, span: Span, message: &str) {
        let mark = self.problems.mark();
        self.expr(operand);
        if self.problems.any_since(mark) {
            self.problems.replace_rustc();
        } else {
            self.refuse_in_place_of_rustc(span, message);
        }
    }

    fn path(&mut self, path: &syn::ExprPath) -> ExprKind {
        if let Some(qself) = &path.qself {
            self.refuse(
                qself.lt_token.span,
                "a path through `<..>` has no lane meaning: name the constant by its short path",
            );
        } else {
            if let Some(ident) = path.path.get_ident() {
                if ident == "self" {
                    self.refuse(ident.span(), "a method has no lane meaning: write a free function");
                }
                if ident == "None" {
                    self.refuse(ident.span(), "`None` has no lanes: compute the value and a `bool` beside it");
                }
                return ExprKind::Name(ident.clone());
            }
            if let [ty, name] = &path.path.segments.iter().map(|s| &s.ident).collect::<Vec<_>>()[..]
                && Self::scalar_named(ty).is_some()
                && methods::find(&name.to_string()).is_some()
            {
                self.refuse(name.span(), format!("a function is no value in a kernel: call it, as in `x.{name}()`"));
                return ExprKind::Tuple(Vec::new());
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
        if self.arrays
            && let Some(kind) = self.extent(call)
        {
            return kind;
        }
        if methods::find(&name.to_string()).is_none() {
            return self.refused_method(call);
        }
        self.known_method(&name, call.args.len());
        if let Some(turbofish) = &call.turbofish {
            self.refuse_in_place_of_rustc(
                turbofish.lt_token.span,
                format!("`{name}` takes no type arguments: remove `::<..>`"),
            );
        }
        let receiver = Box::new(self.expr(&call.receiver));
        let args = call.args.iter().map(|e| self.expr(e)).collect();
        ExprKind::Method { receiver, name, args }
    }

    /// Of a chain of calls, the innermost says what is wrong: the others follow from it, and so do
    /// the closures, ranges and references that such methods take.
    fn refused_method(&mut self, call: &syn::ExprMethodCall) -> ExprKind {
        let receiver = match bare(&call.receiver) {
            syn::Expr::MethodCall(inner) if methods::find(&inner.method.to_string()).is_none() => {
                return self.refused_method(inner);
            }
            syn::Expr::Range(_) => None,
            receiver => Some(receiver),
        };
        let name = call.method.to_string();
        match methods::advice(&name) {
            Some(advice) => {
                self.refuse(call.method.span(), format!("the method `{name}` has no lane meaning: {advice}"))
            }
            None => self.refuse_in_place_of_rustc(call.method.span(), methods::unknown(&name)),
        }
        let plain = |arg: &&syn::Expr| !matches!(arg, syn::Expr::Closure(_) | syn::Expr::Reference(_));
        let mut parts: Vec<Expr> = receiver.map(|receiver| self.expr(receiver)).into_iter().collect();
        parts.extend(call.args.iter().filter(plain).map(|arg| self.expr(arg)));
        ExprKind::Tuple(parts)
    }

    /// How many arguments a method of the table has.
    fn known_method(&mut self, name: &syn::Ident, args: usize) {
        match methods::find(&name.to_string()) {
            Some(method) if method.args != args => {
                let plural = if method.args == 1 { "" } else { "s" };
                let of_array = match &*name.to_string() {
                    _ if args > 0 => "",
                    "max" => "; of an array, write `x.fold(f64::NEG_INFINITY, |high, &v| high.max(v))`",
                    "min" => "; of an array, write `x.fold(f64::INFINITY, |low, &v| low.min(v))`",
                    _ => "",
                };
                self.refuse_in_place_of_rustc(
                    name.span(),
                    format!(
                        "`{name}` takes {} argument{plural} besides its receiver; here it has {args}{of_array}",
                        method.args
                    ),
                );
            }
            _ => {}
        }
    }

    fn call(&mut self, call: &syn::ExprCall) -> ExprKind {
        let path = match bare(&call.func) {
            syn::Expr::Path(path) => path,
            other => {
                self.refuse(other.span(), "only a function can be called, by its name: write a `#[jit]` function");
                return ExprKind::Tuple(Vec::new());
            }
        };
        if let Some(last) = path.path.segments.last().filter(|_| path.path.segments.len() > 1)
            && ["swap", "replace", "take"].iter().any(|name| last.ident == name)
        {
            let message = "takes a reference, which has no lanes: assign, as in `(a, b) = (b, a)`";
            self.refuse(last.ident.span(), format!("`{}` {message}", last.ident));
            return ExprKind::Tuple(Vec::new());
        }
        if let Some(qself) = &path.qself {
            self.refuse(
                qself.lt_token.span,
                "a call through `<..>` has no lane meaning: write the method, as in `x.sqrt()`",
            );
            return ExprKind::Tuple(Vec::new());
        }
        if let [.., ty, name] = &path.path.segments.iter().map(|s| &s.ident).collect::<Vec<_>>()[..] {
            match Self::scalar_named(ty) {
                Some(ty) if path.path.segments.len() == 2 => {
                    let args = call.args.iter().map(|e| self.expr(e)).collect();
                    return self.type_method(ty, name, args);
                }
                _ if starts_upper(ty) => {
                    self.refuse(ty.span(), format!("`{ty}::{name}` has no lanes: {}", without_lanes(&ty.to_string())));
                    return ExprKind::Tuple(Vec::new());
                }
                _ => {}
            }
        }
        self.named_call(&path.path);
        let args = call.args.iter().map(|e| self.expr(e)).collect();
        ExprKind::Call { path: path.to_token_stream(), args }
    }

    /// `f64::max(a, b)`
    fn type_method(&mut self, ty: Type, name: &syn::Ident, args: Vec<Expr>) -> ExprKind {
        let text = name.to_string();
        if CONSTRUCTORS.contains(&text.as_str()) {
            if args.len() != 1 {
                self.refuse_in_place_of_rustc(
                    name.span(),
                    format!("`{name}` takes one argument; here it has {}", args.len()),
                );
            }
        } else if methods::find(&text).is_some() {
            if args.is_empty() {
                self.refuse_in_place_of_rustc(
                    name.span(),
                    format!("`{name}` needs a receiver; here it has no argument"),
                );
            } else {
                self.known_method(name, args.len() - 1);
            }
        } else if let Some(advice) = methods::advice(&text) {
            self.refuse(name.span(), format!("the method `{name}` has no lane meaning: {advice}"));
        } else if args.is_empty() {
            self.refuse(name.span(), format!("`{name}` has no lane meaning: write the value itself"));
        } else {
            self.refuse_in_place_of_rustc(name.span(), methods::unknown(&text));
        }
        ExprKind::TypeMethod { ty, name: name.clone(), args }
    }

    /// The function of a call: another kernel or a device function, as far as can be seen.
    fn named_call(&mut self, path: &syn::Path) {
        let Some(last) = path.segments.last() else { return };
        let (name, span) = (last.ident.to_string(), last.ident.span());
        let first = &path.segments[0].ident;
        let own = match path.segments.len() {
            1 => name == self.name,
            2 => (first == "self" && name == self.name) || *first == self.name,
            _ => false,
        };
        if own {
            self.refuse(span, "a kernel cannot call itself: lanes have no common end to the recursion; write a loop");
        }
        match name.as_str() {
            _ if starts_upper(&last.ident) => {
                self.refuse(span, format!("`{name}` has no lanes: {}", without_lanes(&name)));
            }
            "prange" => self.refuse(span, "`prange` stands at the head of a `for` loop, as in `for i in prange(0..n)`"),
            "min" | "max" if path.segments.len() > 1 => {
                self.refuse(span, format!("lanes have `{name}` as a method: write `a.{name}(b)`"));
            }
            "drop" => self.refuse(span, "`drop` has no lane meaning: values in a kernel are copied; leave it away"),
            _ => {}
        }
        if let Some(generic) = path.segments.iter().find(|s| !s.arguments.is_none()) {
            self.refuse_in_place_of_rustc(
                generic.arguments.span(),
                "kernels and device functions are called without type arguments: remove `::<..>`",
            );
        }
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

/// An expression without its parentheses.
fn bare(expr: &syn::Expr) -> &syn::Expr {
    match expr {
        syn::Expr::Paren(inner) => bare(&inner.expr),
        syn::Expr::Group(inner) => bare(&inner.expr),
        expr => expr,
    }
}

/// `table[a..b]`
fn is_part(expr: &syn::Expr) -> bool {
    matches!(bare(expr), syn::Expr::Index(index) if matches!(&*index.index, syn::Expr::Range(_)))
}

pub(super) fn range_token(range: &syn::ExprRange) -> Span {
    match &range.limits {
        syn::RangeLimits::HalfOpen(token) => token.spans[0],
        syn::RangeLimits::Closed(token) => token.spans[0],
    }
}

/// Types, traits and variants begin with a capital letter.
fn starts_upper(name: &syn::Ident) -> bool {
    name.to_string().starts_with(|c: char| c.is_uppercase())
}
