//! Logarithms in `f32` within 4 ulp; see [`log`](mod@super::log). The method and the cells are those of
//! [`loose_log`](mod@super::loose_log), with `1 / ln b` in the factors: `r` is `c m / ln b - 1 / ln b`, and joins the other terms as
//! soon as it is known.

use super::cells_single::{Split, UNIT};
use super::log::{self, Domain};
use super::loose_log::LooseLog;
use crate::lanes::{Simd, Vector};

/// A base `b` of logarithms.
struct Base {
    /// `c / ln b`.
    factors: [f32; 8],
    /// `-log c`.
    logs: [f32; 8],
    /// `log 2`.
    log_2: f32,
    /// `1 / ln b`.
    per_ln: f32,
    /// `(log(1 + r ln b) - r) / r²`.
    quotient: [f32; 4],
}

const NATURAL: Base = Base {
    factors: <f32 as LooseLog>::INVERSES,
    logs: [-0.30343083, -0.22216804, -0.14701468, -0.077118136, 0.0, 0.0967294, 0.20421553, 0.30126137],
    log_2: std::f32::consts::LN_2,
    per_ln: 1.0,
    quotient: [-0.4999998, 0.3333326, -0.25053832, 0.20069046],
};

const BASE_2: Base = Base {
    factors: [1.9541266, 1.8016094, 1.6711761, 1.5583541, std::f32::consts::LOG2_E, 1.3096806, 1.1762099, 1.0674275],
    logs: [-0.43775758, -0.3205199, -0.21209739, -0.11125677, 0.0, 0.13955136, 0.29462078, 0.43462825],
    log_2: 1.0,
    per_ln: std::f32::consts::LOG2_E,
    quotient: [-0.34657344, 0.16015065, -0.08343577, 0.04632757],
};

const BASE_10: Base = Base {
    factors: [
        0.58825076,
        0.5423385,
        0.50307417,
        0.46911135,
        std::f32::consts::LOG10_E,
        0.39425316,
        0.35407448,
        0.32132772,
    ],
    logs: [-0.13177817, -0.09648611, -0.0638477, -0.033491623, 0.0, 0.042009134, 0.0886897, 0.13083613],
    log_2: std::f32::consts::LOG10_2,
    per_ln: std::f32::consts::LOG10_E,
    quotient: [-1.151292, 1.7672954, -3.0587025, 5.641442],
};

/// Where the exponent is usual it is an integer as soon as the other bits are masked off.
#[inline(always)]
fn log<S: Simd>(x: Vector<f32, S>, base: &Base) -> Vector<f32, S> {
    let split = Split::from_least(x, f32::START);
    let result = log_of_split(&split, base);
    let usual = split.usual_of(x);
    if usual.all() {
        return result;
    }
    let any = log_of_split(&Split::any_from_least(x, f32::START), base);
    Vector::select(usual, result, Domain { usual, any_rare: true }.finish(x, any))
}

#[inline(always)]
fn log_of_split<S: Simd>(split: &Split<S>, base: &Base) -> Vector<f32, S> {
    let Split { k, m, index, .. } = *split;
    let r = m.mul_add(index.lookup8(&base.factors), splat!(k, -base.per_ln));
    let sum = k.mul_add(splat!(k, base.log_2 * UNIT), index.lookup8(&base.logs)) + r;
    let [a, b, c, d] = base.quotient;
    let square = r * r;
    let quotient = horner!(r; c, d).mul_add(square, horner!(r; a, b));
    square.mul_add(quotient, sum)
}

/// With FMA, without which the functions are those within 1 ulp: `r` would not be exact.
macro_rules! with_fma {
    ($($name:ident, $base:ident, $strict:path;)*) => {$(
        #[inline(always)]
        pub(super) fn $name<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
            if S::FMA { log(x, &$base) } else { $strict(x) }
        }
    )*};
}

with_fma! {
    ln_f32, NATURAL, log::ln_f32;
    log2_f32, BASE_2, log::log2_f32;
    log10_f32, BASE_10, log::log10_f32;
}
