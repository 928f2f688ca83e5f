//! Hyperbolic functions.
//!
//! ## `sinh`
//!
//! - Formula: `(e^x - e^-x) / 2`.
//! - Method: `|x| = n ln 2 + r`; `(2^n - 2^-n) / 2 cosh r + (2^n + 2^-n) / 2 sinh r` by two minimax
//!   polynomials, the leading terms in double-double.
//! - Domain: all numbers; infinite above 710.47 (`f32`: 89.41).
//! - Error: 0.83 ulp (`f32`; 0.89 without FMA), 0.92 ulp (`f64`).
//! - With `ulp = 4`: 1.87 ulp (`f32`), 1.78 ulp (`f64`); as `cosh`, in one part.
//! - Special values: `sinh(±0) = ±0`, `sinh(±inf) = ±inf`, NaN gives NaN.
//!
//! ## `cosh`
//!
//! - Formula: `(e^x + e^-x) / 2`.
//! - Method: as for `sinh`, with the factors exchanged; for `f64`, and for `f32` with FMA, `|x| = n ln 2 / 8 + r` with
//!   the powers from tables.
//! - Domain: all numbers; infinite above 710.47 (`f32`: 89.41).
//! - Error: 0.64 ulp (`f32`; 0.73 without FMA), 0.69 ulp (`f64`; 0.70 without FMA).
//! - With `ulp = 4`: 1.94 ulp (`f32`), 1.48 ulp (`f64`); `|x| = n ln 2 / 8 + r` in both formats, and one part.
//! - Special values: `cosh(±0) = 1`, `cosh(±inf) = +inf`, NaN gives NaN.
//!
//! ## `tanh`
//!
//! - Formula: `sinh x / cosh x`.
//! - Method: `(e - 1) / (e + 1)` with `e = e^|2x|`, `e - 1` as in `exp_m1`, both terms and the quotient's
//!   remainder in double-double. For `f32`, eight pieces of `|x|` whose lengths grow, with polynomials as for
//!   [`erf`](mod@super::erf).
//! - Domain: all numbers.
//! - Error: 0.71 ulp (`f32`), 0.62 ulp (`f64`).
//! - With `ulp = 4`: 2.65 ulp (`f32`), 2.80 ulp (`f64`); `(e - 1) / (e + 1)` in both formats, and one part.
//! - Special values: `tanh(±0) = ±0`, `tanh(±inf) = ±1`, NaN gives NaN.

use super::bits::{Format, copy_sign, ldexp, scale};
use super::eft::{Dd, fast_two_sum, fma, fma_dd, residual};
use super::eighths_single;
use super::exp::{Rare, Reduced, eighths_and_whole, lost_of_eighths, two_to_eighths};
use super::hyperbolic_tables::TANH_F32;
use super::pieces::{at_most, odd};
use crate::lanes::{Function, Simd, Vector};

#[inline(always)]
pub(super) fn tanh_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let twice = tanh_argument(x, 44.0);
    let reduced = Reduced::of_f64(twice);
    copy_sign(tanh(reduced.exp_m1_f64(), reduced.shifted), x)
}

/// Where the first piece of `tanh` starts, and what makes `|x|` the pieces' measure.
const TANH_START: f32 = 1.21875;
const TANH_SCALE: f32 = 1.9375;

#[inline(always)]
pub(super) fn tanh_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let size = at_most(x.float_abs(), 9.25);
    let y = fma(size, splat!(x, TANH_SCALE), splat!(x, TANH_START));
    let index = (y.to_bits() + splat!(x, 2f32.to_bits() - TANH_START.to_bits())).shr_uniform(f32::MANTISSA - 1);
    odd(x, size, index, y.lanes_lt(splat!(x, TANH_START + 0.5)), &TANH_F32)
}

#[inline(always)]
pub(super) fn sinh_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let rare = Rare::beyond(x, 708.0);
    let parts = Parts::of_f64(rare.confine(x, -711.5, 711.5).float_abs());
    copy_sign(rare.half_exp(&parts, parts.sinh()), x)
}

#[inline(always)]
pub(super) fn sinh_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let rare = Rare::beyond(x, 87.0);
    let parts = Parts::of_f32(rare.confine(x, -90.0, 90.0).float_abs());
    copy_sign(rare.half_exp(&parts, parts.sinh()), x)
}

