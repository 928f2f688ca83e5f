//! Patterns of `let`, `match` and `for`.

use quote::ToTokens;
use syn::Pat;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::Parser;
use crate::ast::{Expr, ExprKind, Pattern, Type, UnaryOp};

impl Parser<'_> {
    pub(super) fn pattern(&mut self, pat: &Pat) -> Pattern {
        match pat {
            Pat::Wild(_) => Pattern::Wild,
            Pat::Paren(inner) => self.pattern(&inner.pat),
            Pat::Ident(ident) => {
                if let Some(token) = &ident.by_ref {
                    self.refuse(token.span, "values in a kernel are copied: remove `ref`");
                }
                let inner = ident.subpat.as_ref().map(|(_, inner)| Box::new(self.pattern(inner)));
                Pattern::Bind { name: ident.ident.clone(), mutable: ident.mutability.is_some(), inner }
            }
            Pat::Tuple(tuple) => Pattern::Tuple(self.patterns(tuple.elems.iter())),
            Pat::Slice(slice) => Pattern::Array(self.patterns(slice.elems.iter())),
            Pat::Or(or) => Pattern::Or(self.patterns(or.cases.iter())),
            Pat::Lit(lit) => {
                let mark = self.problems.mark();
                let literal = self.literal(lit);
                if self.problems.any_since(mark) {
                    // Nothing with lanes has such a type: rustc says so as well.
                    self.problems.replace_rustc();
                }
                Pattern::Value(Box::new(literal))
            }
            Pat::Path(path) => {
                let span = path.span();
                Pattern::Value(Box::new(Expr { span, kind: ExprKind::Constant(path.to_token_stream()) }))
            }
            Pat::Range(range) => {
                let from = range.start.as_ref().map(|e| Box::new(self.expr(e)));
                let to = range.end.as_ref().map(|e| Box::new(self.expr(e)));
                Pattern::Range { from, to, inclusive: matches!(range.limits, syn::RangeLimits::Closed(_)) }
            }
            // `&v` over a slice: elements are copied anyway.
            Pat::Reference(reference) => self.pattern(&reference.pat),
            Pat::Rest(rest) => {
                self.refuse(rest.span(), "`..` in a pattern has no lane meaning: write a name or `_` for each part");
                Pattern::Wild
            }
            Pat::Struct(_) | Pat::TupleStruct(_) => {
                self.refuse(pat.span(), "structs and enums have no lanes: match on numbers, bools and tuples of them");
                Self::names(pat)
            }
            other => {
                self.refuse(
                    other.span(),
                    "this pattern has no lane meaning: use literals, ranges, `|`, names and tuples",
                );
                Self::names(other)
            }
        }
    }

    fn patterns<'p>(&mut self, pats: impl Iterator<Item = &'p Pat>) -> Vec<Pattern> {
        pats.map(|pat| self.pattern(pat)).collect()
    }

    /// Only what a refused pattern declares, so that its names are known.
    pub(super) fn names(pat: &Pat) -> Pattern {
        #[derive(Default)]
        struct Names(Vec<Pattern>);
        impl<'p> Visit<'p> for Names {
            fn visit_pat_ident(&mut self, pat: &'p syn::PatIdent) {
                self.0.push(Pattern::Bind { name: pat.ident.clone(), mutable: pat.mutability.is_some(), inner: None });
                visit::visit_pat_ident(self, pat);
            }
        }
        let mut names = Names::default();
        names.visit_pat(pat);
        Pattern::Tuple(names.0)
    }

    /// The pattern of a `let` with its annotation.
    pub(super) fn typed_pattern(&mut self, pat: &Pat) -> (Pattern, Option<Type>) {
        match pat {
            Pat::Type(typed) => {
                let ty = self.ty(&typed.ty);
                (self.pattern(&typed.pat), Some(ty))
            }
            other => (self.pattern(other), None),
        }
    }

    /// A number or a bool.
    pub(super) fn literal(&mut self, lit: &syn::ExprLit) -> Expr {
        let span = lit.span();
        let what = match &lit.lit {
            syn::Lit::Int(_) | syn::Lit::Float(_) | syn::Lit::Bool(_) | syn::Lit::Byte(_) => {
                return Expr { span, kind: ExprKind::Literal(lit.lit.to_token_stream()) };
            }
            syn::Lit::Char(_) => "a `char` has no lanes: write the letter as a number, such as `b'a'`",
            _ => "text has no lanes: kernels compute with numbers and bools",
        };
        self.refuse(span, what);
        Expr { span, kind: ExprKind::Literal(lit.lit.to_token_stream()) }
    }

    /// A negative literal in a pattern reads as a unary minus.
    pub(super) fn negated(value: Expr) -> Expr {
        let span = value.span;
        Expr { span, kind: ExprKind::Unary(UnaryOp::Neg, Box::new(value)) }
    }
}
