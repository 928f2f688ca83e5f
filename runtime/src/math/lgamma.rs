//! The logarithm of the gamma function.
//!
//! ## `lgamma`
//!
//! - Formula: `ln |Γ(x)|`.
//! - Method: for `x` from 3, with `y = x - 1/2`, `y (ln y - 1) + ln √(2π) + S(y)` as for [`tgamma`](super::gamma), all but `S`
//!   in double-double; below, seven pieces of about equal length: `ln Γ(1 + x) - ln x` on the first three, and minimax polynomials
//!   `ln Γ(c) + t p(t)`, where `t = x - c` is exact, with `c = 1` and `c = 2` where these are near. `ln |Γ(-x)| =
//!   -ln(x |sin(π x)| / π) - ln Γ(x)`, both in double-double. For `f32`, in `f64` with shorter polynomials.
//! - Domain: all numbers; infinite above 2.55e305 (`f32`: 4.08e36).
//! - Error: 0.55 ulp (`f32`), 0.89 ulp (`f64`). Near the roots at negative `x`, where `|lgamma(x)| < 1/8`, so many
//!   units in the last place of 1/8.
//! - Special values: `lgamma(1) = lgamma(2) = +0`, `lgamma(±0) = +inf`, `lgamma(±inf) = +inf`, `+inf` at the negative
//!   integers; NaN gives NaN.

use super::bits::Format;
use super::cells::{extended_ln, extended_ln_sum, ln_short};
use super::eft::{Dd, fast_two_sum, fma, two_prod, two_sum};
use super::gamma_tables::{LN_GAMMA_F64, LN_GAMMA_SHORT_F64};
use super::pieces::polynomial;
use super::reflection::{extended_sinpi, short_sinpi};
use crate::lanes::{Mask, Simd, Vector};

/// `ln √(2π)`.
const LN_SQRT_TAU: (f64, f64) = (0.9189385332046728, -3.8782941580672414e-17);
/// `1 / π`.
const FRAC_1_PI: (f64, f64) = (std::f64::consts::FRAC_1_PI, -1.9678676675182486e-17);

/// From here on Stirling's series is used.
const SERIES: f64 = 3.0;
/// Above this, products are less a power of two: those without a fused operation would overflow.
const HUGE: f64 = 8.452712498170644e270;
const LESS_POWER: f64 = 5.421010862427522e-20;
const POWER_LESS: f64 = 1.8446744073709552e19;

/// Where a positive number lies: its piece and the place there.
pub(super) struct Place<S: Simd> {
    /// From [`SERIES`] on.
    pub(super) large: Mask<S>,
    /// In the first three pieces.
    pub(super) low: Mask<S>,
    pub(super) index: Vector<u64, S>,
    /// `x - c`; of the series, `1 / y²`.
    pub(super) argument: Vector<f64, S>,
    /// The number itself; `y` where it is large.
    pub(super) inner: Vector<f64, S>,
    /// Its reciprocal.
    pub(super) inverse: Vector<f64, S>,
}

impl<S: Simd> Place<S> {
    #[inline(always)]
    pub(super) fn of<const N: usize>(x: Vector<f64, S>, y: Vector<f64, S>, table: &[[f64; 8]; N]) -> Self {
        let large = x.lanes_ge(splat!(x, SERIES));
        // Eighths from 1 to 2.
        let position = fma(Vector::select(large, splat!(x, 3.2), x), splat!(x, 0.2873), splat!(x, 1.0118));
        let index = position.to_bits().shr_uniform(f64::MANTISSA - 3);
        let inner = Vector::select(large, y, x);
        let inverse = splat!(x, 1.0) / inner;
        Self {
            large,
            low: position.lanes_lt(splat!(x, 1.375)),
            index,
            argument: Vector::select(large, inverse * inverse, x - index.lookup8(&table[0])),
            inner,
            inverse,
        }
    }
}

