//! What is said of arguments that are none.

use proc_macro2::{Delimiter, Ident, Span, TokenTree};

use crate::diagnostics::Problems;
use crate::methods::nearest;
use crate::parse::SCALARS;

/// What to say of an argument that cannot be read.
pub(super) fn malformed(first: Option<&TokenTree>, error: &syn::Error) -> (Span, String) {
    match first {
        Some(TokenTree::Literal(literal)) => {
            (literal.span(), "a signature stands without quotes, as in `f64(f64, f64)`".to_owned())
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => {
            (group.span(), "signatures stand without brackets, as in `f32(f32), f64(f64)`".to_owned())
        }
        _ => (
            error.span(),
            "an argument is a signature, the result's type and then the parameters' as in `f64(f64, f64)`, or an \
             option; they are separated by commas"
                .to_owned(),
        ),
    }
}

pub(super) fn is_element(ty: &Ident) -> bool {
    SCALARS.contains(&ty.to_string().as_str())
}

/// What to say of a type that has no lanes, in a signature.
pub(super) fn no_element(ty: &Ident) -> String {
    let name = ty.to_string();
    let ours = match name.as_str() {
        "float16" | "float128" | "f16" | "f128" => Some("only `f32` and `f64` have float lanes".to_owned()),
        "bool_" | "boolean" | "b1" => Some("write `bool`".to_owned()),
        "intp" => Some("write `isize`".to_owned()),
        "uintp" => Some("write `usize`".to_owned()),
        // `float64` is `f64`, `uint8` is `u8`.
        _ => name.find(|c: char| c.is_ascii_digit()).and_then(|at| {
            let (kind, bits) = name.split_at(at);
            let ours = format!("{}{bits}", kind.chars().next()?);
            (["float", "int", "uint"].contains(&kind) && SCALARS.contains(&ours.as_str()))
                .then(|| format!("write `{ours}`"))
        }),
    };
    let known = || format!("these are {}", SCALARS.join(", "));
    format!("`{name}` is no element type: {}", ours.unwrap_or_else(known))
}

/// An argument that is no option: Numba's say why they are not needed here.
pub(super) fn unknown(name: &Ident, attribute: &str, arrays: bool, problems: &mut Problems) {
    let text = name.to_string();
    let message = match text.as_str() {
        "nopython" => "`nopython` has no meaning here: a kernel is always compiled, or refused; remove it".to_owned(),
        "nogil" => "`nogil` has no meaning here: Rust has no interpreter lock; remove it".to_owned(),
        "cache" => "`cache` has no meaning here: kernels are compiled with the program; remove it".to_owned(),
        "forceobj" | "looplift" => {
            format!("`{text}` has no meaning here: nothing ever falls back to an interpreter; remove it")
        }
        "target" => "`target` has no meaning here: one binary holds the code for every level, and the best one is \
                     picked at run time; remove it"
            .to_owned(),
        "error_model" => "`error_model` has no meaning here: kernels keep Rust's meaning; remove it".to_owned(),
        "boundscheck" => "`boundscheck` has no meaning here: indices are always checked; remove it".to_owned(),
        "inline" => "`inline` has no meaning here: device functions are always inlined; remove it".to_owned(),
        _ if no_element(name).contains("write") => no_element(name),
        "f16" | "f128" | "i128" | "u128" | "char" | "str" | "String" => no_element(name),
        _ => {
            let known: &[&str] = match attribute {
                "vectorize" => &["parallel", "ulp", "fastmath", "identity", "reorderable", "of", "crate"],
                "guvectorize" => &["dims", "lanes", "parallel", "reassoc", "fastmath", "ulp", "crate"],
                _ if arrays => &["parallel", "ulp", "fastmath", "reassoc", "crate"],
                _ => &["ulp", "fastmath", "of", "crate"],
            };
            let meant =
                nearest(&text, known.iter().copied()).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            let known = known.join("`, `");
            let signatures =
                if arrays && attribute != "guvectorize" { "" } else { " and signatures such as `f64(f64)`" };
            format!("`{text}` is no option of `#[{attribute}]`: these are `{known}`{signatures}{meant}")
        }
    };
    problems.push(name.span(), message);
}
