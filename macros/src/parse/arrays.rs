//! Functions of whole arrays: their parameters and results, and what they ask of arrays.

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{FnArg, GenericArgument, ItemFn, Pat, PathArguments, ReturnType};

use super::item::Attributes;
use super::{MAX_PARAMS, Parser};
use crate::ast::{Expr, ExprKind, Function, Param, Type, View};
use crate::diagnostics::Problems;
use crate::signature;

/// The most axes that an array parameter has.
const MAX_RANK: usize = 6;

/// Whether a function has a parameter that is an array, and so is one for whole arrays.
pub(crate) fn takes_arrays(item: &ItemFn) -> bool {
    item.sig.inputs.iter().any(|input| match input {
        FnArg::Typed(typed) => !typed.attrs.iter().any(|attr| attr.path().is_ident("uniform")) && is_array(&typed.ty),
        FnArg::Receiver(_) => false,
    })
}

pub(super) fn is_array(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::Paren(inner) => is_array(&inner.elem),
        syn::Type::Group(inner) => is_array(&inner.elem),
        syn::Type::Reference(reference) => {
            matches!(&*reference.elem, syn::Type::Slice(_) | syn::Type::Array(_)) || is_array(&reference.elem)
        }
        syn::Type::Path(path) => path.path.segments.last().is_some_and(|last| named(&last.ident.to_string()).is_some()),
        _ => false,
    }
}

/// How an array type of that name is taken.
pub(super) enum Named {
    /// By reference: it owns its elements.
    Owned,
    /// By value: it borrows them.
    Borrowed { mutable: bool },
}

/// An array type by its name, with the number of its axes if the name says it.
pub(super) fn named(name: &str) -> Option<(Named, Option<usize>)> {
    if name == "Vec" {
        return Some((Named::Owned, Some(1)));
    }
    let (stem, rank) = match name.strip_suffix(|c: char| c.is_ascii_digit()) {
        Some(stem) => (stem, name[stem.len()..].parse().ok()),
        None => (name.strip_suffix('D').unwrap_or(name), None),
    };
    let kind = match stem {
        "Array" | "ArcArray" | "CowArray" | "ArrayBase" => Named::Owned,
        "ArrayView" => Named::Borrowed { mutable: false },
        "ArrayViewMut" => Named::Borrowed { mutable: true },
        _ => return None,
    };
    Some((kind, rank))
}

/// Reads a function of whole arrays.
pub(crate) fn array_function(item: &ItemFn, problems: &mut Problems) -> Function {
    let mut parser = Parser { problems, name: item.sig.ident.to_string(), arrays: true };
    parser.qualifiers(item);
    if let Some(param) = item.sig.generics.params.first() {
        parser.refuse(
            param.span(),
            "a function of arrays has no type, lifetime or `const` parameters: write its types out, one function for each",
        );
    }
    let params = parser.array_params(item);
    let output = parser.array_output(item);
    let body = parser.block(&item.block);
    Attributes(&mut parser).visit_block(&item.block);
    Function { arrays: true, params, output, body }
}

