//! Inverse hyperbolic functions.
//!
//! ## `asinh`
//!
//! - Formula: `ln(x + sqrt(x² + 1))`, odd.
//! - Method: the square root and the sum with `|x|` in double-double, so that of `1 + |x| + …` nothing is lost; the
//!   table and polynomial of `ln` for both parts. Of large arguments, `ln(2|x|)`. For `f32` with FMA the root's second part
//!   is found without a division, by an inverse of few bits.
//! - Domain: all numbers.
//! - Error: 0.60 ulp (`f32`), 0.63 ulp (`f64`; 0.64 without FMA).
//! - Special values: `asinh(±0) = ±0`, `asinh(±inf) = ±inf`, NaN gives NaN.
//!
//! ## `acosh`
//!
//! - Formula: `ln(x + sqrt(x² - 1))`, the one that is not negative.
//! - Method: as for `asinh`; `x² - 1` is exact but for its last bits, so that nothing cancels near 1.
//! - Domain: numbers from 1 on.
//! - Error: 0.61 ulp (`f32`), 0.64 ulp (`f64`).
//! - With `ulp = 4`: 2.87 ulp (`f32`), 3.19 ulp (`f64`); the logarithm of one part.
//! - Special values: `acosh(1) = +0`, `acosh(+inf) = +inf`; numbers below 1 and NaN give NaN.
//!
//! ## `atanh`
//!
//! - Formula: `ln((1 + x) / (1 - x)) / 2`, odd.
//! - Method: the quotient as `1 + 2|x| / (1 - |x|)`, divided in double-double; the logarithm as for `asinh`. For `f32`
//!   with FMA the quotient's exponent `k` comes from the difference of the bits, and the result is `k ln 2 / 2 + atanh z`
//!   with `z = (1 + |x| - 2^k (1 - |x|)) / (1 + |x| + 2^k (1 - |x|))` and a minimax polynomial; `k` is 0 below 1/4, where
//!   `z` is `|x|`.
//! - Domain: numbers from -1 to 1.
//! - Error: 0.77 ulp (`f32`; 0.60 without FMA), 0.63 ulp (`f64`; 0.64 without FMA).
//! - With `ulp = 4`: 0.77 ulp (`f32`), 3.17 ulp (`f64`); in `f64` the logarithm of one part.
//! - Special values: `atanh(±0) = ±0`, `atanh(±1) = ±inf`; numbers beyond 1 and NaN give NaN.

use super::bits::{Format, copy_sign};
use super::cells::{Cells, ln_sum};
use super::cells_single::{Split, ln_of_twice};
use super::eft::{Dd, fast_two_sum, fma, residual, two_prod, two_sum};
use super::exp::LN_2_F32;
use crate::lanes::{Simd, Vector};

/// A format with inverse hyperbolic functions.
pub(super) trait InverseHyperbolic: Cells {
    /// From here on the 1 beside `x²` does not count; the square is finite and its error representable.
    const LARGE: Self;
    /// The inverse of `LARGE`.
    const SMALL: Self;
    /// The exponent of `2 LARGE`.
    const EXPONENT: Self;
}

impl InverseHyperbolic for f64 {
    // 2^±100.
    const LARGE: f64 = f64::from_bits((1023 + 100) << 52);
    const SMALL: f64 = f64::from_bits((1023 - 100) << 52);
    const EXPONENT: f64 = 101.0;
}

impl InverseHyperbolic for f32 {
    // 2^±50.
    const LARGE: f32 = f32::from_bits((127 + 50) << 23);
    const SMALL: f32 = f32::from_bits((127 - 50) << 23);
    const EXPONENT: f32 = 51.0;
}

#[inline(always)]
pub(super) fn asinh<T: InverseHyperbolic, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let size = x.float_abs();
    let one = splat!(x, T::ONE);
    let square = two_prod(size, size);
    let sum = two_sum(one, square.hi);
    let root = sqrt(Dd { hi: sum.hi, lo: sum.lo + square.lo });
    let mut argument = fast_two_sum(root.hi, size);
    argument.lo = argument.lo + root.lo;
    let large = large(size, &mut argument);
    copy_sign(ln_sum(argument, large), x)
}

#[inline(always)]
pub(super) fn acosh<T: InverseHyperbolic, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let one = splat!(x, T::ONE);
    let square = two_prod(x, x);
    let difference = fast_two_sum(square.hi, -one);
    let root = sqrt(Dd { hi: difference.hi, lo: difference.lo + square.lo });
    let mut argument = fast_two_sum(x, root.hi);
    argument.lo = argument.lo + root.lo;
    let large = large(x, &mut argument);
    // Where the square root is NaN, so is the result, but that is not so below -1.
    let below = x.lanes_lt(one);
    if below.any() {
        argument.hi = Vector::select(below, splat!(x, T::NAN), argument.hi);
    }
    ln_sum(argument, large)
}

#[inline(always)]
pub(super) fn atanh<T: InverseHyperbolic, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let size = x.float_abs();
    let one = splat!(x, T::ONE);
    let divisor = fast_two_sum(one, -size);
    let inverse = one / divisor.hi;
    let twice = size + size;
    let quotient = twice * inverse;
    let rest = fma(-quotient, divisor.lo, residual(quotient, divisor.hi, twice));
    let sum = two_sum(one, quotient);
    // Beyond 1 the sum is negative, and at 1 infinite.
    let ln = ln_sum(Dd { hi: sum.hi, lo: fma(rest, inverse, sum.lo) }, None);
    copy_sign(ln * splat!(x, T::HALF), x)
}

