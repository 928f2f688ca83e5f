//! `assert!`, `panic!`, `unreachable!`: the macros that have a meaning in lanes.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Token, ext::IdentExt};

use super::Parser;
use crate::ast::{BinaryOp, Expr, ExprKind, Panic};

/// An argument of a formatting macro: `value` or `name = value`.
struct Arg {
    name: Option<Ident>,
    value: syn::Expr,
}

impl Parse for Arg {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let named = input.peek(Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==]);
        let name = if named {
            let name = input.call(Ident::parse_any)?;
            input.parse::<Token![=]>()?;
            Some(name)
        } else {
            None
        };
        Ok(Self { name, value: input.parse()? })
    }
}

impl Parser<'_> {
    pub(super) fn macro_call(&mut self, mac: &syn::Macro) -> Expr {
        let span = mac.path.span();
        let last_span = mac.path.segments.last().map_or(span, |s| s.ident.span());
        let name = mac.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default();
        let conditions = match name.as_str() {
            "assert" | "debug_assert" => 1,
            "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => 2,
            "panic" | "unreachable" => 0,
            _ => {
                let why = match name.as_str() {
                    "println" | "print" | "eprintln" | "eprint" | "dbg" | "write" | "writeln" => {
                        "lanes run together and print nothing; return the value as another result"
                    }
                    "vec" => "a kernel allocates nothing; use a fixed array `[value; N]`",
                    "format" => "kernels compute with numbers and bools",
                    "todo" | "unimplemented" => "write `panic!(\"..\")`",
                    "matches" => "write a `match` that gives `true` and `false`",
                    _ => "what it expands to cannot be seen here; write it out, or as a `#[jit]` function",
                };
                self.refuse(last_span, format!("the macro `{name}!` has no lane meaning: {why}"));
                return Expr { span, kind: ExprKind::Tuple(Vec::new()) };
            }
        };
        if let Some(always) = name.strip_prefix("debug_") {
            self.refuse(
                last_span,
                format!("`{name}!` would make a kernel depend on the build profile: write `{always}!`"),
            );
        }
        let args = match mac.parse_body_with(Punctuated::<Arg, Token![,]>::parse_terminated) {
            Ok(args) => args,
            Err(error) => {
                let message = format!("the arguments of `{name}!` are expressions: {error}");
                self.refuse_in_place_of_rustc(error.span(), message);
                return Expr { span, kind: ExprKind::Tuple(Vec::new()) };
            }
        };
        let mut args = args.into_iter();
        let compared: Vec<syn::Expr> = args.by_ref().take(conditions).map(|arg| arg.value).collect();
        if compared.len() < conditions {
            self.problems.leave_to_rustc();
            return Expr { span, kind: ExprKind::Tuple(Vec::new()) };
        }
        let message = args.next();
        let args: Vec<Arg> = args.collect();
        let kind = self.panic_kind(&name, &compared, message.as_ref(), args, span);
        Expr { span, kind: ExprKind::Panic(kind) }
    }

    fn panic_kind(
        &mut self,
        name: &str,
        compared: &[syn::Expr],
        message: Option<&Arg>,
        args: Vec<Arg>,
        span: proc_macro2::Span,
    ) -> Panic {
        let condition = match compared {
            [] => None,
            [condition] => Some(Box::new(self.expr(condition))),
            [left, right, ..] => {
                let op = if name.ends_with("eq") { BinaryOp::Eq } else { BinaryOp::Ne };
                let kind = ExprKind::Binary(op, Box::new(self.expr(left)), Box::new(self.expr(right)));
                Some(Box::new(Expr { span, kind }))
            }
        };
        let mut values: Vec<(Option<Ident>, Expr)> = Vec::new();
        let text = message.map(|arg| self.format_string(arg)).unwrap_or_default();
        let mut format = match (compared, message) {
            ([], None) if name == "unreachable" => "internal error: entered unreachable code".to_owned(),
            ([], None) => "explicit panic".to_owned(),
            ([], Some(_)) if name == "unreachable" => format!("internal error: entered unreachable code: {text}"),
            ([_], None) => format!("assertion failed: {}", escaped(&compared[0].to_token_stream())),
            ([_, _], message) => {
                let operator = if name.ends_with("eq") { "==" } else { "!=" };
                let colon = if message.is_some() { ": " } else { "" };
                format!(
                    "assertion `left {operator} right` failed{colon}{text}\n  left: {{__left:?}}\n right: {{__right:?}}"
                )
            }
            _ => text,
        };
        if let [left, right] = compared {
            for (name, side) in [("__left", left), ("__right", right)] {
                values.push((Some(Ident::new(name, span)), self.expr(side)));
            }
        }
        let named: Vec<String> = args.iter().filter_map(|arg| arg.name.as_ref().map(ToString::to_string)).collect();
        let mut given: Vec<(Option<Ident>, Expr)> =
            args.into_iter().map(|arg| (arg.name.clone(), self.expr(&arg.value))).collect();
        if message.is_some() {
            for captured in captures(&format) {
                if !named.contains(&captured) && !captured.starts_with("__") {
                    let ident = Ident::new(&captured, message.map_or(span, |m| m.value.span()));
                    given.push((Some(ident.clone()), Expr { span: ident.span(), kind: ExprKind::Name(ident) }));
                }
            }
        }
        // Positional arguments come before named ones.
        given.extend(values);
        if format.is_empty() {
            format = "explicit panic".to_owned();
        }
        Panic { condition, message: format, args: given }
    }

    fn format_string(&mut self, arg: &Arg) -> String {
        if let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &arg.value {
            return text.value();
        }
        self.refuse_in_place_of_rustc(arg.value.span(), "a panic's message is a string literal: write it out");
        String::new()
    }
}

/// Source text with its braces doubled, to stand in a format string.
fn escaped(tokens: &TokenStream) -> String {
    tokens.to_string().replace('{', "{{").replace('}', "}}")
}

/// The names that a format string captures from around it.
fn captures(format: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = format;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(doubled) = rest.strip_prefix('{') {
            rest = doubled;
            continue;
        }
        let end = rest.find(['}', ':']).unwrap_or(rest.len());
        let name = rest[..end].trim();
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        if is_name && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
        rest = &rest[end..];
    }
    names
}