impl Parser<'_> {
    fn array_params(&mut self, item: &ItemFn) -> Vec<Param> {
        let mut params = Vec::new();
        for input in &item.sig.inputs {
            let typed = match input {
                FnArg::Receiver(receiver) => {
                    self.refuse(
                        receiver.self_token.span,
                        "a method cannot be compiled for lanes: write a free function, and pass the arrays that it needs",
                    );
                    continue;
                }
                FnArg::Typed(typed) => typed,
            };
            if let Some(attr) = typed.attrs.first() {
                self.refuse(
                    attr.path().span(),
                    "a parameter of a function of arrays has no attribute: all are the same for all lanes",
                );
            }
            let Pat::Ident(pat) = &*typed.pat else {
                self.refuse(typed.pat.span(), "a parameter is a plain name: take it apart with `let`");
                continue;
            };
            if let Some(token) = &pat.by_ref {
                self.refuse(token.span, "a parameter is taken by value: remove `ref`");
            }
            let ty = if is_array(&typed.ty) { self.array_type(&typed.ty) } else { self.ty(&typed.ty) };
            params.push(Param { name: pat.ident.clone(), mutable: pat.mutability.is_some(), uniform: true, ty });
        }
        if params.len() > MAX_PARAMS {
            self.refuse(item.sig.ident.span(), format!("a function of arrays has at most {MAX_PARAMS} parameters"));
        }
        if signature::repeated_name(item).is_some() {
            self.problems.leave_to_rustc();
        }
        params
    }

    /// `&[T]`, `&mut [T; N]`, `ArrayView2<T>`, `&Array<T, Ix3>`
    pub(super) fn array_type(&mut self, ty: &syn::Type) -> Type {
        let nothing = Type::Inferred(ty.span());
        let (inner, reference) = match ty {
            syn::Type::Paren(inner) => return self.array_type(&inner.elem),
            syn::Type::Group(inner) => return self.array_type(&inner.elem),
            syn::Type::Reference(reference) => (&*reference.elem, Some(reference.mutability.is_some())),
            ty => (ty, None),
        };
        match (inner, reference) {
            (syn::Type::Slice(slice), Some(mutable)) => self.view(&slice.elem, Some(1), mutable, ty.span()),
            (syn::Type::Array(array), Some(mutable)) => self.view(&array.elem, Some(1), mutable, ty.span()),
            (syn::Type::Path(path), reference) => {
                let last = path.path.segments.last().expect("a path has a segment");
                let Some((kind, rank)) = named(&last.ident.to_string()) else { return nothing };
                let mutable = match (kind, reference) {
                    (Named::Owned, Some(mutable)) => mutable,
                    (Named::Owned, None) => {
                        self.refuse(
                            last.ident.span(),
                            format!("an array is borrowed: take `&{0}` or `&mut {0}`", last.ident),
                        );
                        return nothing;
                    }
                    (Named::Borrowed { mutable }, None) => mutable,
                    (Named::Borrowed { .. }, Some(_)) => {
                        self.refuse(
                            ty.span(),
                            format!("a view is taken by value: write `{}`, without `&`", last.ident),
                        );
                        return nothing;
                    }
                };
                let arguments = match &last.arguments {
                    PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
                    _ => Vec::new(),
                };
                let mut types = arguments.into_iter().filter_map(|argument| match argument {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                });
                let Some(element) = types.next() else {
                    self.refuse(
                        last.ident.span(),
                        format!("name the type of the elements, as in `{}<f64>`", last.ident),
                    );
                    return nothing;
                };
                let rank = rank.or_else(|| types.next().and_then(dimension));
                self.view(element, rank, mutable, last.ident.span())
            }
            _ => {
                self.refuse(ty.span(), "this is no array of numbers: take a slice, or an array or a view of `ndarray`");
                nothing
            }
        }
    }

    fn view(&mut self, element: &syn::Type, rank: Option<usize>, mutable: bool, span: Span) -> Type {
        match (self.ty(element), rank) {
            (Type::Scalar(element), Some(rank)) if (1..=MAX_RANK).contains(&rank) => {
                Type::View(View { element, rank, mutable })
            }
            (Type::Scalar(_), _) => {
                self.refuse(
                    span,
                    format!(
                        "an array has 1 to {MAX_RANK} axes here, and its type says how many: write `ArrayView2<f64>`, or \
                         `ArrayView<f64, Ix2>`"
                    ),
                );
                Type::Inferred(span)
            }
            (Type::Inferred(_), _) => Type::Inferred(span),
            _ => {
                self.refuse(
                    element.span(),
                    "the elements of an array are numbers or bools here: give it another axis, or write one array per component",
                );
                Type::Inferred(span)
            }
        }
    }

    fn array_output(&mut self, item: &ItemFn) -> Type {
        let ty = match &item.sig.output {
            ReturnType::Default => return Type::Tuple(Vec::new()),
            ReturnType::Type(_, ty) => ty,
        };
        if is_array(ty) {
            self.refuse(
                ty.span(),
                "a function of arrays returns numbers: take a mutable array for the elements that it computes, as in `out: &mut [f64]`",
            );
            return Type::Inferred(ty.span());
        }
        self.ty(ty)
    }

    /// What is asked of an array's shape: `x.nrows()`, `x.dim()`, `x.shape()`, `x.len_of(Axis(0))`; and parts of it: `x.row(i)`.
    pub(super) fn extent(&mut self, call: &syn::ExprMethodCall) -> Option<ExprKind> {
        let name = call.method.clone();
        let args = match (name.to_string().as_str(), call.args.len()) {
            ("nrows" | "ncols" | "dim" | "shape", 0) => Vec::new(),
            ("len_of", 1) => vec![axis(&call.args[0])],
            ("row" | "row_mut" | "column" | "column_mut", 1) => vec![self.expr(&call.args[0])],
            ("index_axis" | "index_axis_mut", 2) => vec![axis(&call.args[0]), self.expr(&call.args[1])],
            _ => return None,
        };
        Some(ExprKind::Method { receiver: Box::new(self.expr(&call.receiver)), name, args })
    }
}

/// `k` of `Axis(k)`.
pub(super) fn axis(expr: &syn::Expr) -> Expr {
    let axis = match expr {
        syn::Expr::Call(axis) if axis.args.len() == 1 => &axis.args[0],
        other => other,
    };
    Expr { span: axis.span(), kind: ExprKind::Literal(axis.to_token_stream()) }
}

/// The number of axes of `Ix2`.
fn dimension(ty: &syn::Type) -> Option<usize> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last()?.ident.to_string().strip_prefix("Ix")?.parse().ok(),
        _ => None,
    }
}
