//! The function item: its qualifiers, parameters and result.

use syn::spanned::Spanned;
use syn::{FnArg, ItemFn, Pat, ReturnType};

use super::Parser;
use crate::ast::{Function, Param, Type};
use crate::diagnostics::Problems;

/// Which attribute the function carries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// `#[vectorize]`: called with arrays.
    Kernel,
    /// `#[jit]` on a function of scalars: called from kernels.
    Device,
}

/// Reads a function whose type parameters have been replaced.
pub(crate) fn function(item: &ItemFn, role: Role, problems: &mut Problems) -> Function {
    let mut parser = Parser { problems, name: item.sig.ident.to_string() };
    parser.qualifiers(item);
    let params = parser.params(item, role);
    let output = parser.output(item, role);
    let body = parser.block(&item.block);
    Function { params, output, body }
}

impl Parser<'_> {
    fn qualifiers(&mut self, item: &ItemFn) {
        let sig = &item.sig;
        if let Some(token) = &sig.asyncness {
            self.refuse(token.span, "`async` has no lane meaning: a kernel runs to its end; remove it");
        }
        if let Some(token) = &sig.unsafety {
            self.refuse(token.span, "an `unsafe` kernel would be called from safe code for every element; remove it");
        }
        if let Some(token) = &sig.constness {
            self.refuse(token.span, "a kernel picks its machine code at run time and cannot be `const`; remove it");
        }
        if let Some(abi) = &sig.abi {
            self.refuse(abi.span(), "a kernel has no C interface of its own; remove `extern`");
        }
        if let Some(variadic) = &sig.variadic {
            self.refuse(variadic.span(), "a kernel has a fixed number of parameters");
        }
        if let Some(clause) = &sig.generics.where_clause {
            self.refuse(
                clause.where_token.span,
                "bounds are not needed: list the types, as in `#[vectorize(f32(f32), f64(f64))]`",
            );
        }
    }

    fn params(&mut self, item: &ItemFn, role: Role) -> Vec<Param> {
        let mut params = Vec::new();
        for input in &item.sig.inputs {
            let typed = match input {
                FnArg::Receiver(receiver) => {
                    self.refuse(receiver.self_token.span, "a method has no lane meaning: write a free function");
                    continue;
                }
                FnArg::Typed(typed) => typed,
            };
            let mut uniform = false;
            for attr in &typed.attrs {
                if attr.path().is_ident("uniform") {
                    uniform = true;
                } else {
                    self.refuse(attr.path().span(), "the only attribute of a kernel's parameter is `#[uniform]`");
                }
            }
            let (name, mutable) = match &*typed.pat {
                Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {
                    (pat.ident.clone(), pat.mutability.is_some())
                }
                other => {
                    self.refuse(other.span(), "a kernel's parameter is a plain name; take it apart in the body");
                    continue;
                }
            };
            let ty = if uniform { self.uniform_type(&typed.ty) } else { self.varying_type(&typed.ty, role) };
            params.push(Param { name, mutable, uniform, ty });
        }
        if params.iter().filter(|param| !param.uniform).count() == 0 && role == Role::Kernel {
            self.refuse(
                item.sig.ident.span(),
                "a kernel needs a parameter that arrays can be given for: one that is not `#[uniform]`",
            );
        }
        if params.len() > 12 {
            self.refuse(
                item.sig.ident.span(),
                "a kernel has at most 12 parameters; put constants into a `#[uniform]` slice",
            );
        }
        params
    }

    /// The type of a parameter that varies from lane to lane: an element type.
    fn varying_type(&mut self, ty: &syn::Type, role: Role) -> Type {
        match ty {
            syn::Type::Reference(reference) => {
                let advice = match &*reference.elem {
                    syn::Type::Slice(_) | syn::Type::Array(_) => {
                        "a table is the same for all lanes: write `#[uniform]` before the parameter"
                    }
                    _ => "take the value itself",
                };
                self.refuse(reference.and_token.span, format!("a reference has no lanes: {advice}"));
                Type::Inferred(ty.span())
            }
            syn::Type::Tuple(_) | syn::Type::Array(_) if role == Role::Kernel => {
                self.refuse(
                    ty.span(),
                    "a varying parameter is one number or `bool`: write one parameter per component, or `#[uniform]`",
                );
                Type::Inferred(ty.span())
            }
            _ => self.ty(ty),
        }
    }

    fn output(&mut self, item: &ItemFn, role: Role) -> Type {
        let ty = match &item.sig.output {
            ReturnType::Default => {
                self.refuse(item.sig.ident.span(), "a kernel computes something: declare its result, as in `-> f64`");
                return Type::Tuple(Vec::new());
            }
            ReturnType::Type(_, ty) => ty,
        };
        let output = self.ty(ty);
        if role == Role::Kernel {
            let parts = match &output {
                Type::Tuple(types) => &types[..],
                other => std::slice::from_ref(other),
            };
            if parts.is_empty() {
                self.refuse(ty.span(), "a kernel computes something: `()` is no result");
            }
            if parts.len() > 8 {
                self.refuse(ty.span(), "a kernel has at most 8 results");
            }
            for part in parts {
                match part {
                    Type::Tuple(_) | Type::Array(..) | Type::Slice(_) => self.refuse(
                        ty.span(),
                        "each result of a kernel is one number or `bool`, each in an array of its own: write a flat tuple",
                    ),
                    Type::Inferred(span) => {
                        self.refuse(*span, "the type of a kernel's result must be written out");
                    }
                    Type::Scalar(_) => {}
                }
            }
        }
        output
    }
}
