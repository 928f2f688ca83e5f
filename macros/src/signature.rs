//! Signature lists: each listed signature gives the type parameters their types, and the function
//! is compiled once for each.

use proc_macro2::Ident;
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, GenericParam, ItemFn, ReturnType, Type};

use crate::attr::{Listed, Options};
use crate::diagnostics::Problems;

/// One version of a function: with the types of its type parameters, and those in their places.
pub(crate) struct Version {
    /// In the order of the type parameters; empty for a function without.
    pub(crate) types: Vec<Ident>,
    pub(crate) item: ItemFn,
}

/// The function's type parameters.
pub(crate) fn generics(item: &ItemFn, problems: &mut Problems) -> Vec<Ident> {
    let mut names = Vec::new();
    for param in &item.sig.generics.params {
        match param {
            GenericParam::Type(param) => {
                if let Some(bound) = param.bounds.first() {
                    problems.push(
                        syn::spanned::Spanned::span(bound),
                        "bounds are not needed: list the types, as in `#[vectorize(f32(f32), f64(f64))]`",
                    );
                }
                names.push(param.ident.clone());
            }
            GenericParam::Lifetime(param) => {
                problems.push(param.lifetime.span(), "lifetimes are not needed: leave them away");
            }
            GenericParam::Const(param) => {
                problems
                    .push(param.ident.span(), "a `const` parameter is not supported: use an inner or outer `const`");
            }
        }
    }
    names
}

/// One version per listed signature.
pub(crate) fn versions(item: &ItemFn, generics: &[Ident], options: &Options, problems: &mut Problems) -> Vec<Version> {
    if generics.is_empty() {
        for listed in &options.signatures {
            check(item, listed, &mut Vec::new(), generics, problems);
        }
        if let Some(second) = options.signatures.get(1) {
            problems.push(second.span, "several signatures need a type parameter: `fn f<T>(x: T) -> T`");
        }
        return vec![Version { types: Vec::new(), item: item.clone() }];
    }
    if options.signatures.is_empty() {
        problems.push(
            generics[0].span(),
            format!(
                "a kernel is compiled for listed types: write `#[vectorize(f32(f32), f64(f64))]` with the types that \
                 `{}` stands for",
                generics[0]
            ),
        );
    }
    let mut versions: Vec<Version> = Vec::new();
    for listed in &options.signatures {
        let mut bindings: Vec<(Ident, Ident)> = Vec::new();
        if !check(item, listed, &mut bindings, generics, problems) {
            continue;
        }
        let types: Option<Vec<Ident>> = generics
            .iter()
            .map(|name| bindings.iter().find(|(bound, _)| bound == name).map(|(_, ty)| ty.clone()))
            .collect();
        let Some(types) = types else {
            problems.push(listed.span, "this signature leaves a type parameter without a type");
            continue;
        };
        if versions.iter().any(|version| version.types.iter().zip(&types).all(|(a, b)| a == b)) {
            problems.push(listed.span, "this signature is listed twice: its type parameters have the same types");
            continue;
        }
        let mut item = item.clone();
        item.sig.generics = syn::Generics::default();
        Replace(&bindings).visit_item_fn_mut(&mut item);
        versions.push(Version { types, item });
    }
    versions
}

/// Whether a listed signature fits the function; what its type parameters are bound to.
fn check(
    item: &ItemFn,
    listed: &Listed,
    bindings: &mut Vec<(Ident, Ident)>,
    generics: &[Ident],
    problems: &mut Problems,
) -> bool {
    let params: Vec<&Type> = item
        .sig
        .inputs
        .iter()
        .filter_map(|input| match input {
            FnArg::Typed(typed) if !typed.attrs.iter().any(|attr| attr.path().is_ident("uniform")) => Some(&*typed.ty),
            _ => None,
        })
        .collect();
    let outputs: Vec<&Type> = match &item.sig.output {
        ReturnType::Default => Vec::new(),
        ReturnType::Type(_, ty) => match &**ty {
            Type::Tuple(tuple) => tuple.elems.iter().collect(),
            ty => vec![ty],
        },
    };
    for (what, declared, given) in [("parameter", &params, &listed.inputs), ("result", &outputs, &listed.outputs)] {
        if declared.len() != given.len() {
            problems.push(
                listed.span,
                format!(
                    "the signature has {} {what}{}, the function {}{}",
                    given.len(),
                    if given.len() == 1 { "" } else { "s" },
                    declared.len(),
                    if what == "parameter" { " that are not `#[uniform]`" } else { "" },
                ),
            );
            return false;
        }
    }
    let mut fits = true;
    for (declared, given) in params.iter().zip(&listed.inputs).chain(outputs.iter().zip(&listed.outputs)) {
        let Type::Path(path) = declared else { continue };
        let Some(name) = path.path.get_ident() else { continue };
        if generics.contains(name) {
            match bindings.iter().find(|(bound, _)| bound == name) {
                Some((_, earlier)) if earlier != given => {
                    problems.push(
                        given.span(),
                        format!("`{name}` cannot be `{given}` here: the signature has it as `{earlier}` before"),
                    );
                    fits = false;
                }
                Some(_) => {}
                None => bindings.push((name.clone(), given.clone())),
            }
        } else if name != given {
            problems.push(given.span(), format!("the function has `{name}` here, the signature `{given}`"));
            fits = false;
        }
    }
    fits
}

/// Puts the types in the places of the type parameters.
struct Replace<'a>(&'a [(Ident, Ident)]);

impl VisitMut for Replace<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if let Some(first) = path.segments.first_mut() {
            if let Some((_, ty)) = self.0.iter().find(|(name, _)| *name == first.ident) {
                first.ident = Ident::new(&ty.to_string(), first.ident.span());
            }
        }
        visit_mut::visit_path_mut(self, path);
    }
}