#[inline(always)]
pub(super) fn lgamma_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let (zero, one) = (splat!(x, 0.0), splat!(x, 1.0));
    let a = x.float_abs();
    let negative = x.lanes_lt(zero);
    let any_negative = negative.any();
    let usual = a.lanes_gt(zero) & a.lanes_le(splat!(x, HUGE));
    let any_rare = !usual.all();
    let mut size = a;
    if any_rare {
        size = Vector::select(a.lanes_gt(zero) & a.lanes_lt(splat!(x, f64::INFINITY)), a, one);
    }

    let Dd { hi: mut y, lo: y_lo } = fast_two_sum(size, splat!(x, -0.5));
    let place = Place::of(size, y, &LN_GAMMA_F64);
    let ln = extended_ln(place.inner);
    if any_rare {
        y = Vector::select(usual, y, y * splat!(x, LESS_POWER));
    }
    // The difference is exact.
    let product = two_prod(y, ln.hi - one);
    let series = two_sum(product.hi, splat!(x, LN_SQRT_TAU.0));
    let series_lo = series.lo + fma(y, ln.lo, fma(y_lo, ln.hi, product.lo + splat!(x, LN_SQRT_TAU.1)));
    let with_ln = if any_negative { place.low.and_not(negative) } else { place.low };
    let v = place.index.lookup8(&LN_GAMMA_F64[1]);
    let difference = fast_two_sum(-ln.hi, v);
    let base = Dd {
        hi: Vector::select(place.large, series.hi, Vector::select(with_ln, difference.hi, v)),
        lo: Vector::select(place.large, series_lo, Vector::select(with_ln, difference.lo - ln.lo, zero)),
    };

    let Place { index, argument, .. } = place;
    let factor = Vector::select(place.large, place.inverse, argument);
    let q = polynomial(index, argument, argument * argument, &LN_GAMMA_F64[4..]);
    let linear = two_prod(factor, index.lookup8(&LN_GAMMA_F64[2]));
    // The base is the larger part, or 0.
    let sum = fast_two_sum(base.hi, linear.hi);
    // The square's term counts where Γ is near 1.
    let square = factor * argument;
    let rest = fma(square * argument, q, base.lo + linear.lo);
    let second = index.lookup8(&LN_GAMMA_F64[3]);
    let rest = if S::FMA {
        fma(square, second, rest)
    } else {
        let product = two_prod(square, second);
        product.hi + (product.lo + fma(two_prod(factor, argument).lo, second, rest))
    };
    let sum = Dd { hi: sum.hi, lo: sum.lo + rest };
    let mut result = sum.hi + sum.lo;

    if any_negative {
        let sine = extended_sinpi(a);
        let scaled = sine.mul(Dd::splat(x, FRAC_1_PI)).mul_single(Vector::select(place.low, one, size));
        let sign = scaled.hi.to_bits() & splat!(x, f64::SIGN);
        let ln = extended_ln_sum(Dd {
            hi: Vector::from_bits(scaled.hi.to_bits() ^ sign),
            lo: Vector::from_bits(scaled.lo.to_bits() ^ sign),
        });
        let both = two_sum(ln.hi, sum.hi);
        let reflected = -(both.hi + (both.lo + (ln.lo + sum.lo)));
        let pole = sine.hi.lanes_eq(zero);
        let reflected = Vector::select(pole, splat!(x, f64::INFINITY), reflected);
        result = Vector::select(negative, reflected, result);
    }
    if !any_rare {
        return result;
    }
    let huge = Vector::select(negative, result, result * splat!(x, POWER_LESS));
    let result = Vector::select(a.lanes_gt(splat!(x, HUGE)), huge, result);
    special(x, result)
}

/// The result, and its value at zeros, infinities and NaN.
#[inline(always)]
fn special<T: Format, S: Simd>(x: Vector<T, S>, result: Vector<T, S>) -> Vector<T, S> {
    let infinity = splat!(x, T::INFINITY);
    let infinite = x.lanes_eq(splat!(x, T::ZERO)) | x.float_abs().lanes_eq(infinity);
    let result = Vector::select(infinite, infinity, result);
    Vector::select(x.lanes_eq(x), result, splat!(x, T::NAN))
}

/// In `f64`, where nothing needs care: it has 29 bits more, and no intermediate result leaves its range.
#[inline(always)]
pub(super) fn lgamma_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let narrow = x;
    let x = x.cast::<f64>();
    let one = splat!(x, 1.0);
    let a = x.float_abs();
    let negative = x.lanes_lt(splat!(x, 0.0));
    let any_negative = negative.any();
    let y = a - splat!(x, 0.5);
    let place = Place::of(a, y, &LN_GAMMA_SHORT_F64);
    let ln = ln_short(place.inner);
    let with_ln = if any_negative { place.low.and_not(negative) } else { place.low };
    let v = place.index.lookup8(&LN_GAMMA_SHORT_F64[1]);
    let base = Vector::select(with_ln, v - ln, v);
    let series = fma(y, ln - one, splat!(x, LN_SQRT_TAU.0));
    let base = Vector::select(place.large, series, base);
    let Place { index, argument, .. } = place;
    let factor = Vector::select(place.large, place.inverse, argument);
    let p = polynomial(index, argument, argument * argument, &LN_GAMMA_SHORT_F64[2..]);
    let sum = fma(factor, p, base);
    let mut result = sum;
    if any_negative {
        let sine = short_sinpi(a).float_abs();
        let scaled = sine * splat!(x, FRAC_1_PI.0) * Vector::select(place.low, one, a);
        let reflected = -(ln_short(scaled) + sum);
        let pole = sine.lanes_eq(splat!(x, 0.0));
        let reflected = Vector::select(pole, splat!(x, f64::INFINITY), reflected);
        result = Vector::select(negative, reflected, result);
    }
    let result = result.cast::<f32>();
    let usual = narrow.float_abs();
    let usual = usual.lanes_gt(splat!(narrow, 0.0)) & usual.lanes_lt(splat!(narrow, f32::INFINITY));
    if usual.all() { result } else { special(narrow, result) }
}
