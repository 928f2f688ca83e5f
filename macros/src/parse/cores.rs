//! Functions of cores: their parameters, which have the axes that a signature gives them.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{FnArg, GenericArgument, ItemFn, Pat, PathArguments, ReturnType};

use super::Parser;
use super::arrays::{Named, is_array, named};
use super::item::Attributes;
use crate::ast::{Function, Param, Type, View};
use crate::diagnostics::Problems;
use crate::gufunc::Signature;
use crate::signature;

const ONE_EACH: &str = "a parameter is a number, a bool or an array of them: write one for each component";

/// The most inputs, and the most outputs.
const MAX_CORES: usize = 8;

/// What a parameter is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CoreRole {
    Input,
    Output,
    /// The same for all items, and not in the signature.
    Uniform,
}

/// The type of a core's elements as it is written, and whether the core is an output.
pub(crate) fn element_of(ty: &syn::Type) -> (Option<&syn::Type>, bool) {
    match ty {
        syn::Type::Paren(inner) => element_of(&inner.elem),
        syn::Type::Group(inner) => element_of(&inner.elem),
        syn::Type::Reference(reference) => {
            let (element, mutable) = match &*reference.elem {
                syn::Type::Slice(slice) => (Some(&*slice.elem), false),
                syn::Type::Array(array) => (Some(&*array.elem), false),
                inner => element_of(inner),
            };
            (element, mutable || reference.mutability.is_some())
        }
        syn::Type::Path(path) => {
            let last = path.path.segments.last().expect("a path has a segment");
            match (named(&last.ident.to_string()), &last.arguments) {
                (None, _) => (Some(ty), false),
                (Some((kind, _)), arguments) => {
                    let element = match arguments {
                        PathArguments::AngleBracketed(arguments) => {
                            arguments.args.iter().find_map(|argument| match argument {
                                GenericArgument::Type(ty) => Some(ty),
                                _ => None,
                            })
                        }
                        _ => None,
                    };
                    (element, matches!(kind, Named::Borrowed { mutable: true }))
                }
            }
        }
        _ => (Some(ty), false),
    }
}

/// The names that a function reads, and those that it binds to something.
#[derive(Default)]
struct Names {
    read: Vec<Ident>,
    bound: Vec<Ident>,
}

impl Visit<'_> for Names {
    fn visit_expr_path(&mut self, path: &syn::ExprPath) {
        self.read.extend(path.path.get_ident().cloned());
    }

    fn visit_pat_ident(&mut self, pat: &syn::PatIdent) {
        self.bound.push(pat.ident.clone());
        syn::visit::visit_pat_ident(self, pat);
    }

    fn visit_item_const(&mut self, item: &syn::ItemConst) {
        self.bound.push(item.ident.clone());
    }

    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        call.args.iter().for_each(|arg| self.visit_expr(arg));
    }
}

/// Reads a function of cores.
pub(crate) fn core_function(
    item: &ItemFn,
    signature: Option<&Signature>,
    problems: &mut Problems,
) -> (Function, Vec<CoreRole>) {
    let mut parser = Parser { problems, name: item.sig.ident.to_string(), arrays: true };
    parser.qualifiers(item);
    let (params, roles) = parser.core_params(item);
    if let Some(signature) = signature {
        parser.compare(item, signature, &params, &roles);
    }
    if let ReturnType::Type(_, ty) = &item.sig.output
        && !matches!(&**ty, syn::Type::Tuple(tuple) if tuple.elems.is_empty())
    {
        parser.refuse(
            ty.span(),
            "a generalized universal function returns nothing: it writes its results to parameters, such as `out: &mut f64`",
        );
    }
    if let Some(signature) = signature {
        parser.dimension_names(item, signature);
    }
    let output = Type::Tuple(Vec::new());
    let body = parser.block(&item.block);
    Attributes(&mut parser).visit_block(&item.block);
    let params = params.into_iter().map(|(param, _)| param).collect();
    (Function { arrays: true, params, output, body }, roles)
}

