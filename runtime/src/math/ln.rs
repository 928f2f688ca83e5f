//! The natural logarithm.
//!
//! ## `ln`
//!
//! - Formula: the natural logarithm.
//! - Method (`f64`): `x = 2^k m` with `m` from 0.958 to 1.916; `c m = 1 + r` exactly, with `c` of 5 bits from a
//!   table, so that `|r| < 1/15`; `ln x = k ln 2 - ln c + ln(1 + r)`, the first two in two parts, `ln(1 + r) = r + r² q(r)`
//!   by a minimax polynomial. Where `k = 0` and `c = 1` nothing is added to that, so that nothing cancels near 1.
//! - Method (`f32`): `x = 2^k (1 + f)` with `sqrt(1/2) <= 1 + f < sqrt(2)`; `ln(1 + f) = f - f² / 2 + …` by a minimax
//!   polynomial; `k ln 2` in two parts.
//! - Domain: positive numbers, subnormal ones included.
//! - Error: 0.885 ulp (`f32`), 0.86 ulp (`f64`).
//! - Special values: `ln(1) = +0`, `ln(±0) = -inf`, `ln(+inf) = +inf`; negative numbers and NaN give NaN.

use super::bits::{Format, scale};
use super::eft::{Dd, fast_two_sum, fma, two_sum};
use super::exp::{LN_2_F32, LN_2_F64};
use super::log::Domain;
use crate::lanes::{Simd, Vector};

/// By the upper bits of the mantissa: `c`, near `1 / m`.
const INVERSES: [f64; 8] = [1.0, 0.90625, 0.8125, 0.75, 0.6875, 0.625, 0.59375, 0.53125];

/// `-ln c` to so many bits that its sum with a multiple of `ln 2` is exact.
const LNS: [f64; 8] = [
    0.0,
    0.09844007281321865,
    0.20763936477828793,
    0.28768207245184385,
    0.3746934494413381,
    0.4700036292456389,
    0.521296923633372,
    0.6325225587434034,
];

/// The rest of `-ln c` to 20 bits: the upper half of the representation, and as the lower half the same again, so
/// that a permutation of 32-bit lanes moves both at once.
const LNS_REST: [f64; 8] = {
    let rest = [
        0.0,
        3.387124102924142e-14,
        -4.342542259524257e-14,
        -6.292357389008195e-14,
        7.260466149925637e-14,
        9.667719603235564e-14,
        -8.590204918403763e-14,
        1.0711543657844876e-13,
    ];
    let mut table = [0.0; 8];
    let mut k = 0;
    while k < 8 {
        let half = (f64::to_bits(rest[k]) + (1 << 31)) >> 32;
        table[k] = f64::from_bits(half << 32 | half);
        k += 1;
    }
    table
};

/// The bits of 1 less those of the smallest `m`.
const ONE_LESS_LEAST: u64 = 43 << 43;

#[inline(always)]
pub(super) fn ln_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let cells = Cells::of(x);
    cells.domain.finish(x, cells.ln(cells.exact(), None))
}

#[inline(always)]
pub(super) fn ln_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let (domain, reduced) = Domain::reduce(x);
    domain.finish(x, reduced.terms_f32().ln(LN_2_F32))
}

/// A format with the logarithm of a sum.
pub(super) trait LnSum: Format {
    /// `ln(2^exponent (x.hi + x.lo))`, relatively accurate also near 1; if `x.hi` is 1, `x.lo` may be as large as its
    /// half unit. Without an exponent it is 0. Negative numbers and NaN give a positive NaN.
    fn ln_sum<S: Simd>(x: Dd<Self, S>, exponent: Option<Vector<Self, S>>) -> Vector<Self, S>;

    /// `term + ln(x.hi + x.lo)`, rounded once in effect, for `x.hi` from 1 to 2 and a `term` that is not negative.
    fn plus_ln_sum<S: Simd>(term: Vector<Self, S>, x: Dd<Self, S>) -> Vector<Self, S>;
}

impl LnSum for f64 {
    #[inline(always)]
    fn ln_sum<S: Simd>(x: Dd<f64, S>, exponent: Option<Vector<f64, S>>) -> Vector<f64, S> {
        let mut cells = Cells::of(x.hi);
        let (r, beside) = cells.with(x.lo);
        cells.k = exponent.map_or(cells.k, |exponent| cells.k + exponent);
        cells.domain.finish_sum(x.hi, cells.ln(r, Some(beside)))
    }

    #[inline(always)]
    fn plus_ln_sum<S: Simd>(term: Vector<f64, S>, x: Dd<f64, S>) -> Vector<f64, S> {
        let cells = Cells::of(x.hi);
        let (r, beside) = cells.with(x.lo);
        let ln = cells.extended_ln(r, Some(beside));
        let sum = two_sum(term, ln.hi);
        sum.hi + (sum.lo + ln.lo)
    }
}

