//! The types of constants: those that belong to element types, and those of the function's own.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use super::terms::{Class, class_of};
use crate::ast::Type;
use crate::core::{Body, Stmt};
use crate::parse::SCALARS;

/// The type of a constant that belongs to an element type, by its path: `f64::MAX`, `std::f32::consts::PI`.
pub(super) fn of_type(path: &TokenStream) -> Option<&'static str> {
    let mut names = Vec::new();
    for token in path.clone() {
        match token {
            TokenTree::Ident(name) => names.push(name.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == ':' => {}
            _ => return None,
        }
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let names = match &names[..] {
        ["std" | "core", rest @ ..] => rest,
        all => all,
    };
    let (ty, rest) = names.split_first()?;
    let ty = SCALARS.iter().find(|known| *known == ty)?;
    match (class_of(ty), rest) {
        (Class::Float, ["consts", _]) => Some(ty),
        (Class::Float, ["MAX" | "MIN" | "MIN_POSITIVE" | "INFINITY" | "NEG_INFINITY" | "NAN" | "EPSILON"]) => Some(ty),
        (Class::Float, ["MANTISSA_DIGITS" | "DIGITS" | "RADIX"]) => Some("u32"),
        (Class::Float, ["MAX_EXP" | "MIN_EXP" | "MAX_10_EXP" | "MIN_10_EXP"]) => Some("i32"),
        (Class::Integer, ["MAX" | "MIN"]) => Some(ty),
        (Class::Integer, ["BITS"]) => Some("u32"),
        _ => None,
    }
}

/// The function's inner constants: their names and types, where these are in the kernel language.
pub(super) fn inner(body: &Body) -> Vec<(String, Option<Type>)> {
    let mut found = Vec::new();
    collect(&body.block, &mut found);
    found
}

fn collect(block: &[Stmt], found: &mut Vec<(String, Option<Type>)>) {
    for stmt in block {
        if let Stmt::Item(tokens) = stmt
            && let Ok(item) = syn::parse2::<syn::ItemConst>(tokens.clone())
        {
            found.push((item.ident.to_string(), ty(&item.ty)));
        }
        stmt.blocks().into_iter().for_each(|inner| collect(inner, found));
    }
}

fn ty(of: &syn::Type) -> Option<Type> {
    Some(match of {
        syn::Type::Path(path) => {
            let name = path.path.get_ident().filter(|name| SCALARS.iter().any(|known| name == known))?;
            Type::Scalar(name.clone())
        }
        syn::Type::Tuple(tuple) => Type::Tuple(tuple.elems.iter().map(ty).collect::<Option<_>>()?),
        syn::Type::Array(array) => Type::Array(Box::new(ty(&array.elem)?), array.len.to_token_stream()),
        syn::Type::Reference(reference) => match &*reference.elem {
            syn::Type::Slice(slice) => Type::Slice(Box::new(ty(&slice.elem)?)),
            array @ syn::Type::Array(_) => Type::Slice(Box::new(ty(array)?)),
            _ => return None,
        },
        _ => return None,
    })
}
