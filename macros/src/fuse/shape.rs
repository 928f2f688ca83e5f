//! What is known of an array without its values: the type of its elements, and how many axes it has.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{Expr, GenericArgument, PathArguments, Type};

use crate::parse::SCALARS;

/// An array's type, as far as it is known.
#[derive(Clone, Default)]
pub(super) struct Shape {
    pub(super) element: Option<Ident>,
    /// The number of axes.
    pub(super) rank: Option<usize>,
}

/// What a declared type says of a variable.
pub(super) enum Declared {
    /// An array or a view of `ndarray`.
    Array { shape: Shape, mutable: bool },
    /// A slice, a `Vec` or a Rust array: a table, which has no operators.
    Table(Option<Ident>),
    /// A number or a bool.
    Scalar(Ident),
    /// Anything else.
    Other,
}

/// Reads a declared type.
pub(super) fn declared(ty: &Type) -> Declared {
    match ty {
        Type::Paren(inner) => declared(&inner.elem),
        Type::Group(inner) => declared(&inner.elem),
        Type::Reference(reference) => {
            let by = reference.mutability.is_some();
            match declared(&reference.elem) {
                Declared::Array { shape, mutable } => Declared::Array { shape, mutable: mutable || by },
                other => other,
            }
        }
        Type::Slice(slice) => Declared::Table(scalar(&slice.elem)),
        Type::Array(array) => Declared::Table(scalar(&array.elem)),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else { return Declared::Other };
            let name = last.ident.to_string();
            if SCALARS.contains(&name.as_str()) {
                return Declared::Scalar(last.ident.clone());
            }
            let mut types = arguments(&last.arguments);
            let element = types.next().and_then(scalar);
            if name == "Vec" {
                return Declared::Table(element);
            }
            match array_name(&name) {
                Some(rank) => {
                    let rank = rank.or_else(|| types.next().and_then(dimension));
                    Declared::Array { shape: Shape { element, rank }, mutable: name.starts_with("ArrayViewMut") }
                }
                None => Declared::Other,
            }
        }
        _ => Declared::Other,
    }
}

fn arguments(arguments: &PathArguments) -> impl Iterator<Item = &Type> {
    let arguments = match arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Whether this is the name of an array type of `ndarray`; the number of axes if the name says it.
fn array_name(name: &str) -> Option<Option<usize>> {
    let (stem, rank) = match name.strip_suffix(|c: char| c.is_ascii_digit()) {
        Some(stem) => (stem, name[stem.len()..].parse().ok()),
        None => (name.strip_suffix('D').unwrap_or(name), None),
    };
    ["Array", "ArcArray", "CowArray", "ArrayBase", "ArrayRef", "ArrayView", "ArrayViewMut"]
        .contains(&stem)
        .then_some(rank)
}

/// The number of axes of `Ix2`.
fn dimension(ty: &Type) -> Option<usize> {
    match ty {
        Type::Path(path) => path.path.segments.last()?.ident.to_string().strip_prefix("Ix")?.parse().ok(),
        _ => None,
    }
}

/// An element type.
pub(super) fn scalar(ty: &Type) -> Option<Ident> {
    match ty {
        Type::Path(path) => {
            let name = path.path.get_ident()?;
            SCALARS.contains(&name.to_string().as_str()).then(|| name.clone())
        }
        _ => None,
    }
}

/// What a constructor says of its array: `Array2::<f64>::zeros(..)`.
pub(super) fn constructed(func: &Expr) -> Option<Shape> {
    let Expr::Path(path) = func else { return None };
    let mut segments = path.path.segments.iter().rev();
    let (_, ty) = (segments.next()?, segments.next()?);
    let rank = array_name(&ty.ident.to_string())?;
    let mut types = arguments(&ty.arguments);
    let element = types.next().and_then(scalar);
    Some(Shape { element, rank: rank.or_else(|| types.next().and_then(dimension)) })
}

/// The number of axes that `s![..]` leaves.
pub(super) fn sliced(slice: &Expr) -> Option<usize> {
    let Expr::Macro(mac) = slice else { return None };
    if mac.mac.path.segments.last().is_none_or(|last| last.ident != "s") {
        return None;
    }
    let mut axes = 0;
    for part in commas(mac.mac.tokens.clone()) {
        let dots = part.iter().zip(part.iter().skip(1)).any(|(a, b)| is_dot(a) && is_dot(b));
        let new = matches!(&part[..], [.., TokenTree::Ident(name)] if name == "NewAxis");
        axes += usize::from(dots || new);
    }
    Some(axes)
}

fn is_dot(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '.')
}

fn commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => parts.push(Vec::new()),
            (_, Some(part)) => part.push(token),
            (_, None) => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The number of axes of a shape that is written out: `n`, `(n, m)`, `[n, m]`, `Ix2(n, m)`.
pub(super) fn written(shape: &Expr) -> Option<usize> {
    match shape {
        Expr::Tuple(tuple) => Some(tuple.elems.len()),
        Expr::Array(array) => Some(array.elems.len()),
        Expr::Lit(_) => Some(1),
        Expr::Call(call) => Some(call.args.len()),
        Expr::Paren(inner) => written(&inner.expr),
        _ => None,
    }
}
