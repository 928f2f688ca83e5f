//! Powers of two in steps of an eighth of the exponent, in `f32`; and functions by them, on levels with FMA.

use super::bits::{Format, copy_sign, ldexp};
use super::eft::{fast_two_sum, fma, two_sum};
use super::exp::LN_2_F32;
use crate::lanes::{Simd, Vector};

/// `2^(k/8)`, rounded, less what `k` adds to the bits when the exponent is added there.
pub(super) const EIGHTHS: [f32; 8] = {
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
pub(super) const EIGHTHS_LOST: [f32; 8] =
    [0.0, -1.19921575e-8, 3.193418e-8, -3.099072e-8, 1.7114271e-8, 5.233334e-9, -1.4719605e-8, -6.1282597e-9];

/// Half of `2^(k/8)`, rounded, less what `k` adds to the bits when the exponent is added there.
pub(super) const HALVES: [f32; 8] = {
    let mut table = EIGHTHS;
    let mut k = 0;
    while k < 8 {
        table[k] = f32::from_bits(table[k].to_bits() - (1 << f32::MANTISSA));
        k += 1;
    }
    table
};

/// Half of `2^(-k/8)`, rounded, with what `k` takes from the bits when the exponent is taken there.
pub(super) const INVERSE_HALVES: [f32; 8] = {
    let rounded =
        [1.0f32, 0.91700405, 0.8408964, 0.7711054, std::f32::consts::FRAC_1_SQRT_2, 0.6484198, 0.59460354, 0.5452539];
    let mut table = [0.0; 8];
    let mut k = 0;
    while k < 8 {
        table[k] = f32::from_bits(rounded[k].to_bits() + ((k as u32) << (f32::MANTISSA - 3)) - (1 << f32::MANTISSA));
        k += 1;
    }
    table
};

/// An eighth of `SHIFTER`: a sum with it is rounded to eighths.
pub(super) const SHIFTER_OF_EIGHTHS: f32 = f32::SHIFTER / 8.0;

/// `2^(n/8) (1 + growth)` from the entry of [`EIGHTHS`] for `n`, where `shifted` is `n / 8 + SHIFTER_OF_EIGHTHS`.
#[inline(always)]
pub(super) fn grown<S: Simd>(entry: Vector<f32, S>, shifted: Vector<f32, S>, growth: Vector<f32, S>) -> Vector<f32, S> {
    let power = Vector::from_bits(entry.to_bits() + shifted.to_bits().shl_uniform(f32::MANTISSA - 3));
    fma(power, growth, power)
}

/// An argument as `n ln 2 / 8 + r` with `|r| <= ln 2 / 16`.
struct Reduced<S: Simd> {
    /// `n / 8 + SHIFTER_OF_EIGHTHS`.
    shifted: Vector<f32, S>,
    r: Vector<f32, S>,
    /// What `r` lacks.
    lo: Vector<f32, S>,
    /// The bits that `n` adds to the entries' and takes from those of the inverses.
    exponent: Vector<u32, S>,
    entry: Vector<f32, S>,
    lost: Vector<f32, S>,
}

impl<S: Simd> Reduced<S> {
    #[inline(always)]
    fn of(x: Vector<f32, S>) -> Self {
        let shifter = splat!(x, SHIFTER_OF_EIGHTHS);
        let shifted = x.mul_add(splat!(x, std::f32::consts::LOG2_E), shifter);
        let n = shifted - shifter;
        let exact = n.mul_add(splat!(x, -LN_2_F32.0), x);
        let r = n.mul_add(splat!(x, -LN_2_F32.1), exact);
        let lo = n.mul_add(splat!(x, -LN_2_F32.1), exact - r);
        let index = shifted.to_bits();
        let exponent = index.shl_uniform(f32::MANTISSA - 3);
        Self { shifted, r, lo, exponent, entry: index.lookup8(&EIGHTHS), lost: index.lookup8(&EIGHTHS_LOST) }
    }

    /// `e^x / 2^less` for any result, given `e^r - 1` with what the entry lost.
    #[inline(always)]
    fn power(&self, growth: Vector<f32, S>, less: f32) -> Vector<f32, S> {
        let whole = (self.shifted - splat!(growth, SHIFTER_OF_EIGHTHS)).floor();
        let near_one = grown(self.entry, self.shifted - whole, growth);
        ldexp(near_one, whole + splat!(growth, f32::SHIFTER - less))
    }

    /// `e^x - 1`, and `e^r - 1` with what the entry lost.
    #[inline(always)]
    fn exp_m1(&self) -> (Vector<f32, S>, Vector<f32, S>) {
        let r = self.r;
        let power = Vector::<f32, S>::from_bits(self.entry.to_bits() + self.exponent);
        let q = horner!(r; 0.5, 0.16667849, 0.041669074);
        let rest = (r * r).mul_add(q, self.lo + self.lost);
        // The power less 1, and its product with r, both in two parts; the second is smaller or the first is 0.
        let less_one = two_sum(power, splat!(r, -1.0));
        let product = power * r;
        let sum = fast_two_sum(less_one.hi, product);
        let lo = (power.mul_add(r, -product) + less_one.lo) + sum.lo;
        (sum.hi + power.mul_add(rest, lo), r + rest)
    }

    /// `cosh x` for an `x` that is not negative, and `e^r - 1` with what the entry lost.
    #[inline(always)]
    fn cosh(&self) -> (Vector<f32, S>, Vector<f32, S>) {
        let r = self.r;
        let index = self.shifted.to_bits();
        let up = Vector::<f32, S>::from_bits(index.lookup8(&HALVES).to_bits() + self.exponent);
        let down = Vector::<f32, S>::from_bits(index.lookup8(&INVERSE_HALVES).to_bits() - self.exponent);
        let square = r * r;
        let sinh = (square * r).mul_add(splat!(r, 0.16667455), r);
        let cosh_less_one = square * horner!(square; 0.5, 0.041668855);
        // All that is added to the sum of the powers is small beside it: only what it and the larger power lose counts.
        let sum = fast_two_sum(up, down);
        let lo = up.mul_add(self.lost, sum.lo);
        let lo = sum.hi.mul_add(cosh_less_one, (up - down).mul_add(sinh, lo));
        (sum.hi + lo, sinh + (cosh_less_one + self.lost))
    }
}

#[inline(always)]
pub(super) fn exp_m1<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let (result, _) = Reduced::of(x).exp_m1();
    let usual = x.float_abs().lanes_le(splat!(x, 80.0));
    if usual.all() {
        return copy_sign(result, x);
    }
    // -1 below; above, the 1 does not count, and 2^n may be infinite where the result is not.
    let reduced = Reduced::of(confine(x, -80.0, 89.0));
    let (small, growth) = reduced.exp_m1();
    let rare = Vector::select(x.lanes_gt(splat!(x, 0.0)), reduced.power(growth, 0.0), small);
    let rare = Vector::select(x.lanes_eq(x), rare, x);
    copy_sign(Vector::select(usual, result, rare), x)
}

#[inline(always)]
pub(super) fn cosh<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let size = x.float_abs();
    let (result, _) = Reduced::of(size).cosh();
    let usual = size.lanes_le(splat!(x, 86.0));
    if usual.all() {
        return result;
    }
    // e^|x| / 2: 2^n may be infinite where the result is not.
    let reduced = Reduced::of(confine(size, 0.0, 90.0));
    let (_, growth) = reduced.cosh();
    let rare = Vector::select(x.lanes_eq(x), reduced.power(growth, 1.0), size);
    Vector::select(usual, result, rare)
}

/// `x`, moved into a range. NaN stays.
#[inline(always)]
fn confine<S: Simd>(x: Vector<f32, S>, low: f32, high: f32) -> Vector<f32, S> {
    let (low, high) = (splat!(x, low), splat!(x, high));
    let x = Vector::select(x.lanes_lt(low), low, x);
    Vector::select(x.lanes_gt(high), high, x)
}