struct Cosh;

impl Function<1> for Cosh {
    #[inline(always)]
    fn of<S: Simd>([x]: [Vector<f64, S>; 1]) -> Vector<f64, S> {
        cosh(x)
    }
}

#[inline(always)]
pub(super) fn cosh_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    S::apart::<Cosh, 1>([x])
}

#[inline(always)]
fn cosh<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let rare = Rare::beyond(x, 700.0);
    let reduced = Reduced::of_eighths(rare.confine(x, -711.5, 711.5).float_abs());
    let r = reduced.r.hi;
    let shifter = splat!(x, f64::SHIFTER);
    let (up, down) = (reduced.shifted, shifter - (reduced.shifted - shifter));
    let (up, up_lost) = (half(two_to_eighths(up)), lost_of_eighths(up));
    let (down, down_lost) = (half(two_to_eighths(down)), lost_of_eighths(down));
    let square = r * r;
    let (sinh, cosh_less_one) = (short_sinh(r, square), square * short_cosh(square));
    // All that is added to the sum of the powers is small beside it: only what the sum loses counts.
    let (sum, difference) = (fast_two_sum(up, down), up - down);
    let lo = fma(up, up_lost, fma(down, down_lost, sum.lo));
    let result = sum.hi + fma(sum.hi, cosh_less_one, fma(difference, sinh, lo));
    if !rare.any {
        return result;
    }
    // e^|x| / 2: 2^n may be infinite where the result is not.
    let (eighths, whole) = eighths_and_whole(reduced.shifted);
    let power = half(two_to_eighths(eighths));
    let large = ldexp(fma(power, sinh + (cosh_less_one + up_lost), power), whole);
    Vector::select(rare.usual, result, large)
}

/// `sinh r` for `|r| <= ln 2 / 16`.
#[inline(always)]
pub(super) fn short_sinh<S: Simd>(r: Vector<f64, S>, square: Vector<f64, S>) -> Vector<f64, S> {
    fma(square * r, horner!(square; 0.16666666666666724, 0.008333333327806855, 0.00019842050892786533), r)
}

/// `(cosh r - 1) / r²` in `r²`.
#[inline(always)]
pub(super) fn short_cosh<S: Simd>(square: Vector<f64, S>) -> Vector<f64, S> {
    horner!(square; 0.5000000000000052, 0.04166666661681073, 0.0013889592334660934)
}

/// Half of a normal number.
#[inline(always)]
fn half<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    Vector::from_bits(x.to_bits() - splat!(x, 1 << f64::MANTISSA))
}

#[inline(always)]
pub(super) fn cosh_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if S::FMA {
        return eighths_single::cosh(x);
    }
    let rare = Rare::beyond(x, 87.0);
    let parts = Parts::of_f32(rare.confine(x, -90.0, 90.0).float_abs());
    rare.half_exp(&parts, parts.cosh())
}

/// `sinh r = r.hi + s` and `cosh r = 1 + c` for the reduced argument, and the halves of `2^n` and `2^-n`.
struct Parts<T: Format, S: Simd> {
    reduced: Reduced<T, S>,
    s: Vector<T, S>,
    c: Vector<T, S>,
    up: Vector<T, S>,
    down: Vector<T, S>,
}

impl<S: Simd> Parts<f64, S> {
    #[inline(always)]
    fn of_f64(x: Vector<f64, S>) -> Self {
        let reduced = Reduced::of_f64(x);
        let square = reduced.r.hi * reduced.r.hi;
        let s = estrin!(square;
            0.16666666666666669, 0.008333333333328821, 0.00019841269866946652, 2.755726394674165e-6,
            2.5102125761570214e-8);
        let c = estrin!(square;
            0.5, 0.04166666666666667, 0.0013888888888882074, 2.480158733039417e-5, 2.7557268405674525e-7,
            2.0916588905988076e-9);
        Self::of(reduced, square, s, c)
    }
}