/// The bits of 1 and of 1/2: less those of a number they are half of its inverse, to an eighth, and near 1 as exactly as
/// the number is near.
const HALF_OF_INVERSE: u32 = 1f32.to_bits() + 0.5f32.to_bits();

/// What the square root of `sum.hi + sum.lo` has beside `root`, the root of `sum.hi`, added to `rest`.
#[inline(always)]
fn beside_root<S: Simd>(root: Vector<f32, S>, sum: Dd<f32, S>, rest: Vector<f32, S>) -> Vector<f32, S> {
    let half_of_inverse = Vector::from_bits(splat!(root, HALF_OF_INVERSE) - root.to_bits());
    (residual(root, root, sum.hi) + sum.lo).mul_add(half_of_inverse, rest)
}

#[inline(always)]
pub(super) fn asinh_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return asinh(x);
    }
    let size = x.float_abs();
    let one = splat!(x, 1.0);
    let sum = size.mul_add(size, one);
    // Of an |x| above 2^12, where the difference is rounded, it does not count.
    let sum = Dd { hi: sum, lo: size.mul_add(size, one - sum) };
    let root = sum.hi.sqrt();
    let argument = fast_two_sum(root, size);
    let split = Split::of(argument.hi);
    let result = split.ln_with(beside_root(root, sum, argument.lo));
    let usual = split.usual();
    if usual.all() {
        return copy_sign(result, x);
    }
    copy_sign(Vector::select(usual, result, ln_of_twice(size)), x)
}

#[inline(always)]
pub(super) fn acosh_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return acosh(x);
    }
    // With t = x - 1, x² - 1 = t² + 2t; below 1 such that it is negative.
    let t = x - splat!(x, 1.0);
    let (size, twice) = (t.float_abs(), t + t);
    let sum = t.mul_add(size, twice);
    // Of a t above 2, where the difference may be rounded, it does not count.
    let sum = Dd { hi: sum, lo: t.mul_add(size, twice - sum) };
    let root = sum.hi.sqrt();
    let argument = fast_two_sum(x, root);
    let split = Split::of(argument.hi);
    let result = split.ln_with(beside_root(root, sum, argument.lo));
    let usual = split.usual();
    if usual.all() {
        return result;
    }
    let rare = Vector::select(x.lanes_lt(splat!(x, 1.0)), splat!(x, f32::NAN), ln_of_twice(x));
    Vector::select(usual, result, rare)
}

/// The largest argument for which `2^k + 1` is surely exact: 1 - 2^-22.
const ATANH_USUAL: f32 = 1.0 - 1.0 / 4194304.0;

#[inline(always)]
pub(super) fn atanh_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return atanh(x);
    }
    let size = x.float_abs();
    let one = splat!(x, 1.0);
    // The difference of the bits is the quotient's logarithm, nearly.
    let bits = (one + size).to_bits() - (one - size).to_bits() + splat!(x, 1 << (f32::MANTISSA - 2));
    let k = bits.shr_uniform(f32::MANTISSA).cast::<i32>().cast::<f32>();
    let power = Vector::from_bits((bits & splat!(x, !f32::MANTISSA_MASK)) + splat!(x, 1f32.to_bits()));
    let (more, less) = (power + one, one - power);
    // The numerator is exact: k is 0, or its bits are those of 1 and |x| from 1/4 on, and it is below 1.
    let (numerator, denominator) = (size.mul_add(more, less), size.mul_add(less, more));
    let inverse = one / denominator;
    let z = numerator * inverse;
    let rest = residual(z, denominator, numerator);
    let square = z * z;
    let q = horner!(square; 0.3333333, 0.20001025, 0.14215755, 0.12586753);
    // k ln 2 / 2 is larger than z or it is 0.
    let sum = fast_two_sum(k * splat!(x, LN_2_F32.0 * 0.5), z);
    let lo = fma(rest, inverse, fma(k, splat!(x, LN_2_F32.1 * 0.5), sum.lo));
    let result = copy_sign(sum.hi + fma(square * z, q, lo), x);
    let usual = size.lanes_le(splat!(x, ATANH_USUAL));
    if usual.all() { result } else { Vector::select(usual, result, atanh(x)) }
}

/// The square root of a double-double.
#[inline(always)]
fn sqrt<T: InverseHyperbolic, S: Simd>(x: Dd<T, S>) -> Dd<T, S> {
    let hi = x.hi.sqrt();
    // Of 0, too: what is left of it is 0.
    let per_twice = splat!(hi, T::HALF) / (hi + splat!(hi, T::SMALL));
    Dd { hi, lo: (residual(hi, hi, x.hi) + x.lo) * per_twice }
}

/// Where `x` is large, if anywhere, the argument of the logarithm becomes `2x`, as a number that the reduction can
/// take and the exponent that comes back, in the other lanes 0.
#[inline(always)]
fn large<T: InverseHyperbolic, S: Simd>(x: Vector<T, S>, argument: &mut Dd<T, S>) -> Option<Vector<T, S>> {
    if !x.any_beyond(T::LARGE) {
        return None;
    }
    let large = x.lanes_gt(splat!(x, T::LARGE));
    let zero = splat!(x, T::ZERO);
    argument.hi = Vector::select(large, x * splat!(x, T::SMALL), argument.hi);
    argument.lo = Vector::select(large, zero, argument.lo);
    Some(Vector::select(large, splat!(x, T::EXPONENT), zero))
}
