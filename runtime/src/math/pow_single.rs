//! `powf` in `f32`, on levels with FMA.

use super::bits::{Format, ldexp};
use super::eft::{Dd, fast_two_sum, fma, two_prod};
use super::pow::special;
use crate::lanes::{Simd, Vector};

/// `2^(k/8)`, rounded, less what `k` adds to the bits when the exponent is added there.
const EIGHTHS: [f32; 8] = {
    let rounded = [1.0f32, 1.0905077, 1.1892071, 1.2968396, std::f32::consts::SQRT_2, 1.5422108, 1.6817929, 1.8340081];
    let mut table = [0.0; 8];
    let mut k = 0;
    while k < 8 {
        table[k] = f32::from_bits(rounded[k].to_bits() - ((k as u32) << (f32::MANTISSA - 3)));
        k += 1;
    }
    table
};

/// What the rounding of `2^(k/8)` lost, in parts of it.
const EIGHTHS_LOST: [f32; 8] =
    [0.0, -1.19921575e-8, 3.193418e-8, -3.099072e-8, 1.7114271e-8, 5.233334e-9, -1.4719605e-8, -6.1282597e-9];

/// An eighth of `SHIFTER`: a sum with it is rounded to eighths.
const SHIFTER_OF_EIGHTHS: f32 = f32::SHIFTER / 8.0;

/// By the upper bits of the mantissa: `c`. Other cells than those of `cells.rs`, so that nowhere the third term of the
/// series is more than a thousandth of the logarithm.
const FACTORS: [f32; 8] = [1.0, 0.90625, 0.8125, 0.75, 0.6875, 0.625, 0.5625, 0.53125];
/// The bits of the smallest `m`: 40/64 of a cell's below those of 1.
const LEAST: u32 = 1f32.to_bits() - (40 << 14);
/// `-log2 c` by cell in multiples of 2^-15, and the rest of it. In the second cell one multiple less than nearest: there
/// the logarithm is smallest, and the rest lessens what the series' third term adds to the second part.
const LOGS: [f32; 8] = [0.0, 0.14199829, 0.29956055, 0.41503906, 0.54055786, 0.67807007, 0.8300781, 0.9125366];
const LOGS_LOST: [f32; 8] =
    [0.0, 2.0713856e-05, -2.650161e-07, -1.5632212e-06, 1.0520034e-05, 1.8367533e-06, -3.1264424e-06, 5.376559e-07];
/// `1 / ln 2` in two parts.
const PER_LN_2: (f32, f32) = (std::f32::consts::LOG2_E, 1.925963e-8);

/// From here on an exponent or a power is not usual: the argument may not be normal, or the result.
const USUAL: f32 = 125.0;

#[inline(always)]
pub(super) fn powf_single<S: Simd>(x: Vector<f32, S>, y: Vector<f32, S>) -> Vector<f32, S> {
    let split = Split::of(x);
    let power = split.power(split.k, y);
    let result = exp2(power).0;
    // NaN passes neither test.
    let limit = splat!(x, USUAL);
    let usual = split.k.float_abs().lanes_le(limit) & power.hi.float_abs().lanes_le(limit);
    if usual.all() {
        return result;
    }
    let size = x.float_abs();
    let tiny = size.lanes_lt(splat!(x, f32::MIN_POSITIVE));
    let split = Split::of(Vector::select(tiny, size * splat!(x, f32::NORMALIZER.0), size));
    let k = Vector::select(tiny, split.k - splat!(x, f32::NORMALIZER.1), split.k);
    let mut power = split.power(k, y);
    // Beyond the limit the result is 0 or infinite, and `lo` may be NaN.
    let limit = splat!(x, 160.0);
    let within = power.hi.float_abs().lanes_le(limit);
    let bound = Vector::select(power.hi.lanes_gt(limit), limit, -limit);
    power.hi = Vector::select(within, power.hi, bound);
    power.lo = Vector::select(within, power.lo, splat!(x, 0.0));
    let (_, near_one, whole) = exp2(power);
    let magnitude = ldexp(near_one, whole + splat!(x, f32::SHIFTER));
    Vector::select(usual, result, special(x, y, magnitude))
}