impl<S: Simd> Parts<f32, S> {
    #[inline(always)]
    fn of_f32(x: Vector<f32, S>) -> Self {
        let reduced = Reduced::of_f32(x);
        let square = reduced.r.hi * reduced.r.hi;
        let s = estrin!(square; 0.16666667, 0.008333151, 0.00019996762);
        let c = estrin!(square; 0.5, 0.041666508, 0.0013930949);
        Self::of(reduced, square, s, c)
    }
}

impl<T: Format, S: Simd> Parts<T, S> {
    /// From the polynomials for `(sinh r - r) / r³` and `(cosh r - 1) / r²`.
    #[inline(always)]
    fn of(reduced: Reduced<T, S>, square: Vector<T, S>, s: Vector<T, S>, c: Vector<T, S>) -> Self {
        let half = splat!(square, T::HALF);
        let shifter = splat!(square, T::SHIFTER);
        let n = reduced.shifted - shifter;
        Self {
            s: fma(square * reduced.r.hi, s, reduced.r.lo),
            c: fma(reduced.r.hi, reduced.r.lo, square * c),
            up: scale(half, reduced.shifted),
            down: scale(half, shifter - n),
            reduced,
        }
    }

    /// `up ± down`.
    #[inline(always)]
    fn factors(&self) -> (Dd<T, S>, Dd<T, S>) {
        (fast_two_sum(self.up, self.down), fast_two_sum(self.up, -self.down))
    }

    /// `(up - down) cosh r + (up + down) sinh r`.
    #[inline(always)]
    fn sinh(&self) -> Vector<T, S> {
        let (sum, difference) = self.factors();
        self.combine(difference, sum)
    }

    /// `(up + down) cosh r + (up - down) sinh r`.
    #[inline(always)]
    fn cosh(&self) -> Vector<T, S> {
        let (sum, difference) = self.factors();
        self.combine(sum, difference)
    }

    /// `even cosh r + odd sinh r`: the largest terms, `even + odd r`, in double-double.
    #[inline(always)]
    fn combine(&self, even: Dd<T, S>, odd: Dd<T, S>) -> Vector<T, S> {
        let r = self.reduced.r.hi;
        let sum = fma_dd(odd.hi, r, even.hi);
        let lo = sum.lo + fma(odd.lo, r, even.lo);
        sum.hi + fma(even.hi, self.c, fma(odd.hi, self.s, lo))
    }
}

impl<S: Simd> Rare<S> {
    /// `result`, but `e^|x| / 2` in the lanes whose arguments are large: there the powers of two
    /// may be infinite where the result is not.
    #[inline(always)]
    fn half_exp<T: Format>(&self, parts: &Parts<T, S>, result: Vector<T, S>) -> Vector<T, S> {
        if !self.any {
            return result;
        }
        let half = splat!(result, T::HALF);
        let sum = fast_two_sum(splat!(result, T::ONE), parts.reduced.r.hi);
        let large = ldexp(half * (sum.hi + (sum.lo + (parts.s + parts.c))), parts.reduced.shifted);
        Vector::select(self.usual, result, large)
    }
}

/// `|2x|`, but no more than `limit`, from where the result is 1. NaN stays.
#[inline(always)]
pub(super) fn tanh_argument<T: Format, S: Simd>(x: Vector<T, S>, limit: T) -> Vector<T, S> {
    at_most((x + x).float_abs(), limit)
}

/// `(e - 1) / (e + 1)` for `e = 2^n (1 + p)`, in double-double up to the last operation.
#[inline(always)]
fn tanh<T: Format, S: Simd>(p: Dd<T, S>, shifted: Vector<T, S>) -> Vector<T, S> {
    let one = splat!(shifted, T::ONE);
    let p = fast_two_sum(p.hi, p.lo);
    let power = scale(one, shifted);
    let e = fast_two_sum(power, power * p.hi);
    let e_lo = fma(power, p.lo, e.lo);
    let numerator = fast_two_sum(e.hi, -one);
    let denominator = fast_two_sum(e.hi, one);
    let inverse = one / denominator.hi;
    let quotient = numerator.hi * inverse;
    // What the quotient lacks, from what is left of the numerator.
    let rest = residual(quotient, denominator.hi, numerator.hi) + (numerator.lo + e_lo);
    let rest = fma(-quotient, denominator.lo + e_lo, rest);
    fma(rest, inverse, quotient)
}
