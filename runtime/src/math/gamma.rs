//! The gamma function.
//!
//! ## `tgamma`
//!
//! - Formula: the integral of `t^(x - 1) e^-t` from 0 to infinity, and its continuation to negative `x`.
//! - Method: `Γ(y + 1/2) = √(2π) e^(y ln y - y + S(y))` with `S(y) = p(1/y²) / y` by a minimax polynomial, for `y` from 3.5;
//!   `y ln y` in double-double, its first part such that the exponent's large parts cancel exactly. Below 4,
//!   `Γ(x) = Γ(x + 4) / (x (x + 1) (x + 2) (x + 3))`; and `Γ(-x) = -π / (x sin(π x) Γ(x))`, factors and quotient in
//!   double-double. For `f32`, in `f64` with shorter polynomials.
//! - Domain: all numbers but 0 and the negative integers; infinite above 171.62 (`f32`: 35.04), subnormal results below
//!   -170.56 (-34.03), 0 below -184 (-42), with the sign of `Γ`.
//! - Error: 0.55 ulp (`f32`), 0.83 ulp (`f64`; 0.66 where the result is normal).
//! - Special values: `tgamma(±0) = ±inf`, `tgamma(+inf) = +inf`; negative integers, `-inf` and NaN give NaN.

use super::bits::Format;
use super::cells::fine_ln;
use super::eft::{Dd, aligned_product, fast_two_sum, fma, residual, two_sum};
use super::exp::{Eighths, LN_2_OVER_8, exp2_short};
use super::gamma_tables::LOG2_GAMMA_F64;
use super::pieces::polynomial;
use super::reflection::{extended_sinpi, short_sinpi};
use super::sinpi::HalfTurns;
use crate::lanes::{Simd, Vector};

/// `ln √(2π)`: the first part a multiple of 2^-42.
const LN_SQRT_TAU: (f64, f64) = (0.9189385332044822, 1.9058651038655871e-13);

/// From here on the series is used without a shift.
const SHIFTED_BELOW: f64 = 4.0;

/// Above this, powers are less 2^200: they and their products would overflow.
const LARGE: f64 = 160.0;
const LESS: f64 = 200.0;
const POWER_LESS: f64 = 1.6069380442589903e60;
const LESS_POWER: f64 = 6.223015277861142e-61;

/// Above this, the result is infinite, and at `-x` it is 0 or there is none.
const HUGE: f64 = 186.0;

/// The same in `f32`; the last piece ends a little later.
const HUGE_F32: f64 = 43.0;

/// Below this, `Γ(x)` is `1 / x`.
const TINY: f64 = 8.673617379884035e-19;

/// `S(y)` for `u = 1 / y`.
#[inline(always)]
fn correction<S: Simd>(u: Vector<f64, S>) -> Vector<f64, S> {
    u * estrin!(u * u;
        -0.04166666666666652, 0.002430555555418834, -0.0007688491688537749, 0.0005905830307089068,
        -0.0008397682683696988, 0.0019017679595562853, -0.005984870337564016, 0.02124193932528268,
        -0.06296458092225583, 0.10100588061037359)
}

/// `Γ(y + 1/2) / 2^less`, for `y` from 3.5, in two parts.
#[inline(always)]
fn power<S: Simd>(y: Dd<f64, S>, less: Option<Vector<f64, S>>) -> Dd<f64, S> {
    let s = correction(splat!(y.hi, 1.0) / y.hi) + splat!(y.hi, LN_SQRT_TAU.1);
    let ln = fine_ln(y.hi);
    // Its first part is a multiple of 2^-42.
    let product = aligned_product(y.hi, ln.hi, 1024.0);
    let rest = fma(y.hi, ln.lo, fma(y.lo, ln.hi, product.lo));

    let small = s + rest;
    let exponent = (product.hi - y.hi) + (small + splat!(y.hi, LN_SQRT_TAU.0));
    let shifter = splat!(y.hi, f64::SHIFTER);
    let shifted = fma(exponent, splat!(y.hi, 8.0 * std::f64::consts::LOG2_E), shifter);
    let n = shifted - shifter;
    // Multiples of 2^-45, and of the last place of y: the sums are exact.
    let large = (fma(n, splat!(y.hi, -LN_2_OVER_8.0), product.hi) - y.hi) + splat!(y.hi, LN_SQRT_TAU.0);
    let small = fma(n, splat!(y.hi, -LN_2_OVER_8.1), small);
    let shifted = match less {
        Some(less) => shifted - less * splat!(y.hi, 8.0),
        None => shifted,
    };
    Eighths::new(shifted, large + small).extended()
}

