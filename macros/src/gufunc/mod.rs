//! `#[guvectorize]`: a function of small arrays, the cores, and of all that are in larger ones. Its body is that of a `#[jit]` function
//! of arrays; a signature says which axes are its cores'.

mod choice;
mod covered;
mod explain;
mod options;
mod signature;
mod size;
mod turns;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemFn;

pub(crate) use self::choice::Code;
use self::choice::Cores;
pub(crate) use self::signature::{Length, Signature};
use crate::diagnostics::Problems;
use crate::emit::{self, GufuncItem, GufuncVersion};
use crate::parse;
use crate::signature::{self as listed, Declared};

const ATTRIBUTE: &str = "guvectorize";

/// Expands the attribute. With problems, the function is still emitted, as plain Rust.
pub(crate) fn expand(arguments: TokenStream, tokens: TokenStream) -> TokenStream {
    let mut problems = Problems::new();
    let given = options::read(arguments, ATTRIBUTE, &mut problems);
    let mut item = match syn::parse2::<ItemFn>(tokens.clone()) {
        Ok(item) => item,
        Err(error) => {
            problems.push(error.span(), "`#[guvectorize]` stands on a function with a body, and on nothing else");
            let errors = problems.into_errors();
            return quote! { #tokens #errors };
        }
    };
    listed::one_attribute(&mut item, ATTRIBUTE, &mut problems);
    let generics = listed::generics(&item, &mut problems);
    let declared = Declared::by_cores(&item);
    let versions = listed::versions(&item, &generics, &declared, &given.options, &mut problems);
    let mut read = Vec::new();
    for version in versions {
        let (function, roles) = parse::core_function(&version.item, given.signature.as_ref(), &mut problems);
        read.push((version, function, roles));
    }
    let mut compiled = Vec::new();
    if let Some(signature) = given.signature.as_ref().filter(|_| problems.is_empty()) {
        for (version, function, roles) in read {
            let cores = Cores { roles: &roles, signature };
            if let Some(code) = choice::code(&function, &cores, &given.options, given.lanes, &mut problems) {
                compiled.push(GufuncVersion { types: version.types, item: version.item, function, roles, code });
            }
        }
    }
    match &given.signature {
        Some(signature) if problems.is_empty() && !compiled.is_empty() => {
            let items = emit::gufunc(&GufuncItem {
                krate: &given.options.krate,
                item: &item,
                generics: &generics,
                signature,
                versions: compiled,
                parallel: given.options.parallel,
            });
            let errors = problems.into_errors();
            quote! { #items #errors }
        }
        _ => {
            let mut plain = emit::plain(&item);
            // A generic function's body makes sense for the listed types alone.
            if problems.in_place_of_rustc() || !generics.is_empty() {
                emit::remove_body(&mut plain);
            }
            let errors = problems.into_errors();
            quote! { #plain #errors }
        }
    }
}
