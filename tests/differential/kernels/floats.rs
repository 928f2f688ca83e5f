//! Floats without inexact functions: bit for bit what Rust computes.

use ufunc::prelude::*;

#[vectorize(f32(f32, f32), f64(f64, f64))]
pub fn arithmetic<T>(x: T, y: T) -> T {
    (x + y) * (x - y) / (1.0 + y * y) - -x
}

#[vectorize(f32(f32, f32), f64(f64, f64))]
pub fn extremes<T>(x: T, y: T) -> T {
    let m = x.min(y) + x.max(y) * 0.5;
    if m.is_nan() { 2.0 } else { m.clamp(-100.0, 1e10) }
}

/// Bounds, which are never NaN, on either side, and variables that are not either, or may be.
#[vectorize(f32(f32, f32), f64(f64, f64))]
pub fn bounds<T>(x: T, y: T) -> T {
    let three: T = 3.0;
    let mut most: T = -2.0;
    most = most.max(x);
    let mut least = most.abs().min(y);
    let mut either = y;
    for _ in 0..3 {
        least = least.min(x * least);
        either = either.max(x - least);
    }
    x.max(0.0) + T::MAX.min(y) * 0.5 + three.min(x) - y.min(-1.0) + (most - least) + either.max(most)
}

#[vectorize(f32(f32), f64(f64))]
pub fn rounding<T>(x: T) -> T {
    x.floor() * 2.0 + x.ceil() * 3.0 - x.trunc() * 5.0 + x.round() * 7.0 - x.round_ties_even() + x.fract()
}

#[vectorize(f32(f32, f32), f64(f64, f64))]
pub fn signs<T>(x: T, y: T) -> T {
    x.abs().copysign(y) + y.signum() * if x.is_sign_negative() { 3.0 } else { 5.0 }
}

#[vectorize]
pub fn classes(x: f64) -> u8 {
    (x.is_nan() as u8)
        | (x.is_infinite() as u8) << 1
        | (x.is_finite() as u8) << 2
        | (x.is_normal() as u8) << 3
        | (x.is_subnormal() as u8) << 4
        | (x.is_sign_positive() as u8) << 5
}

#[vectorize]
pub fn bit_tricks(x: f32) -> f32 {
    let i = 0x5f37_59df - (x.to_bits() >> 1);
    let y = f32::from_bits(i);
    y * (1.5 - 0.5 * x * y * y)
}

#[vectorize(f32(f32, f32, f32), f64(f64, f64, f64))]
pub fn fused<T>(x: T, y: T, z: T) -> T {
    x.mul_add(y, z).sqrt() + z.mul_add(x, -y)
}

#[vectorize(f32(f32, f32), f64(f64, f64))]
pub fn remainders<T>(x: T, y: T) -> T {
    x % y
}

#[vectorize(f32(f32, f32), f64(f64, f64))]
pub fn euclid<T>(x: T, y: T) -> T {
    x.rem_euclid(y) + x.div_euclid(y)
}

#[vectorize(f32(f32), f64(f64))]
pub fn angles<T>(x: T) -> T {
    x.to_degrees() + x.to_radians() + x.recip()
}

#[vectorize]
pub fn through_types(x: f64, y: f64) -> f64 {
    f64::max(x, y) - f64::abs(y) + f64::from(1.5f32) + f64::MAX.min(x) + f64::EPSILON
}

#[vectorize]
pub fn comparisons(x: f64, y: f64) -> u8 {
    (x < y) as u8
        + 2 * (x <= y) as u8
        + 4 * (x > y) as u8
        + 8 * (x >= y) as u8
        + 16 * (x == y) as u8
        + 32 * (x != y) as u8
}
