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
            let message = format!("the type `{name}` has no lanes: {}", without_lanes(&name));
            if name == "f16" || name == "f128" {
                self.refuse_in_place_of_rustc(ident.span(), message);
            } else {
                self.refuse(ident.span(), message);
            }
            return Type::Inferred(ident.span());
        }
        let last = path.path.segments.last().map_or_else(|| path.span(), |segment| segment.ident.span());
        let name = path.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default();
        let instead = if SCALARS.contains(&name.as_str()) {
            "the attribute reads names; write the element type by its short name"
        } else {
            without_lanes(&name)
        };
        self.refuse(last, format!("the type `{name}` has no lanes: {instead}"));
        Type::Inferred(last)
    }

    /// The type of a `#[uniform]` parameter: also slices and references to arrays.
    pub(super) fn uniform_type(&mut self, ty: &syn::Type) -> Type {
        if let syn::Type::Reference(reference) = ty {
            if let Some(mutable) = &reference.mutability {
                self.refuse(mutable.span, "a `#[uniform]` parameter is only read: remove `mut`");
                return Type::Inferred(mutable.span);
            }
            return match &*reference.elem {
                syn::Type::Slice(slice) => Type::Slice(Box::new(self.ty(&slice.elem))),
                syn::Type::Array(_) => Type::Slice(Box::new(self.ty(&reference.elem))),
                other => {
                    let instead = match other {
                        syn::Type::Path(path) if path.path.segments.last().is_some_and(|s| s.ident == "Vec") => {
                            "write `&[T]`"
                        }
                        _ => "take the value itself",
                    };
                    self.refuse(
                        other.span(),
                        format!("a `#[uniform]` reference is to a slice `&[T]` or to an array `&[T; N]`: {instead}"),
                    );
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

/// Why a type has no lanes, and what to write instead.
pub(super) fn without_lanes(name: &str) -> &'static str {
    match name {
        "i128" | "u128" => "no machine has 128-bit lanes; use two 64-bit values",
        "char" => "write `u32` or `u8`, and letters as numbers, such as `b'a'`",
        "String" | "str" => "kernels compute with numbers and bools",
        "f16" | "f128" => "only `f32` and `f64` have float lanes",
        "Self" => "a kernel is a free function",
        "Vec" | "VecDeque" | "Box" | "Rc" | "Arc" | "HashMap" | "BTreeMap" | "HashSet" => {
            "a kernel allocates nothing; use a fixed array `[T; N]`"
        }
        "Option" | "Result" | "Some" | "None" | "Ok" | "Err" => "compute the value and a `bool` beside it",
        "Complex" | "Complex32" | "Complex64" => "compute with the real and the imaginary part as two values",
        "Default" => "write the value itself",
        "Array" | "Array1" | "Array2" | "Array3" | "ArrayD" | "ArrayView" | "ArrayView1" | "ArrayView2"
        | "ArrayView3" | "ArrayViewD" | "ArrayRef" => {
            "a scalar kernel takes one element; the arrays are given where it is called"
        }
        _ => {
            "values in a kernel are numbers, `bool`, tuples and fixed arrays of them, by these names; write an alias \
             out, and a struct's fields as separate values"
        }
    }
}
