//! Bessel functions of the first and the second kind, of orders 0 and 1.
//!
//! All four are computed in the same two ways. Up to about 12 (11 for the second kind), by eight pieces at most half a
//! period long: `v + t (s + t c) + t³ p(t)` for the distance `t` from a number next to a zero or near an extremum, with the
//! value `v` and the slope `s` there in two parts, so that the result is relatively accurate also at the zeros. From there
//! on, as an amplitude times the sine or cosine of a phase, `sqrt(2 / πx) A(1/x²) sin(x - π/4 + a/x + Φ(1/x²) / x³)`:
//! `x - π/4` is reduced as for [`sin`](mod@super::sin), also where it is huge, and `a / x` is added in two parts.
//!
//! So the bound is relative up to the number that is given with the error. Beyond it, an ulp is that of the result or of
//! 1/512 of `sqrt(2 / πx)`, of what is larger: nearer to a zero, the absolute error stays as small, not the relative one.
//!
//! ## `j0`
//!
//! - Formula: the solution of `x² y'' + x y' + x² y = 0` that is 1 at 0.
//! - Method: as above; the first piece is expanded about 0.7.
//! - Domain: all numbers.
//! - Error: 0.88 ulp (`f32`), 0.89 ulp (`f64`), relative up to 12.56: the first four zeros.
//! - Special values: `j0(±0) = 1`, `j0(±inf) = +0`, NaN gives NaN.
//!
//! ## `j1`
//!
//! - Formula: `-j0'(x)`.
//! - Method: as above; the first piece is expanded about 0, where it is `x / 2 + t³ p(t)`.
//! - Domain: all numbers.
//! - Error: 0.90 ulp (`f32`), 0.92 ulp (`f64`), relative up to 12.29: 0 and the next three zeros.
//! - Special values: `j1(±0) = ±0`, `j1(±inf) = ±0`, NaN gives NaN; of subnormal numbers, the half, rounded
//!   once.
//!
//! ## `y0`
//!
//! - Formula: the solution of `x² y'' + x y' + x² y = 0` that is `2/π (ln(x / 2) + γ)` near 0, with Euler's constant.
//! - Method: as above; up to 1.55 `2/π ln(x / z) j0(x) + r(x)` with the first zero `z`, where both terms vanish: the logarithm
//!   by cells, in two parts, of the quotient in two parts; `j0` by a polynomial; `r` as a piece is.
//! - Domain: positive numbers, subnormal ones included.
//! - Error: 0.90 ulp (`f32`), 0.92 ulp (`f64`), relative up to 10.96: the first four zeros.
//! - Special values: `y0(±0) = -inf`, `y0(+inf) = +0`; negative numbers and NaN give NaN.
//!
//! ## `y1`
//!
//! - Formula: `-y0'(x)`.
//! - Method: as above; up to 1.55 `-2 / πx` in two parts, and what is to be added to it, `2/π (ln x - 0.41) j1(x) + s(x)`: there
//!   nothing cancels.
//! - Domain: positive numbers, subnormal ones included.
//! - Error: 0.89 ulp (`f32`), 0.89 ulp (`f64`), relative up to 10.96: the first three zeros.
//! - Special values: `y1(±0) = -inf`, also of numbers below 3.5e-309 (`f32`: 1.8e-39); `y1(+inf) = +0`; negative numbers and
//!   NaN give NaN.

use super::bessel_far::{even_odd, oscillation, plus_product};
use super::bessel_formats::{Bessel, Order};
use super::cells::{extended_ln, extended_ln_sum};
use super::eft::{Dd, fast_two_sum, fma, fma_dd, residual, two_prod, two_sum};
use super::float_methods::{flip_sign, sign_bit};
use super::pieces::polynomial;
use crate::lanes::{Simd, Vector};

#[inline(always)]
pub(super) fn j0<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    first_kind(x.float_abs(), T::j0())
}

#[inline(always)]
pub(super) fn j1<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    flip_sign(first_kind(x.float_abs(), T::j1()), sign_bit(x))
}

#[inline(always)]
pub(super) fn y0<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let log = x.lanes_lt(splat!(x, T::LOG_END));
    let mut result = from_log_end(x, T::y0());
    if log.any() {
        result = Vector::select(log, y0_near(x), result);
    }
    result
}

#[inline(always)]
pub(super) fn y1<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let log = x.lanes_lt(splat!(x, T::LOG_END));
    let mut result = from_log_end(x, T::y1());
    if log.any() {
        result = Vector::select(log, y1_near(x), result);
    }
    result
}

#[inline(always)]
fn first_kind<T: Order, S: Simd>(size: Vector<T, S>, function: &Bessel<T>) -> Vector<T, S> {
    let near = size.lanes_lt(splat!(size, function.end));
    let mut result = size;
    if near.any() {
        result = by_pieces(size, function);
    }
    if !near.all() {
        result = Vector::select(near, result, oscillation(size, function));
    }
    result
}

/// A function of the second kind but for its logarithm's part.
#[inline(always)]
fn from_log_end<T: Order, S: Simd>(x: Vector<T, S>, function: &Bessel<T>) -> Vector<T, S> {
    let near = x.lanes_lt(splat!(x, function.end));
    let mut result = x;
    if near.and_not(x.lanes_lt(splat!(x, T::LOG_END))).any() {
        result = by_pieces(x, function);
    }
    if !near.all() {
        result = Vector::select(near, result, oscillation(x, function));
    }
    result
}

