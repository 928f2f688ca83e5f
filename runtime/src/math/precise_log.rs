//! The natural logarithm of `f64` to some 64 bits, for functions that multiply it.
//!
//! As in [`cells`](super::cells) `ln x = k ln 2 - ln c + ln(1 + r)`, the first two to 95 bits. With
//! `s = 2r / (2 + r)` in two parts, `ln(1 + r) = s + s³ q(s²)`: the last term is below 2^-11 of the others, so that
//! its rounding does not count.

use super::cells::{Cell, NATURAL_F64};
use super::eft::{Dd, fast_two_sum, fma, residual};
use super::log::Domain;
use crate::lanes::{Simd, Vector};

/// What the `logs` of [`NATURAL_F64`] lack to `-ln c`, with all bits.
const RESTS: [f64; 8] = [
    0.0,
    3.3871241029241416e-14,
    -4.3425422595242564e-14,
    -6.292357389008195e-14,
    7.260466149925637e-14,
    9.667719603235566e-14,
    -8.590204918402764e-14,
    1.0711543657844876e-13,
];

/// The logarithm of positive numbers, the second part at most half a unit of the first.
#[inline(always)]
pub(super) fn precise_ln<S: Simd>(x: Vector<f64, S>) -> (Domain<S>, Dd<f64, S>) {
    let (domain, Cell { k, index, r, .. }) = Cell::of(x);
    let (two, twice) = (splat!(x, 2.0), r + r);
    let denominator = fast_two_sum(two, r);
    let inverse = splat!(x, 1.0) / denominator.hi;
    let s = twice * inverse;
    let s_rest = fma(-s, denominator.lo, residual(s, denominator.hi, twice));
    let z = s * s;
    let q = horner!(z;
        0.08333333333333333, 0.01250000000000154, 0.0022321428435235316, 0.0004340320612980162, 8.840695777297217e-5);
    let tail = fma(z * s, q, s_rest * inverse);
    // |hi| > |s| or it is 0.
    let hi = fma(k, splat!(k, NATURAL_F64.log_2.0), index.lookup8(&NATURAL_F64.logs));
    let rest = fma(k, splat!(k, NATURAL_F64.log_2.1), index.lookup8(&RESTS));
    let sum = fast_two_sum(hi, s);
    (domain, fast_two_sum(sum.hi, sum.lo + (tail + rest)))
}
