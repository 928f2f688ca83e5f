//! Exponentials within 4 ulp; see [`exp`](mod@super::exp) and [`logistic`](mod@super::logistic).
//!
//! Powers of two in eighths of the exponent in both formats, and numbers of one part. Where results are not surely normal,
//! the functions are those within 1 ulp.

use super::bits::{Format, Lookup, copy_sign};
use super::eft::fma;
use super::eighths_single;
use super::exp::{self, EIGHTHS, EIGHTHS_LOST, LN_2_OVER_8};
use super::logistic::{self, Sigmoid};
use super::loose_log::{self, LooseLog};
use crate::lanes::{Simd, Vector};

// In `f64` those within 1 ulp are as fast.
pub(super) use super::exp::{exp2_f64, exp10_f64};

/// What the formats differ in.
pub(super) trait LooseExp: Lookup + std::ops::Neg<Output = Self> {
    /// A sum with it is rounded to eighths.
    const SHIFTER_OF_EIGHTHS: Self;
    /// `1 / ln 2`.
    const LOG2_E: Self;
    /// `ln 2` in two parts: the product of the first with eighths is exact.
    const LN_2: (Self, Self);
    /// `2^(k/8)`, rounded, less what `k` adds to the bits when the exponent is added there.
    const POWERS: [Self; 8];
    /// What the rounding of `2^(k/8)` lost, in parts of it.
    const LOST: [Self; 8];
    /// Up to this, and down to its negative, exponents give normal results.
    const USUAL: Self;

    /// `e^r - 1` and something smaller, with `e^r` within some ulp.
    fn growth<S: Simd>(r: Vector<Self, S>) -> Vector<Self, S>;
    /// `e^(r + lost) - 1` within some ulp.
    fn growth_less_one<S: Simd>(r: Vector<Self, S>, lost: Vector<Self, S>) -> Vector<Self, S>;
    /// `e^x` within 1 ulp.
    fn strict_exp<S: Simd>(x: Vector<Self, S>) -> Vector<Self, S>;
    /// `e^x - 1` within 1 ulp.
    fn strict_exp_m1<S: Simd>(x: Vector<Self, S>) -> Vector<Self, S>;
}

impl LooseExp for f64 {
    const SHIFTER_OF_EIGHTHS: f64 = f64::SHIFTER / 8.0;
    const LOG2_E: f64 = std::f64::consts::LOG2_E;
    const LN_2: (f64, f64) = (8.0 * LN_2_OVER_8.0, 8.0 * LN_2_OVER_8.1);
    const POWERS: [f64; 8] = EIGHTHS;
    const LOST: [f64; 8] = EIGHTHS_LOST;
    const USUAL: f64 = 700.0;

    #[inline(always)]
    fn growth<S: Simd>(r: Vector<f64, S>) -> Vector<f64, S> {
        let square = r * r;
        fma(square, exp::eighths_quotient(r, square), r)
    }

    #[inline(always)]
    fn growth_less_one<S: Simd>(r: Vector<f64, S>, lost: Vector<f64, S>) -> Vector<f64, S> {
        let square = r * r;
        fma(square, exp::relative_quotient(r, square), r + lost)
    }

    #[inline(always)]
    fn strict_exp<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
        exp::exp_f64(x)
    }

    #[inline(always)]
    fn strict_exp_m1<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
        exp::exp_m1_f64(x)
    }
}

impl LooseExp for f32 {
    const SHIFTER_OF_EIGHTHS: f32 = f32::SHIFTER / 8.0;
    const LOG2_E: f32 = std::f32::consts::LOG2_E;
    const LN_2: (f32, f32) = exp::LN_2_F32;
    const POWERS: [f32; 8] = eighths_single::EIGHTHS;
    const LOST: [f32; 8] = eighths_single::EIGHTHS_LOST;
    const USUAL: f32 = 80.0;

    #[inline(always)]
    fn growth<S: Simd>(r: Vector<f32, S>) -> Vector<f32, S> {
        fma(r * r, horner!(r; 0.5000652, 0.16668244), r)
    }

    #[inline(always)]
    fn growth_less_one<S: Simd>(r: Vector<f32, S>, lost: Vector<f32, S>) -> Vector<f32, S> {
        fma(r * r, horner!(r; 0.5, 0.16667849, 0.041669074), r + lost)
    }

    #[inline(always)]
    fn strict_exp<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
        exp::exp_f32(x)
    }

    #[inline(always)]
    fn strict_exp_m1<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
        exp::exp_m1_f32(x)
    }
}

/// An argument as `n ln 2 / 8 + r` with `|r| <= ln 2 / 16`.
pub(super) struct Reduced<T: Format, S: Simd> {
    /// The bits of `n / 8 + SHIFTER_OF_EIGHTHS`.
    pub(super) index: Vector<T::Bits, S>,
    /// What `n` adds to a float's bits.
    pub(super) exponent: Vector<T::Bits, S>,
    pub(super) r: Vector<T, S>,
}

