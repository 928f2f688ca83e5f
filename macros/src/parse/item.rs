//! The function item: its qualifiers, parameters and result.

use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{FnArg, ItemFn, Pat, ReturnType};

use super::Parser;
use crate::ast::{Function, Param, Type};
use crate::diagnostics::Problems;
use crate::signature;

/// How many parameters a kernel can have, of both kinds together.
pub(crate) const MAX_PARAMS: usize = 12;
/// How many results.
pub(crate) const MAX_RESULTS: usize = 8;

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
    let mut parser = Parser { problems, name: item.sig.ident.to_string(), arrays: false };
    parser.qualifiers(item);
    let params = parser.params(item, role);
    let output = parser.output(item);
    let body = parser.block(&item.block);
    Attributes(&mut parser).visit_block(&item.block);
    Function { arrays: false, params, output, body }
}

/// Puts into a refused function what its parameters were read as.
pub(crate) fn amend(item: &mut ItemFn) {
    for input in &mut item.sig.inputs {
        let FnArg::Typed(typed) = input else { continue };
        let syn::Type::Reference(reference) = &*typed.ty else { continue };
        if typed.attrs.iter().any(|attr| attr.path().is_ident("uniform")) {
            continue;
        }
        if matches!(&*reference.elem, syn::Type::Slice(_) | syn::Type::Array(_)) {
            typed.attrs.push(syn::parse_quote! { #[uniform] });
        } else {
            let value = reference.elem.clone();
            typed.ty = value;
        }
    }
}

impl Parser<'_> {
    pub(super) fn qualifiers(&mut self, item: &ItemFn) {
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
    }

    fn params(&mut self, item: &ItemFn, role: Role) -> Vec<Param> {
        let mut params = Vec::new();
        let mut varying = 0;
        for input in &item.sig.inputs {
            let typed = match input {
                FnArg::Receiver(receiver) => {
                    self.refuse(
                        receiver.self_token.span,
                        "a method cannot be a kernel: write a free function, and pass the fields that it needs",
                    );
                    varying += 1;
                    continue;
                }
                FnArg::Typed(typed) => typed,
            };
            let uniform = self.uniform_attribute(&typed.attrs);
            varying += usize::from(!uniform);
            match &*typed.pat {
                Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {
                    let (ty, uniform) =
                        if uniform { (self.uniform_type(&typed.ty), true) } else { self.varying_type(&typed.ty) };
                    if let (true, Some(token)) = (uniform, &pat.mutability) {
                        self.refuse(
                            token.span,
                            "a `#[uniform]` parameter is only read: copy it, as in `let mut y = y;`",
                        );
                    }
                    params.push(Param { name: pat.ident.clone(), mutable: pat.mutability.is_some(), uniform, ty });
                }
                Pat::Wild(wild) => {
                    self.refuse(wild.underscore_token.span, "a kernel's parameter has a name: write `_name`");
                }
                Pat::Ident(pat) if pat.subpat.is_none() => {
                    let token = pat.by_ref.as_ref().expect("the case without is above");
                    self.refuse(token.span, "a kernel's parameter is taken by value: remove `ref`");
                }
                other => {
                    self.refuse(other.span(), "a kernel's parameter is a plain name: take it apart with `let`");
                }
            }
        }
        if varying == 0 {
            let message = match role {
                Role::Kernel => "a kernel needs a parameter that arrays can be given for: one that is not `#[uniform]`",
                Role::Device => {
                    "a device function needs a parameter that differs from lane to lane: one that is not `#[uniform]`"
                }
            };
            self.refuse(item.sig.ident.span(), message);
        }
        if params.len() > MAX_PARAMS {
            self.refuse(
                item.sig.ident.span(),
                format!("a kernel has at most {MAX_PARAMS} parameters: put constants into a `#[uniform]` slice"),
            );
        }
        if signature::repeated_name(item).is_some() {
            self.problems.leave_to_rustc();
        }
        params
    }

    /// Whether a parameter is marked `#[uniform]`.
    pub(super) fn uniform_attribute(&mut self, attrs: &[syn::Attribute]) -> bool {
        let mut uniform = false;
        for attr in attrs {
            let path = attr.path();
            if !path.is_ident("uniform") {
                self.refuse(path.span(), "the only attribute of a kernel's parameter is `#[uniform]`");
            } else if uniform {
                self.refuse(path.span(), "`#[uniform]` stands here twice: remove one");
            } else if !matches!(attr.meta, syn::Meta::Path(_)) {
                self.refuse(path.span(), "`#[uniform]` takes no arguments");
            }
            uniform |= path.is_ident("uniform");
        }
        uniform
    }

    /// The type of a parameter that varies from lane to lane: an element type. A reference is
    /// refused and read as what it must have meant, so that calls of the function can be checked:
    /// as its value, or as a table, which is uniform. [`amend`] writes that into the function.
    fn varying_type(&mut self, ty: &syn::Type) -> (Type, bool) {
        let ty = match ty {
            syn::Type::Reference(reference) => {
                let table = matches!(&*reference.elem, syn::Type::Slice(_) | syn::Type::Array(_));
                let mark = self.problems.mark();
                let (meant, advice) = match &reference.mutability {
                    Some(_) => (Type::Inferred(ty.span()), "a kernel returns what it computes"),
                    None if table => {
                        (self.uniform_type(ty), "a table that is the same for all lanes is marked `#[uniform]`")
                    }
                    None => (self.ty(&reference.elem), "take the value itself"),
                };
                if !self.problems.any_since(mark) {
                    self.refuse_in_place_of_rustc(
                        reference.and_token.span,
                        format!("a reference has no lanes: {advice}"),
                    );
                }
                return (meant, table);
            }
            syn::Type::Tuple(_) | syn::Type::Array(_) => {
                self.refuse(
                    ty.span(),
                    "a varying parameter is one number or `bool`: write one parameter per component, or `#[uniform]`",
                );
                Type::Inferred(ty.span())
            }
            _ => self.ty(ty),
        };
        (ty, false)
    }

    /// The results: element types, one or a flat tuple of them.
    fn output(&mut self, item: &ItemFn) -> Type {
        let ty = match &item.sig.output {
            ReturnType::Default => {
                self.refuse(item.sig.ident.span(), "a kernel computes something: declare its result, as in `-> f64`");
                return Type::Tuple(Vec::new());
            }
            ReturnType::Type(_, ty) => ty,
        };
        let mark = self.problems.mark();
        let output = self.ty(ty);
        if self.problems.any_since(mark) {
            return output;
        }
        let parts = match &output {
            Type::Tuple(types) => &types[..],
            other => std::slice::from_ref(other),
        };
        if parts.is_empty() {
            self.refuse(ty.span(), "a kernel computes something: `()` is no result");
        }
        if parts.len() > MAX_RESULTS {
            self.refuse(ty.span(), format!("a kernel has at most {MAX_RESULTS} results: split it in two"));
        }
        if parts.iter().any(|part| matches!(part, Type::Tuple(_) | Type::Array(..) | Type::Slice(_))) {
            self.refuse(
                ty.span(),
                "each result of a kernel is one number or `bool`, in an array of its own: write a flat tuple",
            );
        }
        for part in parts {
            if let Type::Inferred(span) = part {
                self.refuse(*span, "the type of a kernel's result is written out, as in `-> f64`");
            }
        }
        output
    }
}

/// Refuses attributes in the body that would change the twin and not the lanes, such as `#[cfg]`.
pub(super) struct Attributes<'a, 'b>(pub(super) &'a mut Parser<'b>);

impl<'ast> Visit<'ast> for Attributes<'_, '_> {
    fn visit_attribute(&mut self, attr: &'ast syn::Attribute) {
        let path = attr.path();
        let harmless = ["allow", "expect", "warn", "deny", "forbid", "doc", "rustfmt", "clippy"];
        let first = path.segments.first().map(|segment| &segment.ident);
        if path.is_ident("scalar") {
            let message = if self.0.arrays {
                "`#[scalar]` stands before a loop, whose turns then run one after the other"
            } else {
                "`#[scalar]` is for loops of functions of arrays: those of a kernel run in each lane anyway; remove it"
            };
            return self.0.refuse_in_place_of_rustc(path.span(), message);
        }
        if !first.is_some_and(|first| harmless.iter().any(|name| first == name)) {
            let name = path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
            self.0.refuse(
                path.span(),
                format!(
                    "`#[{name}]` in a kernel's body would not reach the lanes: put it on an inner `const` or on the whole \
                     function"
                ),
            );
        }
    }

    fn visit_expr_for_loop(&mut self, expr: &'ast syn::ExprForLoop) {
        self.of_loop(&expr.attrs);
        self.visit_expr(&expr.expr);
        self.visit_block(&expr.body);
    }

    fn visit_expr_while(&mut self, expr: &'ast syn::ExprWhile) {
        self.of_loop(&expr.attrs);
        self.visit_expr(&expr.cond);
        self.visit_block(&expr.body);
    }

    fn visit_expr_loop(&mut self, expr: &'ast syn::ExprLoop) {
        self.of_loop(&expr.attrs);
        self.visit_block(&expr.body);
    }

    // Items are emitted as they are.
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

impl Attributes<'_, '_> {
    /// The attributes of a loop, where a function of arrays has `#[scalar]`.
    fn of_loop(&mut self, attrs: &[syn::Attribute]) {
        for attr in attrs {
            if !(self.0.arrays && attr.path().is_ident("scalar")) {
                self.visit_attribute(attr);
            } else if !matches!(attr.meta, syn::Meta::Path(_)) {
                self.0.refuse(attr.path().span(), "`#[scalar]` takes no arguments");
            }
        }
    }
}
