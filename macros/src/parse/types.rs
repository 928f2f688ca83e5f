//! Types: element types, tuples, fixed arrays, and slices of uniform parameters.

use quote::ToTokens;
use syn::spanned::Spanned;

use super::Parser;
use crate::ast::Type;

/// The element types, as Rust names them.
pub(crate) const SCALARS: &[&str] =
    &["f32", "f64", "i8", "i16", "i32", "i64", "isize", "u8", "u16", "u32", "u64", "usize", "bool"];

impl Parser<'_> {
    /// A type in a body or of a varying parameter.
    pub(super) fn ty(&mut self, ty: &syn::Type) -> Type {
        match ty {
            syn::Type::Paren(inner) => self.ty(&inner.elem),
            syn::Type::Group(inner) => self.ty(&inner.elem),
            syn::Type::Infer(infer) => Type::Inferred(infer.span()),
            syn::Type::Tuple(tuple) => Type::Tuple(tuple.elems.iter().map(|ty| self.ty(ty)).collect()),
            syn::Type::Array(array) => Type::Array(Box::new(self.ty(&array.elem)), array.len.to_token_stream()),
            syn::Type::Path(path) => self.scalar(path),
            other => {
                let (what, instead) = match other {
                    syn::Type::Reference(_) => (
                        "a reference",
                        "take the value itself; tables are `#[uniform]` parameters of type `&[T]` or `&[T; N]`",
                    ),
                    syn::Type::Slice(_) => {
                        ("a bare slice", "use a fixed array `[T; N]`, or a `#[uniform]` `&[T]` parameter")
                    }
                    syn::Type::Ptr(_) => ("a raw pointer", "use an index into a `#[uniform]` slice"),
                    syn::Type::BareFn(_) => ("a function pointer", "call a `#[jit]` function by name"),
                    syn::Type::ImplTrait(_) | syn::Type::TraitObject(_) => {
                        ("a trait type", "name the element type; `#[vectorize(f32(f32), f64(f64))]` makes several")
                    }
                    syn::Type::Never(_) => ("the never type", "leave the annotation away"),
                    _ => ("this type", "use numbers, `bool`, tuples or fixed arrays"),
                };
                self.refuse(other.span(), format!("{what} has no lanes: {instead}"));
                Type::Inferred(other.span())
            }
        }
    }

    fn scalar(&mut self, path: &syn::TypePath) -> Type {
        if let (None, Some(ident)) = (&path.qself, path.path.get_ident()) {
            let name = ident.to_string();
            if SCALARS.contains(&name.as_str()) {
                return Type::Scalar(ident.clone());
            }
            let instead = match name.as_str() {
                "i128" | "u128" => "no machine has 128-bit lanes; use two 64-bit values",
                "char" => "text has no lanes; use `u32` or `u8`",
                "String" | "str" => "text has no lanes; kernels compute with numbers and bools",
                "f16" | "f128" => "only `f32` and `f64` have float lanes",
                "Self" => "a kernel is a free function",
                _ => {
                    "values in a kernel are numbers, `bool`, tuples and fixed arrays of them; write the type's fields \
                      as separate values"
                }
            };
            self.refuse(ident.span(), format!("the type `{name}` has no lanes: {instead}"));
            return Type::Inferred(ident.span());
        }
        let name = path.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default();
        let instead = match name.as_str() {
            "Vec" | "VecDeque" | "Box" | "Rc" | "Arc" => "a kernel allocates nothing; use a fixed array `[T; N]`",
            "Option" | "Result" => "compute the value and a `bool` beside it",
            "Complex" | "Complex32" | "Complex64" => "compute with the real and the imaginary part as two values",
            name if SCALARS.contains(&name) => "write the element type by its short name",
            "Array" | "Array1" | "Array2" | "ArrayD" | "ArrayView" | "ArrayView1" | "ArrayView2" => {
                "a scalar kernel takes one element of each array; the arrays are given at the call"
            }
            _ => "values in a kernel are numbers, `bool`, tuples and fixed arrays of them",
        };
        self.refuse(path.span(), format!("the type `{name}` has no lanes: {instead}"));
        Type::Inferred(path.span())
    }

    /// The type of a `#[uniform]` parameter: also slices and references to arrays.
    pub(super) fn uniform_type(&mut self, ty: &syn::Type) -> Type {
        if let syn::Type::Reference(reference) = ty {
            if let Some(mutable) = &reference.mutability {
                self.refuse(mutable.span, "a `#[uniform]` parameter is only read: remove `mut`");
            }
            return match &*reference.elem {
                syn::Type::Slice(slice) => Type::Slice(Box::new(self.ty(&slice.elem))),
                syn::Type::Array(_) => Type::Slice(Box::new(self.ty(&reference.elem))),
                other => {
                    self.refuse(other.span(), "a `#[uniform]` reference is to a slice `&[T]` or to an array `&[T; N]`");
                    Type::Inferred(other.span())
                }
            };
        }
        self.ty(ty)
    }

    /// `f64` in `f64::max(a, b)`.
    pub(super) fn scalar_named(ident: &syn::Ident) -> Option<Type> {
        SCALARS.contains(&ident.to_string().as_str()).then(|| Type::Scalar(ident.clone()))
    }
}
