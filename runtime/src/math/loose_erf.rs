//! The error function and its relatives within 4 ulp; see [`erf`](mod@super::erf).
//!
//! The tails are `e^-s p / q` in `f64`, where `s` is the square of `x`, or half of it, and never a
//! number of its own: with FMA the exponential function's reduced argument comes from `x` straight. The factors are moved
//! towards each other by a power of two, so that only their product may be subnormal.

use super::bits::{Format, copy_sign};
use super::eft::fma;
use super::erf;
use super::erf_single;
use super::exp::{Eighths, LN_2_OVER_8, with_exponent};
use super::float_methods::is_sign_negative;
use super::loose_erf_tables::{ERF_F32, ERF_F64, ERFC_F64, ERFC_START_F64, NORM_CDF_F64, NORM_CDF_START_F64};
use super::pieces::{at_most, polynomial};
use crate::lanes::{Simd, Vector};

#[inline(always)]
pub(super) fn erf_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    if !S::FMA {
        return erf::erf_f64(x);
    }
    let size = at_most(x.float_abs(), 6.0);
    // The further the flatter: pieces become longer.
    let slope = fma(size, splat!(x, -0.0136), splat!(x, 0.245));
    let y = fma(size, slope, splat!(x, 1.0175));
    let index = y.to_bits().shr_uniform(f64::MANTISSA - 3);
    let t = size - index.lookup8(&ERF_F64[0]);
    let p = polynomial(index, t, t * t, &ERF_F64[2..]);
    copy_sign(fma(t, p, index.lookup8(&ERF_F64[1])), x)
}

#[inline(always)]
pub(super) fn erf_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return erf::erf_f32(x);
    }
    let size = at_most(x.float_abs(), 4.0);
    let y = fma(size, splat!(x, 0.245), splat!(x, 1.0175));
    let index = y.to_bits().shr_uniform(f32::MANTISSA - 3);
    let t = size - index.lookup8(&ERF_F32[0]);
    let p = polynomial(index, t, t * t, &ERF_F32[2..]);
    copy_sign(fma(t, p, index.lookup8(&ERF_F32[1])), x)
}

#[inline(always)]
pub(super) fn erfc_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    if !S::FMA {
        return erf::erfc_f64(x);
    }
    let size = at_most(x.float_abs(), 27.26);
    let tail = tail_f64(size, size, ERFC_START_F64, &ERFC_F64);
    Vector::select(is_sign_negative(x), splat!(x, 2.0) - tail, tail)
}

#[inline(always)]
pub(super) fn erfc_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return erf::erfc_f32(x);
    }
    erf_single::ERFC.loose(x, x.lanes_ge(splat!(x, 0.0)))
}

#[inline(always)]
pub(super) fn norm_cdf_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    if !S::FMA {
        return erf::norm_cdf_f64(x);
    }
    let size = at_most(x.float_abs(), 38.488);
    let tail = tail_f64(size, size * splat!(x, 0.5), NORM_CDF_START_F64, &NORM_CDF_F64);
    Vector::select(is_sign_negative(x), tail, splat!(x, 1.0) - tail)
}

#[inline(always)]
pub(super) fn norm_cdf_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return erf::norm_cdf_f32(x);
    }
    erf_single::NORM_CDF.loose(x, x.lanes_le(splat!(x, 0.0)))
}

/// `2^512 e^(-size factor)` times the quotient, on pieces that end where the bits of `size + start` are those of `start`
/// and halves of an exponent more. The table has the rows `c`, the coefficients of `p` in `t = size - c`, divided by
/// `2^512`, those of `q` but for its 1, and about what the quotient is where `t` is largest.
#[inline(always)]
fn tail_f64<S: Simd>(
    size: Vector<f64, S>,
    factor: Vector<f64, S>,
    start: f64,
    table: &[[f64; 8]; 14],
) -> Vector<f64, S> {
    let shifter = splat!(size, f64::SHIFTER + 8.0 * 512.0);
    let shifted = fma(size * factor, splat!(size, -8.0 * std::f64::consts::LOG2_E), shifter);
    let n = shifted - shifter;
    let r = fma(-size, factor, n * splat!(size, -LN_2_OVER_8.0));
    let r = fma(n, splat!(size, -LN_2_OVER_8.1), r);
    let Eighths { entry, growth, .. } = Eighths::new(shifted, r);
    let power = with_exponent(entry, shifted);

    let y = size + splat!(size, start);
    let index = (y.to_bits() - splat!(size, start.to_bits())).shr_uniform(f64::MANTISSA - 1);
    let t = size - index.lookup8(&table[0]);
    let (mut p, mut q) = (index.lookup8(&table[6]), index.lookup8(&table[12]));
    for k in (2..6).rev() {
        (p, q) = (fma(p, t, index.lookup8(&table[k])), fma(q, t, index.lookup8(&table[k + 6])));
    }
    // What the last steps lose is added together with the growth. The first terms have so few bits that their differences
    // from the sums are exact.
    let (first, one) = (index.lookup8(&table[1]), splat!(size, 1.0));
    let less_one = fma(q, t, index.lookup8(&table[7]));
    let (p, lost) = (fma(p, t, first), fma(p, t, first - fma(p, t, first)));
    let q = fma(less_one, t, one);
    let lost = fma(fma(less_one, t, one - q), -index.lookup8(&table[13]), lost);
    power * ((p + fma(p, growth, lost)) / q)
}
