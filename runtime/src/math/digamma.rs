//! The logarithmic derivative of the gamma function.
//!
//! ## `digamma`
//!
//! - Formula: `ψ(x) = Γ'(x) / Γ(x)`.
//! - Method: for `x` from 3, with `y = x - 1/2`, `ln y + p(1/y²) / y²` by a minimax polynomial; below, pieces as those of
//!   [`lgamma`](mod@super::lgamma): `ψ(1 + x) - 1 / x` on the first three, then `ψ(c) + t p(t)`, with `c` at the positive root for
//!   the piece that has it. `ψ(-x) = ψ(1 + x) + π cot(π x)`. Logarithm, quotients and sums are in double-double. For `f32`, in
//!   `f64` with shorter polynomials.
//! - Domain: all numbers but the negative integers.
//! - Error: 0.70 ulp (`f32`), 0.76 ulp (`f64`; 0.78 without FMA). For negative `x` where
//!   `|ψ(x)| < |ψ(1 - x)|`, near the roots there, so many units in the last place of `ψ(1 - x)`.
//! - Special values: `digamma(+0) = -inf`, `digamma(-0) = +inf`, `digamma(+inf) = +inf`; negative integers, `-inf` and NaN
//!   give NaN.

use super::bits::Format;
use super::cells::{extended_ln, ln_short};
use super::eft::{Dd, fast_two_sum, fma, residual, two_prod, two_sum};
use super::float_methods::copysign;
use super::gamma_tables::{DIGAMMA_F64, DIGAMMA_SHORT_F64};
use super::lgamma::Place;
use super::pieces::polynomial;
use super::reflection::{extended_cotpi, short_cotpi};
use super::sinpi::HalfTurns;
use crate::lanes::{Simd, Vector};

/// Below this, `ψ(x)` is `-1 / x`.
const TINY: f64 = 8.673617379884035e-19;

#[inline(always)]
pub(super) fn digamma_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let (zero, half, one) = (splat!(x, 0.0), splat!(x, 0.5), splat!(x, 1.0));
    let a = x.float_abs();
    let negative = x.lanes_lt(zero);
    let any_negative = negative.any();
    let usual = a.lanes_ge(splat!(x, TINY)) & a.lanes_lt(splat!(x, f64::INFINITY));
    let any_rare = !usual.all();
    let size = if any_rare { Vector::select(usual, a, one) } else { a };

    // For negative x, that of 1 + |x|.
    let mut y = Dd { hi: size - half, lo: zero };
    if any_negative {
        let next = fast_two_sum(size, half);
        y.hi = Vector::select(negative, next.hi, y.hi);
        y.lo = Vector::select(negative, next.lo, zero);
    }
    let place = Place::of(size, y.hi, &DIGAMMA_F64);
    let ln = extended_ln(place.inner);
    let ln_lo = fma(y.lo, place.inverse, ln.lo);

    // ψ(x) = ψ(1 + x) - 1 / x, and ψ(1 + |x|) = ψ(|x|) + 1 / |x|.
    let quotient = -copysign(place.inverse, x);
    let lost = residual(place.inverse, size, one) * quotient;
    let with_quotient = place.low ^ negative;
    let v = place.index.lookup8(&DIGAMMA_F64[1]);
    let sum = two_sum(v, quotient);
    let base = Dd {
        hi: Vector::select(place.large, ln.hi, Vector::select(with_quotient, sum.hi, v)),
        lo: Vector::select(place.large, ln_lo, Vector::select(with_quotient, sum.lo + lost, zero)),
    };

    let Place { index, argument, .. } = place;
    let square = argument * argument;
    let q = polynomial(index, argument, square, &DIGAMMA_F64[5..]);
    let linear = two_prod(argument, index.lookup8(&DIGAMMA_F64[2]));
    let sum = two_sum(base.hi, linear.hi);
    let rest = base.lo + fma(argument, index.lookup8(&DIGAMMA_F64[3]), linear.lo);
    let rest = fma(square * argument, q, rest);
    let sum = Dd { hi: sum.hi, lo: sum.lo + fma(square, index.lookup8(&DIGAMMA_F64[4]), rest) };
    let mut result = sum.hi + sum.lo;

    if any_negative {
        let (over, under) = extended_cotpi(size);
        let over = over.mul(Dd::splat(x, <f64 as HalfTurns>::PI));
        let inverse = one / under.hi;
        let quotient = over.hi * inverse;
        let rest = (residual(quotient, under.hi, over.hi) + fma(-quotient, under.lo, over.lo)) * inverse;
        let both = two_sum(quotient, sum.hi);
        let reflected = both.hi + (both.lo + (rest + sum.lo));
        let reflected = Vector::select(under.hi.lanes_eq(zero), splat!(x, f64::NAN), reflected);
        result = Vector::select(negative, reflected, result);
    }
    if !any_rare {
        return result;
    }
    let result = Vector::select(a.lanes_lt(splat!(x, TINY)), -(one / x), result);
    special(x, result)
}

/// The result, and its value at infinities and NaN.
#[inline(always)]
fn special<T: Format, S: Simd>(x: Vector<T, S>, result: Vector<T, S>) -> Vector<T, S> {
    let infinity = splat!(x, T::INFINITY);
    let result = Vector::select(x.lanes_lt(infinity), result, x);
    Vector::select(x.lanes_gt(-infinity), result, splat!(x, T::NAN))
}

/// In `f64`, where nothing needs care: it has 29 bits more, and no intermediate result leaves its range.
#[inline(always)]
pub(super) fn digamma_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let narrow = x;
    let x = x.cast::<f64>();
    let half = splat!(x, 0.5);
    let a = x.float_abs();
    let negative = x.lanes_lt(splat!(x, 0.0));
    let any_negative = negative.any();
    let y = if any_negative { a + Vector::select(negative, half, -half) } else { a - half };
    let place = Place::of(a, y, &DIGAMMA_SHORT_F64);
    let v = place.index.lookup8(&DIGAMMA_SHORT_F64[1]);
    let base = Vector::select(place.low ^ negative, v - copysign(place.inverse, x), v);
    let base = Vector::select(place.large, ln_short(place.inner), base);
    let Place { index, argument, .. } = place;
    let p = polynomial(index, argument, argument * argument, &DIGAMMA_SHORT_F64[2..]);
    let mut result = fma(argument, p, base);
    if any_negative {
        let cotangent = short_cotpi(a);
        let pole = cotangent.float_abs().lanes_eq(splat!(x, f64::INFINITY));
        let reflected = Vector::select(pole, splat!(x, f64::NAN), result + cotangent);
        result = Vector::select(negative, reflected, result);
    }
    let result = result.cast::<f32>();
    if narrow.float_abs().lanes_lt(splat!(narrow, f32::INFINITY)).all() { result } else { special(narrow, result) }
}
