//! Sine, cosine and tangent of half turns.
//!
//! ## `sinpi`
//!
//! - Formula: `sin(π x)`.
//! - Method: `x = n / 2 + r` with `|r| <= 1/4`, exactly; `sin(π r) = r (π + r² p(r²))` and `cos(π r) = 1 - 4 r² + r² q(r²)`
//!   by minimax polynomials, π in two parts; a select by the quadrant `n mod 4`.
//! - Domain: all numbers; from 2^53 (`f32`: 2^24) on all are even integers.
//! - Error: 0.97 ulp (`f32`; 0.78 where the result is not close to the smallest normal number), 0.86 ulp (`f64`; 0.76).
//! - With `ulp = 4`: 2.14 ulp (`f32`), 3.61 ulp (`f64`); reduced by half turns, one polynomial.
//! - Special values: `sinpi` of integers is a zero with the sign of the argument; infinities and NaN give NaN.
//!
//! ## `cospi`
//!
//! - Formula: `cos(π x)`.
//! - Method: that of `sinpi`, one quadrant later.
//! - Domain: that of `sinpi`.
//! - Error: 0.82 ulp (`f32`; 0.88 without FMA), 0.77 ulp (`f64`; 0.85 without FMA).
//! - With `ulp = 4`: 2.10 ulp (`f32`), 3.67 ulp (`f64`); reduced by half turns, one polynomial.
//! - Special values: `cospi(n + 1/2) = +0`; infinities and NaN give NaN.
//!
//! ## `tanpi`
//!
//! - Formula: `tan(π x)`.
//! - Method: the tangent of `π r`, which is in double-double, as for `tan`.
//! - Domain: that of `sinpi`.
//! - Error: 0.97 ulp (`f32`; 0.78 where the result is not close to the smallest normal number), 0.86 ulp (`f64`; 0.74).
//! - With `ulp = 4`: 3.14 ulp (`f32`), 3.07 ulp (`f64`); without what the roundings lose.
//! - Special values: `tanpi` of even integers is a zero with the argument's sign, of odd ones with the other;
//!   `tanpi(n + 1/2)` is `+inf` for even `n` and `-inf` for odd; infinities and NaN give NaN.

use super::eft::{Dd, fma, two_prod};
use super::float_methods::{flip_sign, sign_bit};
use super::sin::{Turn, next};
use super::tan::{Tangent, tan_of};
use crate::lanes::{Int, Simd, Vector};

/// The polynomials of a format, in `z = r²` for `|r| <= 1/4`, and its limits.
pub(super) trait HalfTurns: Tangent {
    /// π in two parts.
    const PI: (Self, Self);
    /// From here on the quadrant does not fit beside the shifter.
    const FAR: Self;
    /// From here on what the product with π loses is above the smallest number.
    const NEAR: Self;

    /// `(sin(π r) / r - π) / r²`.
    fn sine_pi<S: Simd>(z: Vector<Self, S>) -> Vector<Self, S>;
    /// `(cos(π r) - 1) / r² + 4`.
    fn cosine_pi<S: Simd>(z: Vector<Self, S>) -> Vector<Self, S>;
}

impl HalfTurns for f64 {
    const PI: (f64, f64) = (std::f64::consts::PI, 1.2246467991473532e-16);
    const FAR: f64 = f64::from_bits((1023 + 49) << 52);
    const NEAR: f64 = f64::from_bits((1023 - 900) << 52);

    #[inline(always)]
    fn sine_pi<S: Simd>(z: Vector<f64, S>) -> Vector<f64, S> {
        horner!(z;
            -5.167712780049969, 2.5501640398765977, -0.5992645291821085, 0.08214587718730286, -0.007370141252755898,
            0.0004621943693963478)
    }

    #[inline(always)]
    fn cosine_pi<S: Simd>(z: Vector<f64, S>) -> Vector<f64, S> {
        horner!(z;
            -0.9348022005446793, 4.058712126416775, -1.3352627688550116, 0.23533063034914206, -0.02580688968287036,
            0.0019295156369542844, -0.00010380687606819031)
    }
}

impl HalfTurns for f32 {
    const PI: (f32, f32) = (std::f32::consts::PI, -8.742278e-8);
    const FAR: f32 = f32::from_bits((127 + 20) << 23);
    const NEAR: f32 = f32::from_bits((127 - 90) << 23);

    #[inline(always)]
    fn sine_pi<S: Simd>(z: Vector<f32, S>) -> Vector<f32, S> {
        horner!(z; -5.167712, 2.5499876, -0.5916331)
    }

    #[inline(always)]
    fn cosine_pi<S: Simd>(z: Vector<f32, S>) -> Vector<f32, S> {
        horner!(z; -0.9348022, 4.0587077, -1.3350477, 0.23130755)
    }
}

