//! Logarithms in `f32` by a table of eight cells, on levels with FMA: the method of `cells.rs`, with other cells and fewer
//! operations.

use super::bits::{Format, copy_sign};
use super::eft::fma;
use super::log::Domain;
use crate::lanes::{Mask, Simd, Vector};

/// By the upper bits of the mantissa: `c`. Such cells that nowhere the third term of the series is more
/// than a thousandth of the logarithm, and that the second cell's logarithms are from 1/16 on: what `log2 x` loses in its
/// first sum is exact then.
pub(super) const FACTORS: [f32; 8] = [1.0, 0.90625, 0.8125, 0.75, 0.6875, 0.625, 0.5625, 0.53125];
/// The bits of the smallest `m`: 40/64 of a cell's below those of 1.
const LEAST: u32 = 1f32.to_bits() - (40 << 14);

/// From here on an exponent is not usual: the argument may not be normal.
pub(super) const USUAL: f32 = 125.0 / UNIT;

/// The last place of the bits in parts of the exponent's unit.
pub(super) const UNIT: f32 = 1.0 / 8388608.0;

/// A base `b` of logarithms.
pub(super) struct Base {
    /// `-log c` in multiples of 2^-15, and the rest of it.
    logs: [f32; 8],
    rest: [f32; 8],
    /// `log 2` in the same multiples, and the rest.
    log_2: (f32, f32),
    /// `1 / ln b` in two parts.
    per_ln: (f32, f32),
    /// `q(r) = (log(1 + r) - r / ln b) / r²`: the coefficients of the even powers, and of the odd ones.
    even: [f32; 3],
    odd: [f32; 2],
}

pub(super) const NATURAL: Base = Base {
    logs: [0.0, 0.09844971, 0.2076416, 0.2876892, 0.37469482, 0.47000122, 0.5753784, 0.6325073],
    rest: [
        0.0,
        -9.634218e-06,
        -2.2367842e-06,
        -7.1365325e-06,
        -1.3747773e-06,
        2.4085425e-06,
        -1.4273065e-05,
        1.5234525e-05,
    ],
    log_2: (0.69314575, 1.4286068e-06),
    per_ln: (1.0, 0.0),
    even: [-0.5, -0.25000376, -0.16546027],
    odd: [0.33333266, 0.20069328],
};

pub(super) const BASE_2: Base = Base {
    logs: [0.0, 0.14202881, 0.29956055, 0.41503906, 0.54055786, 0.67807007, 0.8300781, 0.9125366],
    rest: [
        0.0,
        -9.803722e-06,
        -2.650161e-07,
        -1.5632212e-06,
        1.0520034e-05,
        1.8367533e-06,
        -3.1264424e-06,
        5.376559e-07,
    ],
    log_2: (1.0, 0.0),
    per_ln: (std::f32::consts::LOG2_E, 1.925963e-08),
    even: [-0.7213475, -0.36068875, -0.23678696],
    odd: [0.4808974, 0.2895254],
};

pub(super) const BASE_10: Base = Base {
    logs: [0.0, 0.042755127, 0.09017944, 0.124938965, 0.16271973, 0.20413208, 0.24987793, 0.27468872],
    rest: [
        0.0,
        -3.1465322e-06,
        -2.8130103e-06,
        -2.2823545e-07,
        7.5709354e-06,
        -1.2097422e-05,
        -4.564709e-07,
        1.2336239e-05,
    ],
    log_2: (0.3010254, 4.605039e-06),
    per_ln: (std::f32::consts::LOG10_E, -1.010305e-08),
    even: [-0.21714725, -0.108570196, -0.0728821],
    odd: [0.14476451, 0.08716987],
};

impl Base {
    /// `q(r)`
    #[inline(always)]
    fn quotient<S: Simd>(&self, r: Vector<f32, S>) -> Vector<f32, S> {
        let square = r * r;
        let even = horner!(square; self.even[0], self.even[1], self.even[2]);
        fma(r, horner!(square; self.odd[0], self.odd[1]), even)
    }
}

/// A normal number as `2^k m`, and the number of its cell, below bits that do not matter.
pub(super) struct Split<S: Simd> {
    /// In multiples of `UNIT`.
    pub(super) k: Vector<f32, S>,
    pub(super) m: Vector<f32, S>,
    pub(super) index: Vector<u32, S>,
    /// What `k` adds to the bits.
    exponent: Vector<u32, S>,
}

impl<S: Simd> Split<S> {
    #[inline(always)]
    pub(super) fn of(x: Vector<f32, S>) -> Self {
        Self::from_least(x, LEAST)
    }

    /// With the bits of the smallest `m`.
    #[inline(always)]
    pub(super) fn from_least(x: Vector<f32, S>, least: u32) -> Self {
        // With borders of binades at the smallest m, and without the exponent's bias.
        let bits = x.to_bits() - splat!(x, least);
        let exponent = bits & splat!(x, !f32::MANTISSA_MASK);
        let k = exponent.cast::<i32>().cast::<f32>();
        let m = Vector::from_bits(x.to_bits() - exponent);
        Self { k, m, index: bits.shr_uniform(f32::MANTISSA - 3), exponent }
    }