/// A normal number as `2^k m`, and the number of its cell, below bits that do not matter.
struct Split<S: Simd> {
    k: Vector<f32, S>,
    m: Vector<f32, S>,
    index: Vector<u32, S>,
}

impl<S: Simd> Split<S> {
    #[inline(always)]
    fn of(x: Vector<f32, S>) -> Self {
        // With borders of binades at the smallest m, and without the exponent's bias.
        let bits = x.to_bits() - splat!(x, LEAST);
        let k = bits.cast::<i32>().shr_uniform(f32::MANTISSA).cast::<f32>();
        let m = Vector::from_bits(x.to_bits() - (bits & splat!(x, !f32::MANTISSA_MASK)));
        Self { k, m, index: bits.shr_uniform(f32::MANTISSA - 3) }
    }

    /// The product of `y` and the logarithm to base 2, this to some 33 bits, for any exponent. The second part may be
    /// some hundredths of the first: in the cells beside 1, parts of the logarithm nearly cancel.
    ///
    /// As in `cells.rs`, with `ln(1 + r) = r + s + r s q` for `s = -r²/2`, the first two terms in two parts, and their
    /// product with `1 / ln 2`.
    #[inline(always)]
    fn power(&self, k: Vector<f32, S>, y: Vector<f32, S>) -> Dd<f32, S> {
        let Self { m, index, .. } = *self;
        let r = m.mul_add(index.lookup8(&FACTORS), splat!(m, -1.0));
        let half = r * splat!(r, -0.5);
        let square = r * half;
        let ln = r.mul_add(half, r);
        let inner = fma(square, splat!(r, -1.1507114), horner!(r; 0.7999732, -0.66918117));
        let q = fma(square, inner, horner!(r; -0.6666667, 0.49999872));
        let ln_lo = (square * r).mul_add(q, r.mul_add(half, r - ln));
        let per_ln = splat!(r, PER_LN_2.0);
        let log = ln * per_ln;
        let lo = ln.mul_add(splat!(r, PER_LN_2.1), ln.mul_add(per_ln, -log));
        let lo = ln_lo.mul_add(per_ln, lo);
        // |hi| > |log| or it is 0.
        let sum = fast_two_sum(k + index.lookup8(&LOGS), log);
        let lo = lo + (sum.lo + index.lookup8(&LOGS_LOST));
        let product = two_prod(sum.hi, y);
        Dd { hi: product.hi, lo: lo.mul_add(y, product.lo) }
    }
}

/// 2 to a power; and the same as a number from 1 to 2, nearly, and the exponent of its factor.
#[inline(always)]
fn exp2<S: Simd>(power: Dd<f32, S>) -> (Vector<f32, S>, Vector<f32, S>, Vector<f32, S>) {
    let shifter = splat!(power.hi, SHIFTER_OF_EIGHTHS);
    let shifted = power.hi + shifter;
    let n = shifted - shifter;
    let r = (power.hi - n) + power.lo;
    let p = horner!(r; std::f32::consts::LN_2, 0.24022643, 0.055503905, 0.009625751, 0.0013381011);
    let growth = fma(r, p, shifted.to_bits().lookup8(&EIGHTHS_LOST));
    let entry = shifted.to_bits().lookup8(&EIGHTHS);
    let whole = n.floor();
    (grown(entry, shifted, growth), grown(entry, shifted - whole, growth), whole)
}

/// `2^(n/8) (1 + growth)` from the entry of [`EIGHTHS`] for `n`, where `shifted` is `n / 8 + SHIFTER_OF_EIGHTHS`.
#[inline(always)]
fn grown<S: Simd>(entry: Vector<f32, S>, shifted: Vector<f32, S>, growth: Vector<f32, S>) -> Vector<f32, S> {
    let power = Vector::from_bits(entry.to_bits() + shifted.to_bits().shl_uniform(f32::MANTISSA - 3));
    fma(power, growth, power)
}
