//! Logarithms.
//!
//! ## `ln`
//!
//! - Formula: the natural logarithm.
//! - Method: `x = 2^k m` with `m` from 0.956 to 1.912; `c m = 1 + r` exactly, with `c` of 5 bits by one of eight cells,
//!   so that `|r| < 1/16`; `ln x = k ln 2 - ln c + ln(1 + r)`, the first two in two parts, `ln(1 + r) = r + r² q(r)` by
//!   a minimax polynomial. Around 1, where `k = 0` and `c = 1`, nothing is added to that, so that nothing cancels.
//!   For `f32` with FMA, cells from 0.961 to 1.922.
//! - Domain: positive numbers, subnormal ones included.
//! - Error: 0.57 ulp (`f32`; 0.60 without FMA), 0.64 ulp (`f64`).
//! - With `ulp = 4`: 2.58 ulp (`f32`), 2.02 ulp (`f64`); one part, `m` from 0.707 to 1.414.
//! - Special values: `ln(1) = +0`, `ln(±0) = -inf`, `ln(+inf) = +inf`; negative numbers and NaN give NaN.
//!
//! ## `log2`
//!
//! - Formula: the logarithm to base 2.
//! - Method: that of `ln`, with the product of the linear term and `1 / ln 2` in two parts, for `f32` with FMA that
//!   product's sum with the larger terms.
//! - Domain: positive numbers, subnormal ones included.
//! - Error: 0.55 ulp (`f32`; 0.63 without FMA), 0.84 ulp (`f64`; 0.85 without FMA).
//! - With `ulp = 4`: 2.46 ulp (`f32`), 3.28 ulp (`f64`); as `ln`.
//! - Special values: those of `ln`; powers of two give exact integers.
//!
//! ## `log10`
//!
//! - Formula: the logarithm to base 10.
//! - Method: as for `log2`, with `1 / ln 10`, and `k log10(2)` in two parts.
//! - Domain: positive numbers, subnormal ones included.
//! - Error: 0.55 ulp (`f32`; 0.56 without FMA), 0.82 ulp (`f64`).
//! - With `ulp = 4`: 3.19 ulp (`f32`), 2.07 ulp (`f64`); as `ln`.
//! - Special values: those of `ln`.
//!
//! ## `ln_1p`
//!
//! - Formula: `ln(1 + x)`, without its cancellation.
//! - Method: `ln` of the rounded sum, with what the sum loses, divided by the sum, added to its low part; for `f32` with
//!   FMA, multiplied with the cell's factor, to `r`.
//! - Domain: numbers above -1.
//! - Error: 0.76 ulp (`f32`; 0.58 without FMA), 0.67 ulp (`f64`).
//! - With `ulp = 4`: 2.30 ulp (`f32`), 2.36 ulp (`f64`); as `ln`.
//! - Special values: `ln_1p(±0) = ±0`, `ln_1p(-1) = -inf`, `ln_1p(+inf) = +inf`; numbers below -1 and NaN
//!   give NaN.
//!
//! ## `log`
//!
//! - Formula: `ln x / ln base`, the logarithm to any base.
//! - Method: the quotient of two logarithms: for `f64` natural ones in double-double, as for `powf`; for
//!   `f32` ones to base 2 in `f64`.
//! - Domain: positive numbers for both.
//! - Error: 0.501 ulp (`f32`), 0.501 ulp (`f64`).
//! - Special values: those of the quotient: `log(x, 1)` is infinite or NaN, `log(x, 0)` a zero, and so on;
//!   exponents of exact powers are exact.

use super::bits::{Format, copy_sign};
use super::cells::{self, Cell};
use super::cells_single;
use super::eft::{fast_two_sum, fma, residual};
use super::precise_log::precise_ln;
use crate::lanes::{Function, Mask, Simd, Vector};

#[inline(always)]
pub(super) fn ln_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    cells::log(x, &cells::NATURAL_F64)
}

