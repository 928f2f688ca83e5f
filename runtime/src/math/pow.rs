//! Powers.
//!
//! ## `powf`
//!
//! - Formula: `x^y`.
//! - Method: `2^(y log2 x)`. For `f64`, `log2 x` to 65 bits: with `s = f / (2 + f)`, the first two terms of
//!   the series in `s` are summed in double-double; so is the product with `y`, and `1 + r ln 2` of the
//!   exponential. For `f32`, in `f64` by the tables of the logarithm and of `exp`, and polynomials.
//! - Domain: all numbers; results overflow to infinity and underflow gradually to zero.
//! - Error: 0.51 ulp (`f32`), 0.85 ulp (`f64`).
//! - Special values: C99's. `x^±0 = 1` and `1^y = 1`, even for NaN; `(-1)^±inf = 1`; a negative finite base
//!   with an exponent that is no integer gives NaN; zeros and infinities give a zero or an infinity,
//!   negative for negative bases with odd exponents; otherwise NaN gives NaN.
//!
//! ## `powi`
//!
//! - Formula: `x^n` for an integer `n`.
//! - Method: repeated squaring, and at the end a reciprocal for negative `n`: the multiplications of the
//!   standard library's `powi`, in its order, and so its bits.
//! - Domain: all numbers and exponents.
//! - Error: the standard library's, which grows with `n`.
//! - Special values: `x^0 = 1`, even for NaN.

use super::bits::{Format, ldexp, scale};
use super::cells;
use super::eft::{Dd, fast_two_sum, fma, two_prod};
use super::exp::exp2_short;
use super::log::{Domain, log2_extended_f64};
use crate::lanes::{Simd, Vector};

/// What `LN_2` lacks, in units of itself.
const LN_2_ERROR: f64 = 3.3456773379254074e-17;

#[inline(always)]
pub(super) fn powf_f64<S: Simd>(x: Vector<f64, S>, y: Vector<f64, S>) -> Vector<f64, S> {
    let (domain, reduced) = Domain::reduce(x);
    let mut power = log2_extended_f64(reduced).mul_single(if S::FMA { y } else { confine(y) });
    // Normal results of normal positive arguments; NaN passes neither test.
    let usual = domain.usual & power.hi.float_abs().lanes_le(splat!(x, 1020.0));
    let any_rare = !usual.all();
    if any_rare {
        // Beyond the limit the result is 0 or infinite, and `lo` may be NaN.
        let limit = splat!(x, 1100.0);
        let within = power.hi.float_abs().lanes_le(limit);
        let bound = Vector::select(power.hi.lanes_gt(limit), limit, -limit);
        power.hi = Vector::select(within, power.hi, bound);
        power.lo = Vector::select(within, power.lo, splat!(x, 0.0));
    }
    let (p, shifted) = exp2(power);
    let result = scale(p, shifted);
    if any_rare { Vector::select(usual, result, special(x, y, ldexp(p, shifted))) } else { result }
}

/// Both steps in `f64`, where they need no care: it has 29 bits more, and no intermediate result
/// leaves its range.
#[inline(always)]
pub(super) fn powf_f32<S: Simd>(x: Vector<f32, S>, y: Vector<f32, S>) -> Vector<f32, S> {
    let (domain, log) = cells::log2_wide(x);
    let mut power = log * y.cast::<f64>();
    // NaN does not pass: 1 to its power is 1.
    let usual = domain.usual & power.float_abs().lanes_le(splat!(power, 1020.0));
    let any_rare = !usual.all();
    if any_rare {
        let limit = splat!(power, 1020.0);
        let bound = Vector::select(power.lanes_gt(limit), limit, -limit);
        power = Vector::select(power.float_abs().lanes_le(limit), power, bound);
    }
    let result = exp2_short(power).cast::<f32>();
    if any_rare { Vector::select(usual, result, special(x, y, result)) } else { result }
}

/// `y`, no larger than 2^1000, which overflows or underflows every power but that of 1, and leaves
/// room for the exact multiplication.
#[inline(always)]
fn confine<S: Simd>(y: Vector<f64, S>) -> Vector<f64, S> {
    let limit = splat!(y, 1.0715086071862673e301);
    let bound = Vector::select(y.lanes_gt(limit), limit, y);
    Vector::select(y.lanes_lt(-limit), -limit, bound)
}

