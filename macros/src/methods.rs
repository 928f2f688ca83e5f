//! The methods that have a meaning in lanes: one row each.

/// How a method behaves in lanes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    /// A few instructions, for every input.
    Cheap,
    /// Many instructions, for every input.
    Costly,
    /// A few instructions, but the standard library has it not: computed in lanes also where all operands are uniform.
    Further,
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

use Class::{Cheap, Costly, Fallible, Further, Length, Math};

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
    row("fdim", 1, Further), row("fmin", 1, Further), row("fmax", 1, Further), row("nextafter", 1, Further),
    row("frexp", 0, Further), row("ldexp", 1, Further), row("logb", 0, Further), row("ilogb", 0, Further),
    row("fmod", 1, Math), row("remainder", 1, Math),
    // Floats: within the stated error.
    row("exp", 0, Math), row("exp2", 0, Math), row("exp_m1", 0, Math), row("exp10", 0, Math),
    row("ln", 0, Math), row("log2", 0, Math), row("log10", 0, Math), row("ln_1p", 0, Math), row("log", 1, Math),
    row("powf", 1, Math), row("powi", 1, Math), row("cbrt", 0, Math), row("hypot", 1, Math),
    row("sin", 0, Math), row("cos", 0, Math), row("tan", 0, Math), row("sin_cos", 0, Math),
    row("asin", 0, Math), row("acos", 0, Math), row("atan", 0, Math), row("atan2", 1, Math),
    row("sinh", 0, Math), row("cosh", 0, Math), row("tanh", 0, Math),
    row("erf", 0, Math), row("erfc", 0, Math), row("norm_cdf", 0, Math),
    row("erfinv", 0, Math), row("erfcinv", 0, Math), row("norm_ppf", 0, Math),
    row("j0", 0, Math), row("j1", 0, Math), row("y0", 0, Math), row("y1", 0, Math),
    row("tgamma", 0, Math), row("lgamma", 0, Math), row("digamma", 0, Math),
    row("asinh", 0, Math), row("acosh", 0, Math), row("atanh", 0, Math),
    row("sinpi", 0, Math), row("cospi", 0, Math), row("tanpi", 0, Math),
    row("logistic", 0, Math), row("softplus", 0, Math), row("rsqrt", 0, Math),
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
    row("isqrt", 0, Fallible), row("div_ceil", 1, Fallible), row("ilog2", 0, Fallible), row("ilog10", 0, Fallible),
    // Arrays and slices.
    row("len", 0, Length), row("is_empty", 0, Length),
];

/// Functions of a type that take no receiver: `f64::from_bits(b)`, `f64::from(x)`.
pub(crate) const CONSTRUCTORS: &[&str] = &["from_bits", "from"];

pub(crate) fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name)
}

