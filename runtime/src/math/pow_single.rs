//! `powf` in `f32`, on levels with FMA.

use super::bits::{Format, ldexp};
use super::cells_single::{Split, UNIT, USUAL};
use super::eft::{Dd, fast_two_sum, fma, two_prod};
use super::eighths_single::{EIGHTHS, EIGHTHS_LOST, SHIFTER_OF_EIGHTHS, grown};
use super::pow::special;
use crate::lanes::{Simd, Vector};

/// `-log2 c` by cell in multiples of 2^-15, and the rest of it. In the second cell one multiple less than nearest: there
/// the logarithm is smallest, and the rest lessens what the series' third term adds to the second part.
const LOGS: [f32; 8] = [0.0, 0.14199829, 0.29956055, 0.41503906, 0.54055786, 0.67807007, 0.8300781, 0.9125366];
const LOGS_LOST: [f32; 8] =
    [0.0, 2.0713856e-05, -2.650161e-07, -1.5632212e-06, 1.0520034e-05, 1.8367533e-06, -3.1264424e-06, 5.376559e-07];
/// `1 / ln 2` in two parts.
const PER_LN_2: (f32, f32) = (std::f32::consts::LOG2_E, 1.925963e-8);

#[inline(always)]
pub(super) fn powf_single<S: Simd>(x: Vector<f32, S>, y: Vector<f32, S>) -> Vector<f32, S> {
    let split = Split::of(x);
    let power = product(&split, y);
    let result = exp2(power).0;
    // NaN passes neither test.
    let normal = split.k.float_abs().lanes_le(splat!(x, USUAL));
    let usual = normal & power.hi.float_abs().lanes_le(splat!(x, 125.0));
    if usual.all() {
        return result;
    }
    let mut power = product(&Split::of_any(x), y);
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

/// The product of `y` and the logarithm to base 2, this to some 33 bits. The second part may be some thousandths of the
/// first: in the cells beside 1, parts of the logarithm nearly cancel.
///
/// `ln(1 + r) = r + s + r s q` for `s = -r²/2`, the first two terms in two parts, and so their product with `1 / ln 2`.
#[inline(always)]
fn product<S: Simd>(split: &Split<S>, y: Vector<f32, S>) -> Dd<f32, S> {
    let r = split.rest();
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
    let sum = fast_two_sum(fma(split.k, splat!(r, UNIT), split.index.lookup8(&LOGS)), log);
    let lo = lo + (sum.lo + split.index.lookup8(&LOGS_LOST));
    let product = two_prod(sum.hi, y);
    Dd { hi: product.hi, lo: lo.mul_add(y, product.lo) }
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