#[inline(always)]
pub(super) fn ln_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if S::FMA { cells_single::log(x, &cells_single::NATURAL) } else { cells::log(x, &cells::NATURAL_F32) }
}

#[inline(always)]
pub(super) fn log2_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    cells::log(x, &cells::BASE_2_F64)
}

#[inline(always)]
pub(super) fn log2_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if S::FMA { cells_single::log(x, &cells_single::BASE_2) } else { cells::log(x, &cells::BASE_2_F32) }
}

#[inline(always)]
pub(super) fn log10_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    cells::log(x, &cells::BASE_10_F64)
}

#[inline(always)]
pub(super) fn log10_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if S::FMA { cells_single::log(x, &cells_single::BASE_10) } else { cells::log(x, &cells::BASE_10_F32) }
}

struct Ln1p;

impl Function<1> for Ln1p {
    #[inline(always)]
    fn of<S: Simd>([x]: [Vector<f64, S>; 1]) -> Vector<f64, S> {
        ln_1p(x)
    }
}

#[inline(always)]
pub(super) fn ln_1p_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    S::apart::<Ln1p, 1>([x])
}

#[inline(always)]
fn ln_1p<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    // Exact also for larger x, up to 2^53, from where the rest does not count.
    let sum = fast_two_sum(splat!(x, 1.0), x);
    let (domain, cell) = Cell::of(sum.hi);
    // ln(1 + r + rest) = ln(1 + r) + rest (1 - r) + …
    let rest = cell.scaled_any(sum.lo, &domain);
    let ln = cell.log(&cells::NATURAL_F64, Some(fma(-rest, cell.r, rest)));
    // The sign of zero, too.
    copy_sign(domain.finish(sum.hi, ln.hi + ln.lo), x)
}

#[inline(always)]
pub(super) fn ln_1p_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if S::FMA { cells_single::ln_1p(x) } else { cells::ln_1p(x) }
}

/// An argument as `2^k (1 + f)` with `sqrt(1/2) <= 1 + f < sqrt(2)`.
pub(super) struct Reduced<T: Format, S: Simd> {
    pub(super) k: Vector<T, S>,
    pub(super) f: Vector<T, S>,
}

/// The bits of a normal number, moved so that the binades' borders are at `sqrt(1/2)` instead of 1,
/// and its exponent between these.
#[inline(always)]
fn split<T: Format, S: Simd>(x: Vector<T, S>, less: T::Bits, bias: Vector<T, S>) -> (Vector<T::Bits, S>, Vector<T, S>) {
    let bits = x.to_bits() + splat!(x, less);
    (bits, Vector::from_bits(bits.shr_uniform(T::MANTISSA) | splat!(x, T::UNIT_BITS)) - bias)
}

/// Where the arguments lie.
pub(super) struct Domain<S: Simd> {
    /// The lanes whose arguments are positive, finite and not close to the ends of the exponents.
    pub(super) usual: Mask<S>,
    /// Whether some are not.
    pub(super) any_rare: bool,
}

impl<S: Simd> Domain<S> {
    /// Splits off the exponent of `|x|`, which is right for all but zeros, infinities and NaN.
    ///
    /// The test for rare arguments is one comparison: a sign bit, like infinity and NaN, gives an
    /// exponent too large.
    #[inline(always)]
    pub(super) fn reduce<T: Format>(x: Vector<T, S>) -> (Self, Reduced<T, S>) {
        let (domain, bits, k) = Self::split(x, T::ONE_LESS_SQRT_HALF);
        let m = (bits & splat!(x, T::MANTISSA_MASK)) + splat!(x, T::SQRT_HALF_BITS);
        (domain, Reduced { k, f: Vector::from_bits(m) - splat!(x, T::ONE) })
    }

