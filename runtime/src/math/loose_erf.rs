//! The error function and its relatives within 4 ulp; see [`erf`](mod@super::erf).
//!
//! The tails are those of [`erf_single`] in `f32`, and the functions within 1 ulp in `f64`.

use super::bits::{Format, copy_sign};
use super::eft::fma;
use super::erf;
use super::erf_single;
use super::loose_erf_tables::{ERF_F32, ERF_F64};
use super::pieces::{at_most, polynomial};
use crate::lanes::{Simd, Vector};

// In `f64` what those within 1 ulp do besides costs little.
pub(super) use super::erf::{erfc_f64, norm_cdf_f64};

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
pub(super) fn erfc_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return erf::erfc_f32(x);
    }
    erf_single::ERFC.loose(x, x.lanes_ge(splat!(x, 0.0)))
}

#[inline(always)]
pub(super) fn norm_cdf_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return erf::norm_cdf_f32(x);
    }
    erf_single::NORM_CDF.loose(x, x.lanes_le(splat!(x, 0.0)))
}
