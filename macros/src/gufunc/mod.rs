//! `#[guvectorize]`: a function of small arrays, the cores, and of all that are in larger ones. Its body is that of a `#[jit]` function
//! of arrays; a signature says which axes are its cores'.

mod covered;
mod options;
mod signature;
mod size;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemFn;

pub(crate) use self::options::Way;
pub(crate) use self::signature::{Length, Signature};
use crate::ast::Function;
use crate::attr::Options;
use crate::diagnostics::Problems;
use crate::emit::{self, GufuncItem};
use crate::lane::Lanes;
use crate::parse::{self, CoreRole};
use crate::{desugar, expand, lower, types};

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
    crate::signature::one_attribute(&mut item, ATTRIBUTE, &mut problems);
    let (function, roles) = parse::core_function(&item, given.signature.as_ref(), &mut problems);
    let lanes = given.signature.as_ref().filter(|_| problems.is_empty()).and_then(|signature| {
        let kinds = Kinds { roles: &roles, signature };
        code(&function, &kinds, &given.options, given.lanes, &mut problems)
    });
    match (lanes, &given.signature) {
        (Some(Code { way, lanes, covered }), Some(signature)) => {
            let items = emit::gufunc(&GufuncItem {
                krate: &given.options.krate,
                item: &item,
                function: &function,
                roles: &roles,
                signature,
                way,
                covered,
                lanes: &lanes,
                parallel: given.options.parallel,
            });
            let errors = problems.into_errors();
            quote! { #items #errors }
        }
        _ => {
            let mut plain = emit::plain(&item);
            if problems.in_place_of_rustc() {
                emit::remove_body(&mut plain);
            }
            let errors = problems.into_errors();
            quote! { #plain #errors }
        }
    }
}

/// Lane code.
struct Code {
    way: Way,
    lanes: Lanes,
    /// The outputs that are written in full before they are read, as bits: where lanes are across the batch.
    covered: u32,
}

/// What the parameters are.
struct Kinds<'a> {
    roles: &'a [CoreRole],
    signature: &'a Signature,
}

impl Kinds<'_> {
    /// Whether the lengths of all cores are known, so that they are small.
    fn are_frozen(&self) -> bool {
        self.signature.dimensions.iter().all(|dimension| matches!(dimension.length, Length::Frozen(_)))
    }
}

/// The lane code, in the way that was asked for, or that is better: across the batch where cores are small, or where the loops over
/// one core cannot be lanes.
fn code(
    function: &Function,
    kinds: &Kinds<'_>,
    options: &Options,
    asked: Option<Way>,
    problems: &mut Problems,
) -> Option<Code> {
    let way = match asked {
        Some(way) => way,
        None if kinds.are_frozen() => Way::Batch,
        None => {
            let mut aside = Problems::new();
            let core = expand::array_lanes(function, options, &mut aside);
            aside.forget();
            match core {
                Some(lanes) => return Some(Code { way: Way::Core, lanes, covered: 0 }),
                None => Way::Batch,
            }
        }
    };
    match way {
        Way::Core => expand::array_lanes(function, options, problems).map(|lanes| Code { way, lanes, covered: 0 }),
        Way::Batch => batch(function, kinds, options, problems),
    }
}

/// Lane code each of whose lanes has cores of its own.
fn batch(function: &Function, kinds: &Kinds<'_>, options: &Options, problems: &mut Problems) -> Option<Code> {
    let mut body = desugar::function(function, problems);
    if !problems.is_empty() {
        return None;
    }
    for (var, role) in body.params.clone().into_iter().zip(kinds.roles) {
        match (role, &body.vars[var].ty) {
            (CoreRole::Uniform, _) => {}
            (_, Some(crate::ast::Type::View(_))) => {
                body.planes.insert(var);
            }
            _ => body.vars[var].lanes = true,
        }
    }
    let covered = covered::outputs(&body, kinds.roles, kinds.signature);
    let (body, found) = expand::varied(body);
    found.check(&body, problems);
    if !problems.is_empty() {
        return None;
    }
    let shapes = types::shapes(&body);
    let lanes = lower::function(&body, &found, &shapes, options.ulp, options.fast);
    Some(Code { way: Way::Batch, lanes, covered })
}