impl LnSum for f32 {
    #[inline(always)]
    fn ln_sum<S: Simd>(x: Dd<f32, S>, exponent: Option<Vector<f32, S>>) -> Vector<f32, S> {
        let (domain, reduced) = Domain::reduce(x.hi);
        let mut terms = reduced.terms_with_f32(x.lo);
        terms.k = exponent.map_or(terms.k, |exponent| terms.k + exponent);
        domain.finish_sum(x.hi, terms.ln(LN_2_F32))
    }

    #[inline(always)]
    fn plus_ln_sum<S: Simd>(term: Vector<f32, S>, x: Dd<f32, S>) -> Vector<f32, S> {
        let (_, reduced) = Domain::reduce(x.hi);
        reduced.terms_with_f32(x.lo).plus_ln(term, LN_2_F32)
    }
}

/// An argument as `2^k m` with `m` from 0.958 to 1.916.
pub(super) struct Cells<S: Simd> {
    domain: Domain<S>,
    m: Vector<f64, S>,
    /// Where in [`INVERSES`] the inverse of `m` is, in the low bits.
    cell: Vector<u64, S>,
    k: Vector<f64, S>,
}

impl<S: Simd> Cells<S> {
    #[inline(always)]
    pub(super) fn of(x: Vector<f64, S>) -> Self {
        let (domain, bits, k) = Domain::split(x, ONE_LESS_LEAST);
        let m = (bits & splat!(x, f64::MANTISSA_MASK)) + splat!(x, 1f64.to_bits() - ONE_LESS_LEAST);
        Self { domain, m: Vector::from_bits(m), cell: bits.shr_uniform(f64::MANTISSA - 3), k }
    }

    /// `c m - 1`.
    #[inline(always)]
    pub(super) fn exact(&self) -> Vector<f64, S> {
        product_less_one(self.m, self.cell.lookup8(&INVERSES))
    }

    /// `c m - 1` for the argument and a tiny `rest` together, and what is to be added to its logarithm because it is
    /// rounded.
    #[inline(always)]
    fn with(&self, rest: Vector<f64, S>) -> (Vector<f64, S>, Vector<f64, S>) {
        let shifted = splat!(rest, f64::SHIFTER) - self.k;
        let sum = fast_two_sum(self.exact(), rest * scale(self.cell.lookup8(&INVERSES), shifted));
        // lo / (1 + r), to a few bits.
        (sum.hi, fma(-sum.lo, sum.hi, sum.lo))
    }

    /// The logarithm, for `r = c m - 1`, and with what is to be added `beside` it.
    #[inline(always)]
    fn ln(&self, r: Vector<f64, S>, beside: Option<Vector<f64, S>>) -> Vector<f64, S> {
        let ln = self.extended_ln(r, beside);
        ln.hi + ln.lo
    }

    /// The logarithm in two parts, the second some hundredths of the first.
    #[inline(always)]
    pub(super) fn extended_ln(&self, r: Vector<f64, S>, beside: Option<Vector<f64, S>>) -> Dd<f64, S> {
        let Self { cell, k, .. } = *self;
        // |hi| > |r| or it is 0, so that what the sum loses is exact.
        let hi = fma(k, splat!(k, LN_2_F64.0), cell.lookup8(&LNS));
        let sum = hi + r;
        let lost = (hi - sum) + r;
        let lost = beside.map_or(lost, |beside| lost + beside);
        let lo = lost + fma(k, splat!(k, LN_2_F64.1), cell.lookup8(&LNS_REST));
        let square = r * r;
        let even = horner!(square; -0.5000000000000001, -0.24999999999872285, -0.16666666943568126, -0.12499781805709856, -0.10071628749480248);
        let odd = horner!(square; 0.3333333333333256, 0.2000000000342547, 0.14285710330205026, 0.11112729172612666, 0.08898388388238314);
        let q = fma(r, odd, even);
        Dd { hi: sum, lo: fma(r * r, q, lo) }
    }
}

/// `m c - 1`, which is representable, as is the product of `c` and half of the bits of `m`.
#[inline(always)]
fn product_less_one<S: Simd>(m: Vector<f64, S>, c: Vector<f64, S>) -> Vector<f64, S> {
    let one = splat!(m, 1.0);
    if S::FMA {
        return m.mul_add(c, -one);
    }
    let hi = Vector::from_bits(m.to_bits() & splat!(m, f64::LOW_HALF.1));
    (hi * c - one) + (m - hi) * c
}
