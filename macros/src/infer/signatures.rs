//! The types that methods take and give, as they follow from the receiver's.

use super::terms::Class;

/// A type that a method takes or gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// The receiver's.
    Same,
    Scalar(&'static str),
    /// The unsigned integer of the receiver's width.
    Unsigned,
    /// Two of the receiver's.
    Pair,
    /// One of the receiver's, and an exponent.
    Parts,
}

pub(super) struct Signature {
    names: &'static [&'static str],
    /// The numbers that have the method.
    pub(super) of: Class,
    /// What every argument is.
    pub(super) args: Part,
    pub(super) result: Part,
}

const fn row(of: Class, args: Part, result: Part, names: &'static [&'static str]) -> Signature {
    Signature { names, of, args, result }
}

use Class::{Float, Integer, Unknown};
use Part::{Pair, Parts, Same, Scalar, Unsigned};

#[rustfmt::skip]
const SIGNATURES: &[Signature] = &[
    row(Unknown, Same, Same, &["abs", "signum", "min", "max", "clamp", "div_euclid", "rem_euclid"]),
    row(Float, Same, Same, &[
        "copysign", "floor", "ceil", "trunc", "round", "round_ties_even", "fract", "sqrt", "mul_add", "recip",
        "to_degrees", "to_radians", "fdim", "fmin", "fmax", "nextafter", "logb", "fmod", "remainder",
        "exp", "exp2", "exp_m1", "exp10", "ln", "log2", "log10", "ln_1p", "log", "powf", "cbrt", "hypot",
        "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
        "sinpi", "cospi", "tanpi", "erf", "erfc", "erfinv", "erfcinv", "norm_cdf", "norm_ppf",
        "j0", "j1", "y0", "y1", "tgamma", "lgamma", "digamma", "logistic", "softplus", "rsqrt",
    ]),
    row(Float, Same, Scalar("bool"), &[
        "is_nan", "is_infinite", "is_finite", "is_normal", "is_subnormal", "is_sign_negative", "is_sign_positive",
    ]),
    row(Float, Scalar("i32"), Same, &["powi", "ldexp"]),
    row(Float, Same, Scalar("i32"), &["ilogb"]),
    row(Float, Same, Pair, &["sin_cos"]),
    row(Float, Same, Parts, &["frexp"]),
    row(Float, Same, Unsigned, &["to_bits"]),
    row(Integer, Same, Same, &[
        "wrapping_add", "wrapping_sub", "wrapping_mul", "wrapping_neg", "wrapping_abs",
        "saturating_add", "saturating_sub", "saturating_mul", "swap_bytes", "reverse_bits",
        "next_power_of_two", "isqrt", "div_ceil",
    ]),
    row(Integer, Scalar("u32"), Same, &["pow", "wrapping_shl", "wrapping_shr", "rotate_left", "rotate_right"]),
    row(Integer, Same, Scalar("u32"), &[
        "count_ones", "count_zeros", "leading_zeros", "trailing_zeros", "leading_ones", "trailing_ones",
        "ilog2", "ilog10",
    ]),
    row(Integer, Same, Unsigned, &["abs_diff", "unsigned_abs"]),
    row(Integer, Same, Scalar("bool"), &["is_positive", "is_negative", "is_power_of_two"]),
    // Arrays and slices.
    row(Unknown, Same, Scalar("usize"), &["len"]),
    row(Unknown, Same, Scalar("bool"), &["is_empty"]),
];

pub(super) fn method(name: &str) -> Option<&'static Signature> {
    SIGNATURES.iter().find(|signature| signature.names.contains(&name))
}

/// The unsigned integer that is as wide as a type.
pub(super) fn unsigned(name: &str) -> Option<&'static str> {
    Some(match name {
        "i8" | "u8" => "u8",
        "i16" | "u16" => "u16",
        "i32" | "u32" | "f32" => "u32",
        "i64" | "u64" | "f64" => "u64",
        "isize" | "usize" => "usize",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::{Class as Cost, METHODS};

    #[test]
    fn every_method_has_one_signature() {
        for method in METHODS {
            let rows = SIGNATURES.iter().filter(|signature| signature.names.contains(&method.name));
            assert_eq!(rows.count(), 1, "{}", method.name);
        }
        let listed: usize = SIGNATURES.iter().map(|signature| signature.names.len()).sum();
        assert_eq!(listed, METHODS.len(), "a method that is not known");
    }

    #[test]
    fn math_is_of_floats() {
        for known in METHODS.iter().filter(|method| matches!(method.class, Cost::Math | Cost::Further)) {
            assert_eq!(method(known.name).map(|signature| signature.of), Some(Float), "{}", known.name);
        }
    }
}