/// 2 to a power of at most 2^20 in magnitude, as a number near 1, and the exponent of its factor
/// with `SHIFTER` added: `1 + r ln 2 + r² q(r)`, the sum of the first two terms in double-double.
#[inline(always)]
fn exp2<S: Simd>(power: Dd<f64, S>) -> (Vector<f64, S>, Vector<f64, S>) {
    let shifter = splat!(power.hi, f64::SHIFTER);
    let shifted = power.hi + shifter;
    let r = fast_two_sum(power.hi - (shifted - shifter), power.lo);
    let q = estrin!(r.hi;
        0.24022650695910072, 0.0555041086648216, 0.009618129107627726, 0.0013333558146415775, 0.00015403530395044837,
        1.5252733831393479e-5, 1.3215485290908482e-6, 1.0178061629707754e-7, 7.055499396598768e-9,
        4.455106781279637e-10, 2.4860739501267007e-11);
    let ln_2 = splat!(r.hi, std::f64::consts::LN_2);
    let linear = two_prod(r.hi, ln_2);
    let linear_lo = fma(fma(r.hi, splat!(r.hi, LN_2_ERROR), r.lo), ln_2, linear.lo);
    let sum = fast_two_sum(splat!(r.hi, 1.0), linear.hi);
    (sum.hi + fma(r.hi * r.hi, q, sum.lo + linear_lo), shifted)
}

/// The results for negative and zero bases, infinities and NaN, where `magnitude` is `|x|^y` for all
/// other arguments (C99, F.9.4.4).
#[inline(always)]
fn special<T: Format, S: Simd>(x: Vector<T, S>, y: Vector<T, S>, magnitude: Vector<T, S>) -> Vector<T, S> {
    let (zero, one) = (splat!(x, T::ZERO), splat!(x, T::ONE));
    let (infinity, nan) = (splat!(x, T::INFINITY), splat!(x, T::NAN));
    let base = x.float_abs();
    // An integer is odd when its half is none. Infinity counts as even.
    let half = y * splat!(x, T::HALF);
    let integer = y.trunc().lanes_eq(y);
    let odd = integer & half.trunc().lanes_ne(half);

    let extreme = base.lanes_eq(zero) | base.lanes_eq(infinity) | y.float_abs().lanes_eq(infinity);
    let grows = base.lanes_gt(one) ^ y.lanes_lt(zero);
    let result = Vector::select(extreme, Vector::select(grows, infinity, zero), magnitude);
    let sign = x.to_bits() & splat!(x, T::SIGN);
    let result = Vector::select(odd, Vector::from_bits(result.to_bits() | sign), result);
    let no_real = x.lanes_lt(zero) & base.lanes_lt(infinity);
    let result = Vector::select(no_real.and_not(integer), nan, result);
    let result = Vector::select(x.lanes_eq(x) & y.lanes_eq(y), result, nan);
    let unit = y.lanes_eq(zero) | x.lanes_eq(one) | (base.lanes_eq(one) & y.float_abs().lanes_eq(infinity));
    Vector::select(unit, one, result)
}

/// The multiplications that the standard library makes, in its order, in all lanes until the last
/// exponent is used up.
#[inline(always)]
pub(super) fn powi<T: Format, S: Simd>(x: Vector<T, S>, n: Vector<i32, S>) -> Vector<T, S> {
    let (zero, one) = (splat!(x, 0u32), splat!(x, 1u32));
    let negative = n.lanes_lt(splat!(x, 0));
    let mut left: Vector<u32, S> = n.cast();
    left = Vector::select(negative, zero - left, left);
    let mut square = x;
    let mut product = splat!(x, T::ONE);
    loop {
        let odd = (left & one).lanes_ne(zero);
        product = Vector::select(odd, product * square, product);
        left = left.shr_uniform(1);
        if left.lanes_eq(zero).all() {
            break;
        }
        square = square * square;
    }
    if negative.any() { Vector::select(negative, splat!(x, T::ONE) / product, product) } else { product }
}