impl<T: LooseExp, S: Simd> Reduced<T, S> {
    #[inline(always)]
    pub(super) fn of(x: Vector<T, S>) -> Self {
        let shifter = splat!(x, T::SHIFTER_OF_EIGHTHS);
        let shifted = fma(x, splat!(x, T::LOG2_E), shifter);
        let n = shifted - shifter;
        let r = fma(n, splat!(x, -T::LN_2.0), x);
        Self::new(shifted, fma(n, splat!(x, -T::LN_2.1), r))
    }

    #[inline(always)]
    fn new(shifted: Vector<T, S>, r: Vector<T, S>) -> Self {
        let index = shifted.to_bits();
        Self { index, exponent: index.shl_uniform(T::MANTISSA - 3), r }
    }

    /// `2^(n/8)`.
    #[inline(always)]
    fn power(&self) -> Vector<T, S> {
        Vector::from_bits(T::lookup(self.index, &T::POWERS).to_bits() + self.exponent)
    }

    /// `2^(n/8) (1 + growth)`.
    #[inline(always)]
    fn grown(&self, growth: Vector<T, S>) -> Vector<T, S> {
        let power = self.power();
        fma(power, growth, power)
    }

    /// `e^x`, if that is normal.
    #[inline(always)]
    fn exp(&self) -> Vector<T, S> {
        self.grown(T::growth(self.r))
    }

    /// `e^x - 1` but for the sign of zero, if `e^x` is normal. What the power has lost counts where the 1 cancels it.
    #[inline(always)]
    pub(super) fn exp_m1(&self) -> Vector<T, S> {
        let (power, lost) = (self.power(), T::lookup(self.index, &T::LOST));
        fma(power, T::growth_less_one(self.r, lost), power - splat!(power, T::ONE))
    }
}

#[inline(always)]
pub(super) fn exp<T: LooseExp, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return T::strict_exp(x);
    }
    let result = Reduced::of(x).exp();
    if !x.any_beyond(T::USUAL) {
        return result;
    }
    Vector::select(x.float_abs().lanes_gt(splat!(x, T::USUAL)), T::strict_exp(x), result)
}

#[inline(always)]
pub(super) fn exp2_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return exp::exp2_f32(x);
    }
    let shifter = splat!(x, f32::SHIFTER_OF_EIGHTHS);
    let shifted = x + shifter;
    let t = x - (shifted - shifter);
    let result = Reduced::new(shifted, t).grown(t * horner!(t; std::f32::consts::LN_2, 0.24025787, 0.055508323));
    if !x.any_beyond(125.0) {
        return result;
    }
    Vector::select(x.float_abs().lanes_gt(splat!(x, 125.0)), exp::exp2_f32(x), result)
}

#[inline(always)]
pub(super) fn exp10_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return exp::exp10_f32(x);
    }
    let shifter = splat!(x, f32::SHIFTER_OF_EIGHTHS);
    let shifted = fma(x, splat!(x, std::f32::consts::LOG2_10), shifter);
    let n = shifted - shifter;
    let t = fma(n, splat!(x, -exp::LOG10_2_F32.0), x);
    let t = fma(n, splat!(x, -exp::LOG10_2_F32.1), t);
    let result = Reduced::new(shifted, t).grown(t * horner!(t; std::f32::consts::LN_10, 2.6512952, 2.0347464));
    if !x.any_beyond(37.0) {
        return result;
    }
    Vector::select(x.float_abs().lanes_gt(splat!(x, 37.0)), exp::exp10_f32(x), result)
}

#[inline(always)]
pub(super) fn exp_m1<T: LooseExp, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return T::strict_exp_m1(x);
    }
    let result = copy_sign(Reduced::of(x).exp_m1(), x);
    if !x.any_beyond(T::USUAL) {
        return result;
    }
    Vector::select(x.float_abs().lanes_gt(splat!(x, T::USUAL)), T::strict_exp_m1(x), result)
}

#[inline(always)]
pub(super) fn logistic<T: LooseExp + Sigmoid, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return logistic::logistic(x);
    }
    let one = splat!(x, T::ONE);
    let result = one / (one + Reduced::of(-x).exp());
    // Not NaN, whose sign a level may change with that of the argument.
    let usual = x.float_abs().lanes_le(splat!(x, T::USUAL));
    if usual.all() { result } else { Vector::select(usual, result, logistic::logistic(x)) }
}

#[inline(always)]
pub(super) fn softplus<T: LooseExp + LooseLog + Sigmoid, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return logistic::softplus(x);
    }
    let zero = splat!(x, T::ZERO);
    let e = Reduced::of(-x.float_abs()).exp();
    let result = Vector::select(x.lanes_gt(zero), x, zero) + loose_log::ln_of_one_plus(e, None);
    // Not NaN, whose sign a level may change with that of the argument.
    let usual = x.float_abs().lanes_le(splat!(x, T::USUAL));
    if usual.all() { result } else { Vector::select(usual, result, logistic::softplus(x)) }
}
