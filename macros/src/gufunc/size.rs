//! Lengths that are computed of others: `p = m + n - 1`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{BinOp, Expr, Lit};

use crate::diagnostics::Problems;

/// An expression over dimensions.
pub(crate) struct Size {
    /// As it is written.
    pub(crate) text: String,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    Number(u32),
    /// The length of the dimension of that number.
    Dimension(usize),
    /// The method of `i128` that is checked.
    Checked(&'static str, Box<Value>, Box<Value>),
    /// `max` or `min`.
    Of(&'static str, Box<Value>, Box<Value>),
}

impl Size {
    /// Reads an expression; `find` knows the dimensions that it may name.
    pub(super) fn read(expr: &Expr, find: &impl Fn(&Ident) -> Option<usize>, problems: &mut Problems) -> Option<Self> {
        let text = expr.to_token_stream().to_string();
        value(expr, find, problems).map(|value| Self { text, value })
    }
}

const FORM: &str =
    "a length is made of the dimensions of the inputs and of numbers, by `+`, `-`, `*`, `/`, `.max(..)` and `.min(..)`";

fn value(expr: &Expr, find: &impl Fn(&Ident) -> Option<usize>, problems: &mut Problems) -> Option<Value> {
    match expr {
        Expr::Paren(inner) => value(&inner.expr, find, problems),
        Expr::Group(inner) => value(&inner.expr, find, problems),
        Expr::Lit(lit) => match &lit.lit {
            Lit::Int(int) => match int.base10_parse() {
                Ok(number) => Some(Value::Number(number)),
                Err(_) => {
                    problems.push(int.span(), "this number is too large for a length");
                    None
                }
            },
            other => {
                problems.push(other.span(), FORM);
                None
            }
        },
        Expr::Path(path) => match path.path.get_ident() {
            Some(name) => match find(name) {
                Some(dimension) => Some(Value::Dimension(dimension)),
                None => {
                    problems.push(name.span(), format!("no input has the dimension `{name}`: {FORM}"));
                    None
                }
            },
            None => {
                problems.push(path.span(), FORM);
                None
            }
        },
        Expr::Binary(binary) => {
            let method = match binary.op {
                BinOp::Add(_) => "checked_add",
                BinOp::Sub(_) => "checked_sub",
                BinOp::Mul(_) => "checked_mul",
                BinOp::Div(_) => "checked_div",
                op => {
                    problems.push(op.span(), FORM);
                    return None;
                }
            };
            let (a, b) = (value(&binary.left, find, problems), value(&binary.right, find, problems));
            Some(Value::Checked(method, Box::new(a?), Box::new(b?)))
        }
        Expr::MethodCall(call) if call.args.len() == 1 && (call.method == "max" || call.method == "min") => {
            let method = if call.method == "max" { "max" } else { "min" };
            let (a, b) = (value(&call.receiver, find, problems), value(&call.args[0], find, problems));
            Some(Value::Of(method, Box::new(a?), Box::new(b?)))
        }
        other => {
            problems.push(other.span(), FORM);
            None
        }
    }
}

impl Value {
    /// The value of lengths, as an expression of `i128` in a function that returns an `Option`.
    pub(crate) fn tokens(&self, lengths: &Ident) -> TokenStream {
        match self {
            Self::Number(number) => quote! { (#number as i128) },
            Self::Dimension(dimension) => quote! { (#lengths[#dimension] as i128) },
            Self::Checked(method, a, b) => {
                let (method, a, b) = (Ident::new(method, lengths.span()), a.tokens(lengths), b.tokens(lengths));
                quote! { i128::#method(#a, #b)? }
            }
            Self::Of(method, a, b) => {
                let (method, a, b) = (Ident::new(method, lengths.span()), a.tokens(lengths), b.tokens(lengths));
                quote! { ::core::cmp::Ord::#method(#a, #b) }
            }
        }
    }
}