/// `v + t (s + t c) + t³ w(t)` for `t = x - centre`. The value and the slope are in two parts each; about zeros the value,
/// and about extrema the slope, has only the second.
#[inline(always)]
fn by_pieces<T: Order, S: Simd>(x: Vector<T, S>, function: &Bessel<T>) -> Vector<T, S> {
    let table = function.table;
    let y = fma(x, splat!(x, function.piece[1]), splat!(x, function.piece[0]));
    let index = y.to_bits().shr_uniform(T::MANTISSA - function.bits);
    let t = x - T::lookup(index, &table[0]);
    let square = two_prod(t, t);
    let w = polynomial(index, t, square.hi, &table[6..]);
    let slope = fma_dd(t, T::lookup(index, &table[5]), T::lookup(index, &table[3]));
    let main = fma_dd(t, slope.hi, T::lookup(index, &table[1]));
    let rest = fma(t, slope.lo + T::lookup(index, &table[4]), T::lookup(index, &table[2])) + main.lo;
    let cube = fma(t, square.hi, t * square.lo);
    let sum = plus_product(main.hi, cube, w, rest);
    sum.hi + sum.lo
}

/// `y0` up to the end of its logarithm's part.
#[inline(always)]
fn y0_near<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let [smooth, factor, per_zero] = T::y0_near();
    let quotient = Dd::splat(x, (per_zero[0], per_zero[1])).mul_single(x);
    let log = extended_ln_sum(quotient).mul(Dd::splat(x, T::TWO_PER_PI));
    let quarter = splat!(x, T::MINUS_QUARTER);
    let z = two_prod(x, x);
    let mut j = fma_dd(z.hi, quarter, splat!(x, T::ONE));
    j.lo = fma(z.lo, quarter, j.lo);
    let main = log.mul(j);
    let t = x - splat!(x, smooth[0]);
    let slope = fma_dd(t, splat!(x, smooth[5]), splat!(x, smooth[3]));
    let line = two_prod(t, slope.hi);
    let sum = two_sum(main.hi, line.hi);
    let small = fma(t, slope.lo + splat!(x, smooth[4]), splat!(x, smooth[2])) + ((sum.lo + line.lo) + main.lo);
    let curved = fma(t * t * t, even_odd(t, &smooth[6..]), small);
    let result = sum.hi + fma((log.hi + log.lo) * (z.hi * z.hi), even_odd(z.hi, factor), curved);

    let rare = x.lanes_lt(splat!(x, T::SMALL));
    if rare.any() {
        let log = extended_ln(x).mul(Dd::splat(x, T::TWO_PER_PI));
        let tiny = log.hi + (log.lo + splat!(x, T::Y0_CONSTANT));
        return Vector::select(rare, at_pole(x, tiny), result);
    }
    result
}

/// `y1` up to the end of its logarithm's part.
#[inline(always)]
fn y1_near<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let [smooth, factor] = T::y1_near();
    let pole = pole(x);
    let z = x * x;
    let log = extended_ln(x);
    // Not exact where the logarithm is the larger one: it is small beside the pole there.
    let shifted = fast_two_sum(-splat!(x, T::Y1_SHIFT), log.hi);
    let log = Dd { hi: shifted.hi, lo: shifted.lo + log.lo };
    let mut product = fma_dd(z, even_odd(z, &factor[2..]), splat!(x, factor[0]));
    product.lo = product.lo + splat!(x, factor[1]);
    let product = log.mul(product);
    let smooth = even_odd(x - splat!(x, T::Y1_CENTRE), smooth);
    let main = fma_dd(x, product.hi, -pole.hi);
    let result = main.hi + (main.lo + fma(x, product.lo, smooth - pole.lo));

    let rare = x.lanes_lt(splat!(x, T::SMALL));
    if rare.any() {
        let up = splat!(x, T::UP.0);
        let pole = self::pole(x * up);
        let tiny = -((pole.hi + pole.lo) * up);
        return Vector::select(rare, at_pole(x, tiny), result);
    }
    result
}

/// `2 / (π x)` in two parts.
#[inline(always)]
fn pole<T: Order, S: Simd>(x: Vector<T, S>) -> Dd<T, S> {
    let (hi, lo) = T::TWO_PER_PI;
    let quotient = splat!(x, hi) / x;
    let rest = residual(quotient, x, splat!(x, hi)) + splat!(x, lo);
    Dd { hi: quotient, lo: rest * (quotient * splat!(x, T::FRAC_PI_2)) }
}

/// The value for a tiny argument, at a pole that is infinite, and NaN below it.
#[inline(always)]
fn at_pole<T: Order, S: Simd>(x: Vector<T, S>, value: Vector<T, S>) -> Vector<T, S> {
    let zero = splat!(x, T::ZERO);
    let other = Vector::select(x.lanes_eq(zero), -splat!(x, T::INFINITY), splat!(x, T::NAN));
    Vector::select(x.lanes_gt(zero), value, other)
}
