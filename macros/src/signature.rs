//! Signature lists: each listed signature gives the type parameters their types, and the function
//! is compiled once for each.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, GenericParam, ItemFn, ReturnType, Type};

use crate::attr::{Listed, Options};
use crate::diagnostics::Problems;
use crate::parse::element_of;

/// One version of a function: with the types of its type parameters, and those in their places.
pub(crate) struct Version {
    /// In the order of the type parameters; empty for a function without.
    pub(crate) types: Vec<Ident>,
    pub(crate) item: ItemFn,
}

/// Refuses a second attribute of ours, and takes it away: it would see what the first one made.
pub(crate) fn one_attribute(item: &mut ItemFn, attribute: &str, problems: &mut Problems) {
    item.attrs.retain(|attr| {
        let last = attr.path().segments.last().map(|segment| &segment.ident);
        let Some(name) = last.filter(|name| ["vectorize", "guvectorize", "jit"].iter().any(|ours| *name == ours))
        else {
            return true;
        };
        problems.push(name.span(), format!("the function has `#[{attribute}]` already: it is one or the other"));
        false
    });
}

/// The second of two parameters with the same name, which rustc reports.
pub(crate) fn repeated_name(item: &ItemFn) -> Option<&Ident> {
    let mut names: Vec<&Ident> = Vec::new();
    for input in &item.sig.inputs {
        if let FnArg::Typed(typed) = input
            && let syn::Pat::Ident(pat) = &*typed.pat
        {
            if names.contains(&&pat.ident) {
                return Some(&pat.ident);
            }
            names.push(&pat.ident);
        }
    }
    None
}

/// The function's type parameters.
pub(crate) fn generics(item: &ItemFn, problems: &mut Problems) -> Vec<Ident> {
    let mut names = Vec::new();
    for param in &item.sig.generics.params {
        match param {
            GenericParam::Type(param) => {
                if let Some(bound) = param.bounds.first() {
                    problems.push(syn::spanned::Spanned::span(bound), BOUNDS);
                }
                names.push(param.ident.clone());
            }
            GenericParam::Lifetime(param) => {
                problems.push(
                    param.lifetime.span(),
                    "a kernel's borrows need no names: write `&[T]` and remove the lifetime",
                );
            }
            GenericParam::Const(param) => problems.push(
                param.ident.span(),
                "a kernel has no `const` parameters: write a `const` beside it, or a `#[uniform]` parameter",
            ),
        }
    }
    if let Some(clause) = &item.sig.generics.where_clause {
        problems.push(clause.where_token.span, BOUNDS);
    }
    names
}

const BOUNDS: &str = "type parameters of a kernel have no bounds: they stand for the types that the attribute lists, as in \
                      `f32(f32), f64(f64)`; remove the bound";

/// Whether a function can have further signatures of another kernel: it tells them apart, and is nothing else.
pub(crate) fn further(item: &ItemFn, base: &syn::Path, generics: &[Ident], problems: &mut Problems) {
    let base = base.segments.last().map_or(String::new(), |segment| segment.ident.to_string());
    if generics.is_empty() {
        problems.push(
            item.sig.ident.span(),
            format!("further signatures have the type parameters of `{base}`: `fn {}<T>(x: T) -> T`", item.sig.ident),
        );
    }
    if !matches!(item.vis, syn::Visibility::Inherited) {
        problems.push(
            syn::spanned::Spanned::span(&item.vis),
            format!(
                "further signatures are called by the name of `{base}`, which is as public as it says: remove this"
            ),
        );
    }
}

/// The element types that a function declares, which listed signatures give.
pub(crate) struct Declared<'a> {
    /// What inputs and outputs are called in messages.
    words: [&'static str; 2],
    inputs: Vec<&'a Type>,
    outputs: Vec<&'a Type>,
    /// The number of parameters.
    count: usize,
}

impl<'a> Declared<'a> {
    /// Of a function of scalars: parameters and results.
    pub(crate) fn by_scalars(item: &'a ItemFn) -> Self {
        let outputs = match &item.sig.output {
            ReturnType::Default => Vec::new(),
            ReturnType::Type(_, ty) => match &**ty {
                Type::Tuple(tuple) => tuple.elems.iter().collect(),
                ty => vec![ty],
            },
        };
        let inputs = varying(item).collect();
        Self { words: ["parameter", "result"], inputs, outputs, count: item.sig.inputs.len() }
    }

    /// Of a function of cores: the elements of those that are read, and of those that are written.
    pub(crate) fn by_cores(item: &'a ItemFn) -> Self {
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        for ty in varying(item) {
            let (element, mutable) = element_of(ty);
            (if mutable { &mut outputs } else { &mut inputs }).extend(element);
        }
        Self { words: ["input", "output"], inputs, outputs, count: item.sig.inputs.len() }
    }

    /// Whether a type parameter is one of the types.
    fn mentions(&self, name: &Ident) -> bool {
        self.inputs.iter().chain(&self.outputs).any(|ty| matches!(ty, Type::Path(path) if path.path.is_ident(name)))
    }

    /// A signature for this, with a type for the type parameters.
    fn example(&self, generics: &[Ident], ty: &str) -> String {
        let name = |declared: &&Type| match declared {
            Type::Path(path) => match path.path.get_ident() {
                Some(name) if !generics.contains(name) => name.to_string(),
                _ => ty.to_owned(),
            },
            _ => ty.to_owned(),
        };
        let all = |types: &[&Type]| types.iter().map(name).collect::<Vec<_>>().join(", ");
        match &self.outputs[..] {
            [_] => format!("{}({})", all(&self.outputs), all(&self.inputs)),
            outputs => format!("({})({})", all(outputs), all(&self.inputs)),
        }
    }
}