    /// The split of `|x|`, subnormal or not.
    #[inline(always)]
    pub(super) fn of_any(x: Vector<f32, S>) -> Self {
        Self::any_from_least(x, LEAST)
    }

    /// With the bits of the smallest `m`.
    #[inline(always)]
    pub(super) fn any_from_least(x: Vector<f32, S>, least: u32) -> Self {
        let size = x.float_abs();
        let tiny = size.lanes_lt(splat!(x, f32::MIN_POSITIVE));
        let split = Self::from_least(Vector::select(tiny, size * splat!(x, f32::NORMALIZER.0), size), least);
        let k = Vector::select(tiny, split.k - splat!(x, f32::NORMALIZER.1 / UNIT), split.k);
        Self { k, ..split }
    }

    /// `c m - 1`, which is representable.
    #[inline(always)]
    pub(super) fn rest(&self) -> Vector<f32, S> {
        self.m.mul_add(self.index.lookup8(&FACTORS), splat!(self.m, -1.0))
    }

    #[inline(always)]
    fn log(&self, base: &Base) -> Vector<f32, S> {
        let (k, r) = (self.k, self.rest());
        let (logs, rest) = (self.index.lookup8(&base.logs), self.index.lookup8(&base.rest));
        let hi = fma(k, splat!(k, base.log_2.0 * UNIT), logs);
        let rest = if base.log_2.1 == 0.0 { rest } else { fma(k, splat!(k, base.log_2.1 * UNIT), rest) };
        // |hi| > |r / ln b| or it is 0, so that what the sum loses is exact.
        let (sum, lost) = if base.per_ln.0 == 1.0 {
            let sum = hi + r;
            (sum, ((hi - sum) + r) + rest)
        } else {
            let per_ln = splat!(r, base.per_ln.0);
            let sum = r.mul_add(per_ln, hi);
            (sum, r.mul_add(per_ln, hi - sum) + fma(r, splat!(r, base.per_ln.1), rest))
        };
        sum + fma(r * r, base.quotient(r), lost)
    }

    /// The natural logarithm of the number with what is `beside` it, at most half a unit, where the exponent is usual.
    #[inline(always)]
    pub(super) fn ln_with(&self, beside: Vector<f32, S>) -> Vector<f32, S> {
        let (k, base) = (self.k, &NATURAL);
        let c = self.index.lookup8(&FACTORS);
        let r = self.m.mul_add(c, splat!(k, -1.0));
        let (logs, rest) = (self.index.lookup8(&base.logs), self.index.lookup8(&base.rest));
        let hi = k.mul_add(splat!(k, base.log_2.0 * UNIT), logs);
        let sum = hi + r;
        // c / 2^k.
        let c = Vector::from_bits(c.to_bits() - self.exponent);
        let rest = beside.mul_add(c, k.mul_add(splat!(k, base.log_2.1 * UNIT), rest));
        let lost = ((hi - sum) + r) + rest;
        // In the higher powers what is beside counts as well, but r may be rounded.
        let r = beside.mul_add(c, r);
        sum + (r * r).mul_add(base.quotient(r), lost)
    }

    /// The lanes whose numbers, which are `x`, are positive, finite and normal; without those close to the ends of the exponents
    /// where that is the shorter way.
    #[inline(always)]
    pub(super) fn usual_of(&self, x: Vector<f32, S>) -> Mask<S> {
        if let Some(lanes) = x.positive_normal() { lanes } else { self.usual() }
    }

    /// The lanes whose numbers are positive, finite and not close to the ends of the exponents.
    #[inline(always)]
    pub(super) fn usual(&self) -> Mask<S> {
        self.k.float_abs().lanes_le(splat!(self.k, USUAL))
    }
}

/// The logarithm to a base.
#[inline(always)]
pub(super) fn log<S: Simd>(x: Vector<f32, S>, base: &Base) -> Vector<f32, S> {
    let split = Split::of(x);
    let result = split.log(base);
    let usual = split.usual_of(x);
    if usual.all() {
        return result;
    }
    let domain = Domain { usual, any_rare: true };
    Vector::select(usual, result, domain.finish(x, Split::of_any(x).log(base)))
}

#[inline(always)]
pub(super) fn ln_1p<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let one = splat!(x, 1.0);
    let sum = one + x;
    // What the sum has lost; of an x above 1 as many bits as count.
    let beside = x - (sum - one);
    let split = Split::of(sum);
    let result = split.ln_with(beside);
    let usual = split.usual();
    // The sign of zero, too.
    if usual.all() {
        return copy_sign(result, x);
    }
    let domain = Domain { usual, any_rare: true };
    let rare = domain.finish(sum, Split::of_any(sum).log(&NATURAL));
    copy_sign(Vector::select(usual, result, rare), x)
}

/// The natural logarithm of `2x`, which may be beyond the format.
#[inline(always)]
pub(super) fn ln_of_twice<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let split = Split::of_any(x);
    let k = split.k + splat!(x, 1.0 / UNIT);
    let domain = Domain { usual: Mask::empty(x.simd()), any_rare: true };
    domain.finish(x, Split { k, ..split }.log(&NATURAL))
}