#[inline(always)]
pub(super) fn sinpi<T: HalfTurns, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let (quadrant, r) = reduce(x);
    // No zero may have a sign but that of the argument.
    flip_sign(sine_at(quadrant, r) + splat!(x, T::ZERO), sign_bit(x))
}

#[inline(always)]
pub(super) fn cospi<T: HalfTurns, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let (quadrant, r) = reduce(x);
    sine_at(next(quadrant), r) + splat!(x, T::ZERO)
}

#[inline(always)]
pub(super) fn tanpi<T: HalfTurns, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let (quadrant, r) = reduce(x);
    let odd = quadrant.shl_uniform(T::Bits::BITS - 1);
    let value = flip_sign(tan_of(r_times(r, splat!(r, T::PI.1)), T::is_negative(odd)), odd);
    finish_tangent(x, quadrant, r, value)
}

/// The tangent with the sign of `x`, given that of its magnitude but for zeros, poles, infinities and NaN.
#[inline(always)]
pub(super) fn finish_tangent<T: HalfTurns, S: Simd>(
    x: Vector<T, S>,
    quadrant: Vector<T::Bits, S>,
    r: Vector<T, S>,
    value: Vector<T, S>,
) -> Vector<T, S> {
    let usual = r.float_abs().lanes_gt(splat!(r, T::ZERO));
    let value = if usual.all() {
        value
    } else {
        // Zeros and poles: of those on the positive side, every second one is negative.
        let odd = T::is_negative(quadrant.shl_uniform(T::Bits::BITS - 1));
        let exact = Vector::select(odd, splat!(r, T::INFINITY), splat!(r, T::ZERO));
        let sign = quadrant.shl_uniform(T::Bits::BITS - 2) & splat!(r, T::SIGN);
        let special = Vector::select(r.lanes_eq(r), flip_sign(exact, sign), splat!(r, T::NAN));
        Vector::select(usual, value, special)
    };
    flip_sign(value, sign_bit(x))
}

/// `|x| = n / 2 + r`: `n`, in the low bits of an integer, and `r`.
#[inline(always)]
pub(super) fn reduce<T: HalfTurns, S: Simd>(x: Vector<T, S>) -> (Vector<T::Bits, S>, Vector<T, S>) {
    let x = near(x);
    let half = splat!(x, T::HALF);
    let shifter = splat!(x, T::SHIFTER);
    let shifted = (x + x) + shifter;
    (shifted.to_bits(), x - (shifted - shifter) * half)
}

/// `|x|`, or less the nearest multiple of 2, exactly, if it is large.
#[inline(always)]
pub(super) fn near<T: HalfTurns, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let x = x.float_abs();
    if !x.any_beyond(T::FAR) {
        return x;
    }
    let twos = (x * splat!(x, T::HALF)).round_ties_even();
    x - (twos + twos)
}

/// `sin(π (quadrant / 2 + r))`.
#[inline(always)]
fn sine_at<T: HalfTurns, S: Simd>(quadrant: Vector<T::Bits, S>, r: Vector<T, S>) -> Vector<T, S> {
    let turn = Turn::<T, S>::of(quadrant);
    let z = r * r;
    flip_sign(Vector::select(turn.even, sine(r, z), cosine(z)), turn.sign)
}

/// `sin(π r)`: the sum with the largest part of `π r` is rounded once, and nothing else counts.
#[inline(always)]
fn sine<T: HalfTurns, S: Simd>(r: Vector<T, S>, z: Vector<T, S>) -> Vector<T, S> {
    let rest = fma(z, T::sine_pi(z), splat!(r, T::PI.1));
    if S::FMA {
        return r.mul_add(splat!(r, T::PI.0), r * rest);
    }
    let product = r_times(r, rest);
    product.hi + product.lo
}

/// `cos(π r)`: `1 - 4 z` with what it loses, then the small terms.
#[inline(always)]
fn cosine<T: HalfTurns, S: Simd>(z: Vector<T, S>) -> Vector<T, S> {
    let one = splat!(z, T::ONE);
    let twice = z + z;
    let four = twice + twice;
    let sum = one - four;
    sum + fma(z, T::cosine_pi(z), (one - sum) - four)
}

/// `r` times the sum of the first part of π and a small `rest`.
#[inline(always)]
fn r_times<T: HalfTurns, S: Simd>(r: Vector<T, S>, rest: Vector<T, S>) -> Dd<T, S> {
    let product = two_prod(r, splat!(r, T::PI.0));
    let mut lo = fma(r, rest, product.lo);
    if !S::FMA {
        // Close to the smallest number the product's parts are not exact, and the rest does not count.
        lo = Vector::select(r.float_abs().lanes_lt(splat!(r, T::NEAR)), splat!(r, T::ZERO), lo);
    }
    Dd { hi: product.hi, lo }
}