/// What to say of a method that is not in the table, if Rust has it and lanes have not.
pub(crate) fn advice(name: &str) -> Option<String> {
    let advice = match name {
        "clone" | "to_owned" | "into" | "as_ref" | "borrow" => "values in a kernel are copied; leave the call away",
        "try_into" => "convert with `as`",
        "unwrap" | "expect" | "unwrap_or" | "unwrap_or_else" | "unwrap_or_default" | "and_then" | "ok" | "ok_or"
        | "is_some" | "is_none" | "is_ok" | "is_err" => {
            "`Option` and `Result` have no lanes; compute the value and a `bool` beside it"
        }
        "iter" | "iter_mut" | "into_iter" | "chunks" | "chunks_exact" | "windows" | "zip" | "enumerate" | "map"
        | "filter" | "fold" | "sum" | "product" | "for_each" | "rev" | "step_by" | "skip" | "take" | "any" | "all"
        | "count" | "position" | "collect" | "get" | "first" | "last" => {
            "iterators have no lanes; write a `for` loop over a range, an array or a `#[uniform]` slice"
        }
        "contains" => "compare with both ends, as in `0 <= x && x < n`",
        "partial_cmp" | "cmp" | "total_cmp" | "eq" | "ne" | "lt" | "le" | "gt" | "ge" => {
            "compare with `<`, `<=`, `==` and so on"
        }
        "then" | "then_some" => "write an `if` with an `else`",
        "push" | "pop" | "insert" | "extend" | "to_vec" => "a kernel allocates nothing; use a fixed array `[T; N]`",
        "swap" | "fill" | "copy_from_slice" | "clone_from_slice" | "sort" | "sort_unstable" => {
            "a kernel calls nothing that changes its receiver; assign the elements"
        }
        "get_unchecked" | "get_unchecked_mut" | "as_ptr" | "as_mut_ptr" | "to_int_unchecked" => {
            "`unsafe` code cannot be checked for lanes that are off; index with `[i]`, convert with `as`"
        }
        "assign" | "dot" | "mapv" | "mapv_into" | "map_inplace" | "mapv_inplace" | "par_mapv_inplace" | "mean"
        | "std" | "var" | "sum_axis" | "mean_axis" | "fold_axis" | "scaled_add" | "zip_mut_with" | "slice"
        | "slice_mut" | "t" | "reversed_axes" => {
            "it is for whole arrays; write a `for` loop over the elements, or a function of whole arrays with `#[jit]`"
        }
        "to_string" | "as_str" | "chars" | "bytes" => "text has no lanes; compute with numbers and bools",
        _ => {
            if let Some(operation) = name.strip_prefix("checked_").or_else(|| name.strip_prefix("overflowing_")) {
                let wrapping = format!("wrapping_{operation}");
                let instead = if find(&wrapping).is_some() { wrapping } else { "wrapping_add".to_owned() };
                return Some(format!(
                    "it gives more than a number; use the `wrapping_` form, such as `{instead}`, and compare"
                ));
            }
            return None;
        }
    };
    Some(advice.to_owned())
}

/// What to say of a method that is not known at all.
pub(crate) fn unknown(name: &str) -> String {
    let meant = nearest(name, METHODS.iter().map(|method| method.name))
        .map_or(String::new(), |known| format!("did you mean `{known}`? Otherwise "));
    format!("lanes have no method `{name}`: {meant}write it out, or as a `#[jit]` function")
}

/// The known name that differs least, if it differs little.
pub(crate) fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let limit = if name.len() <= 4 { SLIP } else { 2 * SLIP };
    // Of two that are as near, the one as long.
    known
        .map(|known| (distance(name, known), known.len().abs_diff(name.len()), known))
        .min()
        .filter(|(distance, ..)| *distance <= limit)
        .map(|(.., known)| known)
}

/// What a replaced letter counts; one that is left out, doubled or swapped with its neighbour is
/// the likelier slip and counts one less.
const SLIP: usize = 3;

/// The edit distance of Damerau and Levenshtein, restricted: letters are inserted, removed, replaced,
/// and neighbours swapped, no letter twice.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in table.iter_mut().enumerate() {
        row[0] = i * (SLIP - 1);
    }
    table[0] = (0..=b.len()).map(|j| j * (SLIP - 1)).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let replaced = table[i - 1][j - 1] + if a[i - 1] == b[j - 1] { 0 } else { SLIP };
            let mut least = replaced.min(table[i - 1][j] + SLIP - 1).min(table[i][j - 1] + SLIP - 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(table[i - 2][j - 2] + SLIP - 1);
            }
            table[i][j] = least;
        }
    }
    table[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_distinct() {
        let mut names: Vec<_> = METHODS.iter().map(|method| method.name).collect();
        names.sort_unstable();
        assert_eq!(names.iter().zip(names.iter().skip(1)).find(|(a, b)| a == b), None);
    }

    #[test]
    fn what_is_known_is_not_refused() {
        for method in METHODS {
            assert_eq!(advice(method.name), None, "of `{}`", method.name);
        }
    }

    #[test]
    fn nearest_finds_slips_and_nothing_far() {
        let near = |name| nearest(name, METHODS.iter().map(|method| method.name));
        assert_eq!(near("tahn"), Some("tanh"));
        assert_eq!(near("sinn"), Some("sin"));
        assert_eq!(near("wraping_add"), Some("wrapping_add"));
        assert_eq!(near("hypotenuse"), None);
    }
}