#[inline(always)]
pub(super) fn tgamma_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let zero = splat!(x, 0.0);
    let one = splat!(x, 1.0);
    let a = x.float_abs();
    let negative = x.lanes_lt(zero);
    let large = a.lanes_gt(splat!(x, LARGE));
    let usual = a.lanes_ge(splat!(x, TINY)) & a.lanes_le(splat!(x, LARGE));
    let any_rare = !usual.all();

    let mut size = a;
    let mut less = None;
    if any_rare {
        size = Vector::select(a.lanes_gt(splat!(x, HUGE)), splat!(x, HUGE), a);
        less = Some(Vector::select(large, splat!(x, LESS), zero));
    }
    let small = a.lanes_lt(splat!(x, SHIFTED_BELOW));
    let any_small = small.any();
    let mut y = Dd { hi: size - splat!(x, 0.5), lo: zero };
    if any_small {
        let shifted = fast_two_sum(splat!(x, SHIFTED_BELOW - 0.5), a);
        y = shifted.select(small, y);
    }
    let power = power(y, less);
    let mut result = power.hi;
    let any_negative = negative.any();
    if any_small | any_negative {
        // v = x (x + 3), w = (x + 1) (x + 2).
        let v = fast_two_sum(splat!(x, 3.0), a).mul_single(a);
        let w = two_sum(v.hi, splat!(x, 2.0));
        let w = fast_two_sum(w.hi, w.lo + v.lo);
        let mut over = power;
        let mut under = v.mul(w).select(small, Dd { hi: one, lo: zero });
        let mut poles = x.lanes_ne(x);
        if any_negative {
            let sine = extended_sinpi(a);
            poles = negative & sine.hi.lanes_eq(zero);
            let product = power.mul(sine).mul_single(Vector::select(small, -one, -a));
            let shift = w.mul(fast_two_sum(splat!(x, 3.0), a));
            let shift = shift.select(small, Dd { hi: one, lo: zero });
            let over_negative = shift.mul(Dd::splat(x, <f64 as HalfTurns>::PI));
            over = over_negative.select(negative, over);
            under = product.select(negative, under);
        }
        let inverse = one / under.hi;
        let quotient = over.hi * inverse;
        let rest = residual(quotient, under.hi, over.hi) + fma(-quotient, under.lo, over.lo);
        result = fma(rest, inverse, quotient);
        result = Vector::select(poles, splat!(x, f64::NAN), result);
    }
    if !any_rare {
        return result;
    }
    let scaled = result * Vector::select(negative, splat!(x, LESS_POWER), splat!(x, POWER_LESS));
    let result = Vector::select(large, scaled, result);
    let result = Vector::select(a.lanes_lt(splat!(x, TINY)), one / x, result);
    let none = x.lanes_ne(x) | x.lanes_eq(splat!(x, f64::NEG_INFINITY));
    Vector::select(none, splat!(x, f64::NAN), result)
}

/// In `f64`, where nothing needs care: it has 29 bits more, and no intermediate result leaves its range.
#[inline(always)]
pub(super) fn tgamma_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let x = x.cast::<f64>();
    let (zero, one) = (splat!(x, 0.0), splat!(x, 1.0));
    let a = x.float_abs();
    let small = a.lanes_lt(splat!(x, 2.0));
    // Beyond this there is no result.
    let limit = splat!(x, HUGE_F32);
    let size = Vector::select(a.lanes_gt(limit), limit, a);
    let y = Vector::select(small, a + splat!(x, 2.0), size);
    let index = fma(y, splat!(x, 8.0 / 11.0), splat!(x, 6.0 / 11.0)).to_bits().shr_uniform(f64::MANTISSA - 1);
    let t = y - index.lookup8(&LOG2_GAMMA_F64[0]);
    let power = exp2_short(polynomial(index, t, t * t, &LOG2_GAMMA_F64[1..]));

    // With the sign of zero.
    let mut under = Vector::select(small, x * (x + one), one);
    let mut over = power;
    let negative = x.lanes_lt(zero);
    if negative.any() {
        let sine = short_sinpi(a);
        let product = power * sine * Vector::select(small, one, a);
        under = Vector::select(negative, product, under);
        let reflected = splat!(x, -std::f64::consts::PI) * Vector::select(small, a + one, one);
        let pole = negative & sine.lanes_eq(zero);
        over = Vector::select(negative, Vector::select(pole, splat!(x, f64::NAN), reflected), over);
    }
    let result = (over / under).cast::<f32>();
    let none = x.lanes_ne(x) | x.lanes_eq(splat!(x, f64::NEG_INFINITY));
    if none.any() { Vector::select(none, splat!(x, f32::NAN), result) } else { result }
}