/// The types of the parameters that are not `#[uniform]`.
fn varying(item: &ItemFn) -> impl Iterator<Item = &Type> {
    item.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) if !typed.attrs.iter().any(|attr| attr.path().is_ident("uniform")) => Some(&*typed.ty),
        _ => None,
    })
}

/// One version per listed signature.
pub(crate) fn versions(
    item: &ItemFn,
    generics: &[Ident],
    declared: &Declared<'_>,
    options: &Options,
    problems: &mut Problems,
) -> Vec<Version> {
    if generics.is_empty() {
        if let Some(listed) = options.signatures.first() {
            check(declared, listed, &mut Vec::new(), generics, problems);
        }
        if let Some(second) = options.signatures.get(1) {
            problems.push(
                second.span,
                "several signatures need a type parameter to tell them apart: `fn name<T>(x: T) -> T`",
            );
        }
        return vec![Version { types: Vec::new(), item: item.clone() }];
    }
    let unbound: Vec<&Ident> = generics.iter().filter(|name| !declared.mentions(name)).collect();
    for name in &unbound {
        let [input, output] = declared.words;
        problems.push(
            name.span(),
            format!("`{name}` is the type of no varying {input} or {output}: a signature cannot say what it is"),
        );
    }
    if !unbound.is_empty() {
        return Vec::new();
    }
    if options.signatures.is_empty() && !options.incomplete {
        problems.push(
            generics[0].span(),
            format!(
                "a kernel is compiled for listed types: write `#[{}({}{}, {})]` with the types that `{}` stands for",
                options.attribute,
                if options.attribute == "guvectorize" { "\"..\", " } else { "" },
                declared.example(generics, "f32"),
                declared.example(generics, "f64"),
                generics[0]
            ),
        );
    }
    let mut versions: Vec<Version> = Vec::new();
    for listed in &options.signatures {
        let mut bindings: Vec<(Ident, Ident)> = Vec::new();
        if !check(declared, listed, &mut bindings, generics, problems) {
            continue;
        }
        let bound = |name| bindings.iter().find(|(bound, _)| bound == name).map(|(_, ty)| ty.clone());
        let types: Vec<Ident> = generics.iter().filter_map(bound).collect();
        if versions.iter().any(|version| version.types.iter().zip(&types).all(|(a, b)| a == b)) {
            problems.push(listed.span, "a signature with the same types is listed before: remove one of them");
            continue;
        }
        let mut item = item.clone();
        item.sig.generics = syn::Generics::default();
        Replace(&bindings).visit_item_fn_mut(&mut item);
        versions.push(Version { types, item });
    }
    versions
}

/// Whether a listed signature fits a function; what its type parameters are bound to.
fn check(
    declared: &Declared<'_>,
    listed: &Listed,
    bindings: &mut Vec<(Ident, Ident)>,
    generics: &[Ident],
    problems: &mut Problems,
) -> bool {
    let Declared { words, inputs, outputs, count } = declared;
    // That of the attribute's string is another signature.
    let list = if words[0] == "input" { "this list of types" } else { "the signature" };
    for (what, declared, given) in [(words[0], inputs, &listed.inputs), (words[1], outputs, &listed.outputs)] {
        if declared.len() != given.len() {
            let plural = if given.len() == 1 { "" } else { "s" };
            let uncounted =
                if what == words[0] && inputs.len() + if what == "input" { outputs.len() } else { 0 } < *count {
                    "; `#[uniform]` ones are not listed"
                } else {
                    ""
                };
            problems.push(
                listed.span,
                format!("{list} has {} {what}{plural}, the function {}{uncounted}", given.len(), declared.len()),
            );
            return false;
        }
    }
    let mut fits = true;
    for (declared, given) in inputs.iter().zip(&listed.inputs).chain(outputs.iter().zip(&listed.outputs)) {
        let Type::Path(path) = declared else { continue };
        let Some(name) = path.path.get_ident() else { continue };
        if generics.contains(name) {
            match bindings.iter().find(|(bound, _)| bound == name) {
                Some((_, earlier)) if earlier != given => {
                    problems.push(
                        given.span(),
                        format!("`{name}` is `{earlier}` by an earlier type of this signature, so it cannot be `{given}` here"),
                    );
                    fits = false;
                }
                Some(_) => {}
                None => bindings.push((name.clone(), given.clone())),
            }
        } else if name != given {
            problems.push(given.span(), format!("the signature says `{given}` where the function says `{name}`"));
            fits = false;
        }
    }
    fits
}

/// Puts the types in the places of the type parameters.
struct Replace<'a>(&'a [(Ident, Ident)]);

impl VisitMut for Replace<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if let Some(first) = path.segments.first_mut()
            && let Some((_, ty)) = self.0.iter().find(|(name, _)| *name == first.ident)
        {
            first.ident = Ident::new(&ty.to_string(), first.ident.span());
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        mac.tokens = self.tokens(std::mem::take(&mut mac.tokens));
    }
}

impl Replace<'_> {
    /// In what is no syntax yet: the arguments of `assert!`.
    fn tokens(&self, tokens: TokenStream) -> TokenStream {
        let replaced = tokens.into_iter().map(|token| match token {
            TokenTree::Ident(name) => match self.0.iter().find(|(param, _)| *param == name) {
                Some((_, ty)) => TokenTree::Ident(Ident::new(&ty.to_string(), name.span())),
                None => TokenTree::Ident(name),
            },
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), self.tokens(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        });
        replaced.collect()
    }
}
