//! The natural logarithm of `f64` to some 68 bits, for functions that multiply it.
//!
//! As in [`cells`](super::cells) `ln x = k ln 2 - ln c + ln(1 + r)`, the first two to 95 bits. With `s = r / (1 + r/2)`,
//! `ln(1 + r) = s + s³/12 (1 + s² q(s²))`: the first two terms in two parts, as in front of the second cell more than half
//! of the sum cancels, and a power multiplies what is left by up to 2^15. The last term is below 2^-20 of the first, so
//! that its rounding does not count.

use super::cells::{Cell, NATURAL_F64, NATURAL_RESTS_F64};
use super::eft::{Dd, fast_two_sum, fma, residual, two_prod};
use super::log::Domain;
use crate::lanes::{Simd, Vector};

/// 1/12, which is more by 2^-54 of it.
const TWELFTH: f64 = 1.0 / 12.0;

/// The logarithm of positive numbers, the second part below 2^-25 of the first.
#[inline(always)]
pub(super) fn precise_ln<S: Simd>(x: Vector<f64, S>) -> (Domain<S>, Dd<f64, S>) {
    let (domain, Cell { k, index, r, .. }) = Cell::of(x);
    let (one, half) = (splat!(x, 1.0), r * splat!(x, 0.5));
    let inverse = one / (one + half);
    let s = r * inverse;
    // r less s (1 + r/2), of which r - s is exact.
    let s_rest = residual(s, half, r - s) * inverse;
    // s³/12, and what the rest of s adds to it: s²/4 times the rest.
    let square = two_prod(s, s);
    let twelfth = two_prod(square.hi, splat!(x, TWELFTH));
    let cube = two_prod(twelfth.hi, s);
    let cube_lo = fma(twelfth.hi * splat!(x, 3.0), s_rest, cube.lo);
    let cube_lo = fma(fma(square.lo, splat!(x, TWELFTH), twelfth.lo), s, cube_lo);
    // The constant is what the twelfth lacks, in parts of it.
    let q = horner!(square.hi;
        5.551115123125783e-17, 0.14999999999999958, 0.02678571428914489, 0.005208328971935731, 0.0010671150635897099);
    let small = fma(cube.hi, q, cube_lo + s_rest);
    // |hi| > |s| or it is 0, and |s| > |cube|.
    let hi = fma(k, splat!(k, NATURAL_F64.log_2.0), index.lookup8(&NATURAL_F64.logs));
    let rest = fma(k, splat!(k, NATURAL_F64.log_2.1), index.lookup8(&NATURAL_RESTS_F64));
    let sum = fast_two_sum(hi, s);
    let all = fast_two_sum(sum.hi, cube.hi);
    (domain, Dd { hi: all.hi, lo: all.lo + (sum.lo + (small + rest)) })
}
