//! The stages in order.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemFn;

use crate::ast::{Function, Type};
use crate::attr::{Fast, Options, Ulp};
use crate::core::Body;
use crate::diagnostics::Problems;
use crate::emit::{self, ArrayFunction, Item, Signature};
use crate::parse::{self, MAX_PARAMS, MAX_RESULTS, Role};
use crate::signature::Declared;
use crate::variability::Variability;
use crate::{attr, desugar, fuse, infer, lower, nests, signature, split, types, variability};

/// Expands an attribute. With problems, the function is still emitted in full but for its lane
/// code, so that its callers give no further errors.
pub(crate) fn expand(role: Role, arguments: TokenStream, tokens: TokenStream) -> TokenStream {
    let mut problems = Problems::new();
    let attribute = match role {
        Role::Kernel => "vectorize",
        Role::Device => "jit",
    };
    let parsed = syn::parse2::<ItemFn>(tokens.clone());
    let arrays = role == Role::Device && parsed.as_ref().is_ok_and(parse::takes_arrays);
    let options = attr::options(arguments, attribute, arrays, &mut problems);
    let mut original: ItemFn = match parsed {
        Ok(item) => item,
        Err(error) => {
            problems
                .push(error.span(), format!("`#[{attribute}]` stands on a function with a body, and on nothing else"));
            let errors = problems.into_errors();
            return quote! { #tokens #errors };
        }
    };
    signature::one_attribute(&mut original, attribute, &mut problems);
    if arrays {
        return array_function(&original, &options, problems);
    }
    let generics = signature::generics(&original, &mut problems);
    if let Some(base) = &options.of {
        signature::further(&original, base, &generics, &mut problems);
    }
    let declared = Declared::by_scalars(&original);
    let versions = signature::versions(&original, &generics, &declared, &options, &mut problems);
    let mut signatures: Vec<Signature> = versions
        .into_iter()
        .map(|version| {
            let function = parse::function(&version.item, role, &mut problems);
            let lanes = lanes(&function, options.ulp, options.fast, &mut problems);
            Signature { types: version.types, item: version.item, function, lanes }
        })
        .collect();
    let is_reducible = emit::is_reducible(&original);
    if let Some(identity) = &options.identity
        && !is_reducible
    {
        problems.push(
            identity.span,
            "only a kernel of two operands and one result, all of one type, reduces: remove this, or make it one",
        );
    }
    let broken = !problems.is_empty();
    let callable = !signatures.is_empty() && signatures.iter().all(is_callable) && is_nameable(&original);
    if broken {
        // A generic function's body makes sense for the listed types alone.
        let bodiless = problems.in_place_of_rustc() || (!callable && !generics.is_empty());
        for signature in &mut signatures {
            signature.lanes = None;
        }
        for item in signatures.iter_mut().map(|signature| &mut signature.item).chain([&mut original]) {
            // With these, what is emitted around the function could not call it.
            (item.sig.asyncness, item.sig.unsafety, item.sig.abi) = (None, None, None);
            if bodiless {
                emit::remove_body(item);
            }
            if callable {
                parse::amend(item);
            }
        }
    }
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
        identity: options.identity.as_ref().filter(|_| is_reducible),
        of: options.of.as_ref(),
        signatures,
    });
    quote! { #items #errors }
}

/// Expands `#[jit]` on a function of arrays. With problems, the function is still emitted, as plain Rust.
fn array_function(item: &ItemFn, options: &Options, mut problems: Problems) -> TokenStream {
    if let Some(items) = fuse::expand(item, options, &mut problems) {
        let errors = problems.into_errors();
        return quote! { #items #errors };
    }
    let function = parse::array_function(item, &mut problems);
    let lanes = array_lanes(&function, options, &mut problems);
    match lanes {
        Some(lanes) => {
            let items = emit::array_function(&ArrayFunction {
                krate: &options.krate,
                item,
                function: &function,
                lanes: &lanes,
            });
            let errors = problems.into_errors();
            quote! { #items #errors }
        }
        None => {
            let mut plain = emit::plain(item);
            if problems.in_place_of_rustc() {
                emit::remove_body(&mut plain);
            }
            let errors = problems.into_errors();
            quote! { #plain #errors }
        }
    }
}

/// The code of a function of arrays, unless it has problems.
pub(crate) fn array_lanes(
    function: &Function,
    options: &Options,
    problems: &mut Problems,
) -> Option<crate::lane::Lanes> {
    let (body, found) = array_body(function, options, problems)?;
    let shapes = types::shapes(&body);
    Some(lower::function(&body, &found, &shapes, options.ulp, options.fast))
}

/// A function of arrays whose loops are lanes, and what varies in it, unless it has problems.
pub(crate) fn array_body(
    function: &Function,
    options: &Options,
    problems: &mut Problems,
) -> Option<(Body, Variability)> {
    let mut body = desugar::function(function, problems);
    if !problems.is_empty() {
        return None;
    }
    let types = infer::types(&body);
    nests::choose(&mut body, &types, options.fast.reassoc, problems);
    let (body, found) = varied(body);
    found.check(&body, problems);
    problems.is_empty().then_some((body, found))
}

/// A function's lane code, unless it has problems.
pub(crate) fn lanes(function: &Function, ulp: Ulp, fast: Fast, problems: &mut Problems) -> Option<crate::lane::Lanes> {
    let (body, found) = analysed(function, problems);
    found.check(&body, problems);
    if !problems.is_empty() {
        return None;
    }
    let shapes = types::shapes(&body);
    Some(lower::function(&body, &found, &shapes, ulp, fast))
}

/// A function in the core language, and what varies in it.
pub(crate) fn analysed(function: &Function, problems: &mut Problems) -> (Body, Variability) {
    varied(desugar::function(function, problems))
}

/// What varies in a body, whose variables are taken apart for that.
pub(crate) fn varied(mut body: Body) -> (Body, Variability) {
    // What lanes take out of loops is known only when it is known which loops they leave apart.
    let taken = variability::of(&body).latches;
    split::at_loops(&mut body, &taken);
    let found = variability::of(&body);
    (body, found)
}

/// Whether a signature's types allow it to be called as what it is to become.
fn is_callable(signature: &Signature) -> bool {
    let Signature { item, function, .. } = signature;
    let scalar = |ty: &Type| matches!(ty, Type::Scalar(_));
    let read = function.params.len() == item.sig.inputs.len() && function.params.len() <= MAX_PARAMS;
    let varying = function.params.iter().any(|param| !param.uniform);
    let inputs = function.params.iter().all(|param| param.uniform && is_known(&param.ty) || scalar(&param.ty));
    let outputs = match &function.output {
        Type::Tuple(types) => !types.is_empty() && types.len() <= MAX_RESULTS && types.iter().all(scalar),
        ty => scalar(ty),
    };
    read && varying && inputs && outputs
}

/// Whether a type has no part that was refused.
fn is_known(ty: &Type) -> bool {
    match ty {
        Type::Scalar(_) => true,
        Type::Tuple(types) => types.iter().all(is_known),
        Type::Array(ty, _) | Type::Slice(ty) => is_known(ty),
        Type::View(_) | Type::Inferred(_) => false,
    }
}

/// Whether the parameters of the function can stand in other items: they have their own names, and
/// name nothing else.
fn is_nameable(item: &ItemFn) -> bool {
    let only_types = item.sig.generics.params.iter().all(|param| matches!(param, syn::GenericParam::Type(_)));
    only_types && signature::repeated_name(item).is_none()
}
