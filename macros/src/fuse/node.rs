//! [`Node`]: an array expression, as the body of a kernel and the operands of its call.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{BinOp, Expr, Token, UnOp};

use super::shape::Shape;

/// An operand of a hidden kernel.
#[derive(Clone)]
pub(super) struct Operand {
    /// The kernel's parameter.
    pub(super) name: Ident,
    /// What is passed for it.
    pub(super) given: TokenStream,
    pub(super) kind: Kind,
}

#[derive(Clone)]
pub(super) enum Kind {
    Array(Shape),
    /// A number, the same for all elements, and its type.
    Scalar(Option<Ident>),
    /// A slice that closures index, and the type of its elements.
    Table(Option<Ident>),
}

/// An array expression.
#[derive(Clone)]
pub(super) struct Node {
    /// The expression of one element, by the operands' names.
    pub(super) code: Expr,
    /// In order of appearance, each once.
    pub(super) operands: Vec<Operand>,
    /// Variables that the expression uses, and theirs: innermost first, each once.
    pub(super) lets: Vec<(Ident, Expr)>,
    pub(super) shape: Shape,
    /// The element type was not found, and is that of an operand.
    pub(super) guessed: bool,
    pub(super) span: Span,
}

impl Node {
    /// An array that is there.
    pub(super) fn leaf(name: Ident, given: TokenStream, shape: Shape, span: Span) -> Self {
        let code = path(&name);
        let operands = vec![Operand { name, given, kind: Kind::Array(shape.clone()) }];
        Self { code, operands, lets: Vec::new(), shape, guessed: false, span }
    }

    /// Whether nothing is computed.
    pub(super) fn is_leaf(&self) -> bool {
        self.lets.is_empty()
            && self.operands.len() == 1
            && matches!(&self.code, Expr::Path(path) if path.path.is_ident(&self.operands[0].name))
    }

    /// Whether any operand is given by this name.
    pub(super) fn names(&self, name: &Ident) -> bool {
        self.operands.iter().any(|operand| mentions(&operand.given, name))
    }

    /// Takes the operands and variables of another expression over.
    pub(super) fn join(&mut self, operands: Vec<Operand>, lets: Vec<(Ident, Expr)>) {
        for operand in operands {
            if !self.operands.iter().any(|known| known.name == operand.name) {
                self.operands.push(operand);
            }
        }
        for (name, code) in lets {
            if !self.lets.iter().any(|(known, _)| *known == name) {
                self.lets.push((name, code));
            }
        }
    }

    /// Both expressions, combined.
    pub(super) fn with(mut self, op: BinOp, other: Self) -> Self {
        self.shape.rank = match (self.shape.rank, other.shape.rank) {
            (Some(a), Some(b)) => Some(a.max(b)),
            _ => None,
        };
        if self.shape.element.is_none() {
            self.shape.element = other.shape.element;
        }
        self.guessed |= other.guessed;
        self.code = binary(self.code.clone(), op, other.code);
        self.join(other.operands, other.lets);
        self
    }
}

/// Whether tokens have a name among them.
pub(super) fn mentions(tokens: &TokenStream, name: &Ident) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(found) => found == *name,
        proc_macro2::TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}

/// A variable.
pub(super) fn path(name: &Ident) -> Expr {
    Expr::Path(syn::ExprPath { attrs: Vec::new(), qself: None, path: name.clone().into() })
}

/// The expression in parentheses where others could bind its parts.
pub(super) fn atom(expr: Expr) -> Expr {
    match expr {
        Expr::Path(_) | Expr::Paren(_) | Expr::Block(_) => expr,
        Expr::Lit(_) | Expr::MethodCall(_) | Expr::Call(_) => expr,
        expr => Expr::Paren(syn::ExprParen {
            attrs: Vec::new(),
            paren_token: syn::token::Paren::default(),
            expr: Box::new(expr),
        }),
    }
}

pub(super) fn binary(left: Expr, op: BinOp, right: Expr) -> Expr {
    // A block at the head of a statement would end it.
    let left = match left {
        Expr::Block(_) => Expr::Paren(syn::ExprParen {
            attrs: Vec::new(),
            paren_token: syn::token::Paren::default(),
            expr: Box::new(left),
        }),
        left => atom(left),
    };
    Expr::Binary(syn::ExprBinary { attrs: Vec::new(), left: Box::new(left), op, right: Box::new(atom(right)) })
}

pub(super) fn unary(op: UnOp, expr: Expr) -> Expr {
    Expr::Unary(syn::ExprUnary { attrs: Vec::new(), op, expr: Box::new(atom(expr)) })
}

/// `receiver.name(args)`
pub(super) fn method(receiver: Expr, name: &Ident, args: Vec<Expr>) -> Expr {
    let args: Punctuated<Expr, Token![,]> = args.into_iter().collect();
    let receiver = match receiver {
        // `-1.0.abs()` is not `(-1.0).abs()`.
        Expr::Block(_) => Expr::Paren(syn::ExprParen {
            attrs: Vec::new(),
            paren_token: syn::token::Paren::default(),
            expr: Box::new(receiver),
        }),
        receiver => atom(receiver),
    };
    Expr::MethodCall(syn::ExprMethodCall {
        attrs: Vec::new(),
        receiver: Box::new(receiver),
        dot_token: <Token![.]>::default(),
        method: name.clone(),
        turbofish: None,
        paren_token: syn::token::Paren::default(),
        args,
    })
}

/// A number or the path of a constant: what a kernel can have in its own text.
pub(super) fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Paren(inner) => is_constant(&inner.expr),
        Expr::Group(inner) => is_constant(&inner.expr),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Neg(_) | UnOp::Not(_)) && is_constant(&unary.expr),
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            name.chars().any(|c| c.is_ascii_uppercase()) && !name.chars().any(|c| c.is_ascii_lowercase())
        }),
        _ => false,
    }
}

/// The text of an expression, to compare it by.
pub(super) fn text(expr: &impl ToTokens) -> String {
    expr.to_token_stream().to_string()
}
