//! The stages in order.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemFn;

use crate::ast::{Function, Type};
use crate::diagnostics::Problems;
use crate::emit::{self, Item, Signature};
use crate::parse::{self, Role};
use crate::{attr, desugar, lower, signature, types, variability};

/// Expands an attribute. With problems, the function is still emitted in full but for its lane
/// code, so that its callers give no further errors.
pub(crate) fn expand(role: Role, arguments: TokenStream, tokens: TokenStream) -> TokenStream {
    let mut problems = Problems::new();
    let attribute = match role {
        Role::Kernel => "vectorize",
        Role::Device => "jit",
    };
    let options = attr::options(arguments, attribute, &mut problems);
    let original: ItemFn = match syn::parse2(tokens.clone()) {
        Ok(item) => item,
        Err(error) => {
            let span = error.span();
            problems.push(span, format!("`#[{attribute}]` stands on a free function with a body: {error}"));
            let errors = problems.into_errors();
            return quote! { #tokens #errors };
        }
    };
    let generics = signature::generics(&original, &mut problems);
    let versions = signature::versions(&original, &generics, &options, &mut problems);
    let mut signatures: Vec<Signature> = versions
        .into_iter()
        .map(|version| {
            let function = parse::function(&version.item, role, &mut problems);
            let lanes = lanes(&function, &mut problems);
            Signature { types: version.types, item: version.item, function, lanes }
        })
        .collect();
    let callable = !signatures.is_empty() && signatures.iter().all(|s| is_callable(&s.function));
    if !problems.is_empty() {
        for signature in &mut signatures {
            signature.lanes = None;
        }
    }
    let broken = !problems.is_empty();
    let errors = problems.into_errors();
    if broken && !callable {
        let plain = emit::plain(&original);
        return quote! { #plain #errors };
    }
    let items = emit::item(&Item {
        role,
        krate: &options.krate,
        original: &original,
        generics: &generics,
        parallel: options.parallel,
        signatures,
    });
    quote! { #items #errors }
}

/// A function's lane code, unless it has problems.
fn lanes(function: &Function, problems: &mut Problems) -> Option<crate::lane::Lanes> {
    let body = desugar::function(function, problems);
    let found = variability::of(&body);
    found.check(&body, problems);
    if !problems.is_empty() {
        return None;
    }
    let shapes = types::shapes(&body);
    Some(lower::function(&body, &found, &shapes))
}

/// Whether the function's types allow it to be called as what it is to become.
fn is_callable(function: &Function) -> bool {
    let scalar = |ty: &Type| matches!(ty, Type::Scalar(_));
    let inputs = function.params.iter().all(|param| param.uniform || scalar(&param.ty));
    let outputs = match &function.output {
        Type::Tuple(types) => !types.is_empty() && types.iter().all(scalar),
        ty => scalar(ty),
    };
    inputs && outputs
}