impl Parser<'_> {
    fn core_params(&mut self, item: &ItemFn) -> (Vec<(Param, Span)>, Vec<CoreRole>) {
        let (mut params, mut roles) = (Vec::new(), Vec::new());
        for input in &item.sig.inputs {
            let typed = match input {
                FnArg::Receiver(receiver) => {
                    self.refuse(
                        receiver.self_token.span,
                        "a method cannot be a universal function: write a free function, and pass the fields that it needs",
                    );
                    continue;
                }
                FnArg::Typed(typed) => typed,
            };
            let uniform = self.uniform_attribute(&typed.attrs);
            let Pat::Ident(pat) = &*typed.pat else {
                self.refuse(typed.pat.span(), "a parameter is a plain name: take it apart with `let`");
                continue;
            };
            if let Some(token) = &pat.by_ref {
                self.refuse(token.span, "a parameter is taken by value: remove `ref`");
            }
            let ty = self.core_type(&typed.ty);
            let role = match &ty {
                _ if uniform => CoreRole::Uniform,
                _ if element_of(&typed.ty).1 => CoreRole::Output,
                _ => CoreRole::Input,
            };
            if uniform {
                match &ty {
                    Type::View(View { mutable: true, .. }) => {
                        self.refuse(typed.ty.span(), "a `#[uniform]` parameter is only read: take `&[T]`");
                    }
                    Type::View(View { rank, .. }) if *rank != 1 => {
                        self.refuse(typed.ty.span(), "a `#[uniform]` parameter is a number or a slice");
                    }
                    _ => {}
                }
            }
            params.push((
                Param { name: pat.ident.clone(), mutable: pat.mutability.is_some(), uniform: true, ty },
                typed.ty.span(),
            ));
            roles.push(role);
        }
        if signature::repeated_name(item).is_some() {
            self.problems.leave_to_rustc();
        }
        (params, roles)
    }

    /// `f64`, `&mut f64`, or an array.
    fn core_type(&mut self, ty: &syn::Type) -> Type {
        match ty {
            syn::Type::Paren(inner) => self.core_type(&inner.elem),
            syn::Type::Group(inner) => self.core_type(&inner.elem),
            _ if is_array(ty) => self.array_type(ty),
            syn::Type::Reference(reference) => match (self.ty(&reference.elem), reference.mutability) {
                (Type::Scalar(element), Some(_)) => Type::View(View { element, rank: 0, mutable: true }),
                (Type::Scalar(element), None) => {
                    self.refuse_in_place_of_rustc(
                        reference.and_token.span,
                        format!("a single element is taken by value: write `{element}`"),
                    );
                    Type::Inferred(ty.span())
                }
                (Type::Inferred(span), _) => Type::Inferred(span),
                _ => {
                    self.refuse(ty.span(), ONE_EACH);
                    Type::Inferred(ty.span())
                }
            },
            _ => match self.ty(ty) {
                Type::Scalar(name) => Type::Scalar(name),
                Type::Inferred(span) => Type::Inferred(span),
                _ => {
                    self.refuse(ty.span(), ONE_EACH);
                    Type::Inferred(ty.span())
                }
            },
        }
    }

    /// Dimensions of the signature are no variables.
    fn dimension_names(&mut self, item: &ItemFn, signature: &Signature) {
        let mut names = Names::default();
        names.visit_item_fn(item);
        for name in names.read.into_iter().filter(|name| !names.bound.contains(name)) {
            let Some(dimension) = signature.dimensions.iter().position(|dimension| name == dimension.name) else {
                continue;
            };
            let cores = signature.inputs.iter().chain(&signature.outputs);
            let has = cores.enumerate().find_map(|(number, core)| {
                core.iter().position(|own| *own == dimension).map(|axis| (number, axis, core.len()))
            });
            let params = item.sig.inputs.iter().filter_map(|input| match input {
                FnArg::Typed(typed) if !typed.attrs.iter().any(|attr| attr.path().is_ident("uniform")) => Some(typed),
                _ => None,
            });
            let (inputs, outputs): (Vec<_>, Vec<_>) = params.partition(|typed| !element_of(&typed.ty).1);
            let length = has.and_then(|(number, axis, rank)| match &*inputs.iter().chain(&outputs).nth(number)?.pat {
                Pat::Ident(pat) if rank == 1 => Some(format!("{}.len()", pat.ident)),
                Pat::Ident(pat) => Some(format!("{}.len_of(Axis({axis}))", pat.ident)),
                _ => None,
            });
            let length = length.map_or_else(String::new, |length| format!(": its length is `{length}`"));
            self.refuse_in_place_of_rustc(
                name.span(),
                format!("`{name}` is a dimension of the signature, and no variable{length}"),
            );
        }
    }

    /// Holds the parameters to the signature.
    fn compare(&mut self, item: &ItemFn, signature: &Signature, params: &[(Param, Span)], roles: &[CoreRole]) {
        let text = &signature.text;
        let of = |role: CoreRole| -> Vec<&(Param, Span)> {
            params.iter().zip(roles).filter(|(_, own)| **own == role).map(|(param, _)| param).collect()
        };
        let (inputs, outputs, uniforms) = (of(CoreRole::Input), of(CoreRole::Output), of(CoreRole::Uniform));
        let (nin, nout) = (signature.inputs.len(), signature.outputs.len());
        if inputs.len() > nin && inputs.len() + outputs.len() == nin + nout {
            // Outputs come last.
            for ((param, span), core) in inputs[nin..].iter().zip(&signature.outputs[outputs.len()..]) {
                let instead = wanted(core.len(), &element_name(&param.ty), CoreRole::Output);
                let (name, core) = (&param.name, signature.core(core));
                self.refuse_in_place_of_rustc(
                    *span,
                    format!("`{name}` is only read, and is to be the output `{core}` of `{text}`: write `{instead}`"),
                );
            }
            return;
        }
        if outputs.len() > nout && inputs.len() + outputs.len() == nin + nout {
            for ((param, span), core) in outputs[..outputs.len() - nout].iter().zip(&signature.inputs[inputs.len()..]) {
                let instead = wanted(core.len(), &element_name(&param.ty), CoreRole::Input);
                let (name, core) = (&param.name, signature.core(core));
                self.refuse(
                    *span,
                    format!("`{name}` is written, and is to be the input `{core}` of `{text}`: write `{instead}`"),
                );
            }
            return;
        }
        if inputs.len() < nin && inputs.len() + uniforms.len() == nin {
            for (param, span) in uniforms {
                let name = &param.name;
                self.refuse(
                    *span,
                    format!("`{name}` is `#[uniform]`, and such parameters are not in `{text}`: remove it from there, or the mark here"),
                );
            }
            return;
        }
        // What the function returns has been refused: it was to be the output.
        let returned = matches!(item.sig.output, ReturnType::Type(..)) && outputs.len() < nout;
        for (role, what, own, cores) in [
            (CoreRole::Input, "input", inputs, &signature.inputs),
            (CoreRole::Output, "output", outputs, &signature.outputs),
        ] {
            if own.len() != cores.len() {
                let unread = params.iter().any(|(param, _)| matches!(param.ty, Type::Inferred(_)));
                if unread || returned && role == CoreRole::Output {
                    continue;
                }
                let span = own.get(cores.len()).map_or(item.sig.ident.span(), |(_, span)| *span);
                let kind = if role == CoreRole::Input {
                    "parameters that are only read; what is the same for all items is marked `#[uniform]`"
                } else {
                    "`&mut` parameters"
                };
                let plural = if cores.len() == 1 { "" } else { "s" };
                self.refuse(
                    span,
                    format!(
                        "`{text}` has {} {what}{plural}, and the function {} of them: {kind}",
                        cores.len(),
                        own.len()
                    ),
                );
                continue;
            }
            if own.len() > MAX_CORES {
                self.refuse(
                    item.sig.ident.span(),
                    format!("a generalized universal function has at most {MAX_CORES} {what}s"),
                );
            }
            for ((param, span), core) in own.into_iter().zip(cores) {
                let rank = match &param.ty {
                    Type::Scalar(_) => 0,
                    Type::View(view) => view.rank,
                    _ => continue,
                };
                if rank != core.len() {
                    let name = &param.name;
                    let instead = wanted(core.len(), &element_name(&param.ty), role);
                    let core_text = signature.core(core);
                    let axes = if rank == 1 { "1 axis".to_owned() } else { format!("{rank} axes") };
                    self.refuse(
                        *span,
                        format!("`{name}` has {axes}, and `{core_text}` in `{text}` is for `{instead}`"),
                    );
                }
            }
        }
    }
}

fn element_name(ty: &Type) -> String {
    match ty {
        Type::View(View { element, .. }) | Type::Scalar(element) => element.to_string(),
        _ => "f64".to_owned(),
    }
}

/// The parameter type for a core of so many dimensions.
fn wanted(rank: usize, element: &str, role: CoreRole) -> String {
    match (rank, role == CoreRole::Output) {
        (0, false) => element.to_owned(),
        (0, true) => format!("&mut {element}"),
        (1, false) => format!("&[{element}]"),
        (1, true) => format!("&mut [{element}]"),
        (_, false) => format!("ArrayView{rank}<{element}>"),
        (_, true) => format!("ArrayViewMut{rank}<{element}>"),
    }
}
