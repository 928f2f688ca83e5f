//! Powers.
//!
//! ## `powf`
//!
//! - Formula: `x^y`.
//! - Method (`f64`): `e^(y ln x)`. With the cells of `ln`, `ln(1 + r) = s + s³ q(s²)` where `s = 2r / (2 + r)`; `s`, the
//!   sum with the table's values and the product with `y` in double-double; the exponential as in `exp`.
//! - Method (`f32`): `2^(y log2 x)`, by the tables of the logarithm and of `exp`, and polynomials: with FMA `log2 x` to 33
//!   bits in two parts, and so its product with `y`; without, in `f64`.
//! - Domain: all numbers; results overflow to infinity and underflow gradually to zero.
//! - Error: 0.91 ulp (`f32`; 0.53 without FMA), 0.76 ulp (`f64`).
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

use super::bits::Format;
use super::cells;
use super::exp::{Eighths, exp2_short};
use super::pow_single::powf_single;
use super::precise_log::precise_ln;
use crate::lanes::{Function, Simd, Vector};

/// Up to this, and down to its negative, exponents give normal results.
const USUAL: f64 = 700.0;

struct Powf;

impl Function<2> for Powf {
    #[inline(always)]
    fn of<S: Simd>([x, y]: [Vector<f64, S>; 2]) -> Vector<f64, S> {
        powf(x, y)
    }
}

#[inline(always)]
pub(super) fn powf_f64<S: Simd>(x: Vector<f64, S>, y: Vector<f64, S>) -> Vector<f64, S> {
    S::apart::<Powf, 2>([x, y])
}

#[inline(always)]
fn powf<S: Simd>(x: Vector<f64, S>, y: Vector<f64, S>) -> Vector<f64, S> {
    let (domain, ln) = precise_ln(x);
    let exponent = ln.mul_single(if S::FMA { y } else { confine(y) });
    let power = Eighths::of_sum(exponent);
    // NaN does not pass: 1 to its power is 1.
    let usual = exponent.hi.float_abs().lanes_le(splat!(x, USUAL));
    if !domain.any_rare & usual.all() {
        return power.power(power.shifted);
    }
    let magnitude = power.far(exponent.hi, USUAL, [-746.0, 710.0]);
    Vector::select(usual & domain.usual, magnitude, special(x, y, magnitude))
}

/// With FMA in `f32`; without, both steps in `f64`.
#[inline(always)]
pub(super) fn powf_f32<S: Simd>(x: Vector<f32, S>, y: Vector<f32, S>) -> Vector<f32, S> {
    if S::FMA { powf_single(x, y) } else { powf_wide(x, y) }
}

/// Both steps in `f64`, where they need no care: it has 29 bits more, and no intermediate result
/// leaves its range.
#[inline(always)]
fn powf_wide<S: Simd>(x: Vector<f32, S>, y: Vector<f32, S>) -> Vector<f32, S> {
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

/// The results for negative and zero bases, infinities and NaN, where `magnitude` is `|x|^y` for all
/// other arguments (C99, F.9.4.4).
#[inline(always)]
pub(super) fn special<T: Format, S: Simd>(x: Vector<T, S>, y: Vector<T, S>, magnitude: Vector<T, S>) -> Vector<T, S> {
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