    #[inline(always)]
    pub(super) fn split<T: Format>(x: Vector<T, S>, less: T::Bits) -> (Self, Vector<T::Bits, S>, Vector<T, S>) {
        let bias = splat!(x, T::UNIT_AND_BIAS);
        let (mut bits, mut k) = split(x, less, bias);
        let any_rare = k.any_beyond(T::USUAL_EXPONENT);
        let usual = k.float_abs().lanes_le(splat!(x, T::USUAL_EXPONENT));
        if any_rare {
            let x = x.float_abs();
            let tiny = x.lanes_lt(splat!(x, T::MIN_POSITIVE));
            let x = Vector::select(tiny, x * splat!(x, T::NORMALIZER.0), x);
            (bits, k) = split(x, less, Vector::select(tiny, bias + splat!(x, T::NORMALIZER.1), bias));
        }
        (Self { usual, any_rare }, bits, k)
    }

    /// [`finish`](Self::finish) for an argument in a narrower format.
    #[inline(always)]
    fn finish_wide(&self, x: Vector<f32, S>, result: Vector<f64, S>) -> Vector<f64, S> {
        if self.any_rare { self.finish(x.cast(), result) } else { result }
    }

    /// [`finish`](Self::finish) for an argument that was computed: whether a NaN there has a sign depends on
    /// the level.
    #[inline(always)]
    pub(super) fn finish_sum<T: Format>(&self, x: Vector<T, S>, result: Vector<T, S>) -> Vector<T, S> {
        let result = self.finish(x, result);
        if self.any_rare { Vector::select(x.lanes_eq(x), result, splat!(x, T::NAN)) } else { result }
    }

    /// The result, and in the rare lanes its value at 0, below 0, infinity and NaN.
    #[inline(always)]
    pub(super) fn finish<T: Format>(&self, x: Vector<T, S>, result: Vector<T, S>) -> Vector<T, S> {
        if !self.any_rare {
            return result;
        }
        let zero = splat!(x, T::ZERO);
        let infinity = splat!(x, T::INFINITY);
        let below = Vector::select(x.lanes_eq(zero), -infinity, splat!(x, T::NAN));
        let result = Vector::select(x.lanes_gt(zero), result, below);
        // Infinity stays, and so does NaN.
        Vector::select(x.lanes_lt(infinity), result, x)
    }
}

/// The logarithm to a base, as a quotient of extended logarithms.
#[inline(always)]
pub(super) fn log_f64<S: Simd>(x: Vector<f64, S>, base: Vector<f64, S>) -> Vector<f64, S> {
    let ((over, a), (under, b)) = (precise_ln(x), precise_ln(base));
    // So that the products of two second parts do not count.
    let (a, b) = (fast_two_sum(a.hi, a.lo), fast_two_sum(b.hi, b.lo));
    let (a_hi, b_hi) = (over.finish(x, a.hi), under.finish(base, b.hi));
    let inverse = splat!(x, 1.0) / b_hi;
    let quotient = a_hi * inverse;
    let rest = residual(quotient, b_hi, a_hi) + fma(-quotient, b.lo, a.lo);
    // Not where a logarithm is infinite, or that of the base is zero.
    let infinity = splat!(x, f64::INFINITY);
    let usual = a_hi.float_abs().lanes_lt(infinity) & inverse.float_abs().lanes_lt(infinity);
    let usual = usual & b_hi.float_abs().lanes_lt(infinity);
    let result = Vector::select(usual, fma(rest, inverse, quotient), quotient);
    if over.any_rare | under.any_rare {
        // Which of two NaN a multiplication gives is not the same everywhere.
        let real = x.lanes_eq(x) & base.lanes_eq(base);
        return Vector::select(real, result, splat!(x, f64::NAN));
    }
    result
}

/// The logarithm to a base, as a quotient in `f64`.
#[inline(always)]
pub(super) fn log_f32<S: Simd>(x: Vector<f32, S>, base: Vector<f32, S>) -> Vector<f32, S> {
    let ((over, a), (under, b)) = (cells::log2_wide(x), cells::log2_wide(base));
    (over.finish_wide(x, a) / under.finish_wide(base, b)).cast()
}
