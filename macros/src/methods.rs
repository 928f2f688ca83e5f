//! The methods that have a meaning in lanes: one row each.

use proc_macro2::Span;

/// How a method behaves in lanes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    /// A few instructions, for every input.
    Cheap,
    /// Many instructions, for every input.
    Costly,
    /// Not exact: the library's own result also where all operands are uniform.
    Math,
    /// Can panic: takes the mask, and its lane method is called `<name>_active`.
    Fallible,
    /// Asks an array or slice for its length: uniform always.
    Length,
}

pub(crate) struct Method {
    pub(crate) name: &'static str,
    /// Arguments beside the receiver.
    pub(crate) args: usize,
    pub(crate) class: Class,
}

const fn row(name: &'static str, args: usize, class: Class) -> Method {
    Method { name, args, class }
}

use Class::{Cheap, Costly, Fallible, Length, Math};

#[rustfmt::skip]
pub(crate) const METHODS: &[Method] = &[
    // Floats: exact.
    row("abs", 0, Cheap), row("signum", 0, Cheap), row("copysign", 1, Cheap),
    row("floor", 0, Cheap), row("ceil", 0, Cheap), row("trunc", 0, Cheap), row("round", 0, Cheap),
    row("round_ties_even", 0, Cheap), row("fract", 0, Cheap), row("sqrt", 0, Cheap), row("mul_add", 2, Cheap),
    row("recip", 0, Cheap), row("to_degrees", 0, Cheap), row("to_radians", 0, Cheap),
    row("min", 1, Cheap), row("max", 1, Cheap), row("clamp", 2, Fallible),
    row("is_nan", 0, Cheap), row("is_infinite", 0, Cheap), row("is_finite", 0, Cheap), row("is_normal", 0, Cheap),
    row("is_subnormal", 0, Cheap), row("is_sign_negative", 0, Cheap), row("is_sign_positive", 0, Cheap),
    row("to_bits", 0, Cheap),
    row("div_euclid", 1, Fallible), row("rem_euclid", 1, Fallible),
    // Floats: within the stated error.
    row("exp", 0, Math), row("exp2", 0, Math), row("exp_m1", 0, Math),
    row("ln", 0, Math), row("log2", 0, Math), row("log10", 0, Math), row("ln_1p", 0, Math), row("log", 1, Math),
    row("powf", 1, Math), row("powi", 1, Math), row("cbrt", 0, Math), row("hypot", 1, Math),
    row("sin", 0, Math), row("cos", 0, Math), row("tan", 0, Math), row("sin_cos", 0, Math),
    row("asin", 0, Math), row("acos", 0, Math), row("atan", 0, Math), row("atan2", 1, Math),
    row("sinh", 0, Math), row("cosh", 0, Math), row("tanh", 0, Math),
    // Integers.
    row("pow", 1, Costly), row("is_positive", 0, Cheap), row("is_negative", 0, Cheap),
    row("wrapping_add", 1, Cheap), row("wrapping_sub", 1, Cheap), row("wrapping_mul", 1, Cheap),
    row("wrapping_neg", 0, Cheap), row("wrapping_abs", 0, Cheap), row("wrapping_shl", 1, Cheap),
    row("wrapping_shr", 1, Cheap), row("saturating_add", 1, Cheap), row("saturating_sub", 1, Cheap),
    row("saturating_mul", 1, Costly), row("abs_diff", 1, Cheap), row("unsigned_abs", 0, Cheap),
    row("count_ones", 0, Cheap), row("count_zeros", 0, Cheap), row("leading_zeros", 0, Cheap),
    row("trailing_zeros", 0, Cheap), row("leading_ones", 0, Cheap), row("trailing_ones", 0, Cheap),
    row("rotate_left", 1, Cheap), row("rotate_right", 1, Cheap), row("swap_bytes", 0, Cheap),
    row("reverse_bits", 0, Cheap), row("is_power_of_two", 0, Cheap), row("next_power_of_two", 0, Cheap),
    row("isqrt", 0, Costly), row("div_ceil", 1, Fallible), row("ilog2", 0, Fallible), row("ilog10", 0, Fallible),
    // Arrays and slices.
    row("len", 0, Length), row("is_empty", 0, Length),
];

/// Functions of a type that take no receiver: `f64::from_bits(b)`, `f64::from(x)`.
pub(crate) const CONSTRUCTORS: &[&str] = &["from_bits", "from"];

pub(crate) fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name)
}

/// What to say of a method that is not in the table.
pub(crate) fn refusal(name: &str, _span: Span) -> String {
    let advice = match name {
        "clone" | "to_owned" | "into" | "as_ref" | "borrow" => {
            "values in a kernel are copied as they are: leave the call away".to_owned()
        }
        "unwrap" | "expect" | "unwrap_or" | "map" | "and_then" | "ok" => {
            "`Option` and `Result` have no lanes: compute the value and a `bool` beside it".to_owned()
        }
        "iter" | "iter_mut" | "into_iter" | "chunks" | "windows" | "zip" | "enumerate" | "fold" | "sum" | "product"
        | "for_each" | "filter" => {
            "iterators have no lanes: write a `for` loop over a range, an array or a `#[uniform]` slice".to_owned()
        }
        "checked_add" | "checked_sub" | "checked_mul" | "checked_div" | "overflowing_add" | "overflowing_sub"
        | "overflowing_mul" => "use the `wrapping_` or `saturating_` form, and compare".to_owned(),
        "partial_cmp" | "cmp" | "total_cmp" | "eq" | "ne" | "lt" | "le" | "gt" | "ge" => {
            "compare with `<`, `<=`, `==` and so on".to_owned()
        }
        "push" | "pop" | "insert" | "extend" | "to_vec" => {
            "a kernel allocates nothing: use a fixed array `[T; N]`".to_owned()
        }
        "to_string" | "as_str" | "chars" | "bytes" => {
            "text has no lanes: kernels compute with numbers and bools".to_owned()
        }
        _ => match nearest(name) {
            Some(known) => format!("did you mean `{known}`? Otherwise write it out, or as a `#[jit]` function"),
            None => "write it out, or as a `#[jit]` function".to_owned(),
        },
    };
    format!("the method `{name}` has no meaning in lanes; {advice}")
}

/// The known method whose name differs least, if it differs little.
fn nearest(name: &str) -> Option<&'static str> {
    let limit = if name.len() <= 4 { 1 } else { 2 };
    METHODS
        .iter()
        .map(|method| (distance(name, method.name), method.name))
        .min()
        .filter(|(distance, _)| *distance <= limit)
        .map(|(_, name)| name)
}

/// Levenshtein's edit distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}
