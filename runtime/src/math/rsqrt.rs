//! The reciprocal of the square root.
//!
//! ## `rsqrt`
//!
//! - Formula: `1 / sqrt(x)`.
//! - Method (`f64`): `x = 4^k m` with `m` from 1/2 to 2; in eight pieces of `m` a polynomial of the second degree,
//!   of which half of the bits are kept, so that the square of `y` is exact; `y (1 - h)^(-1/2)` where `h = 1 - m y²`.
//! - Method (`f32`): a number `y` of 10 bits, half of `-x` in the bits' exponents and mantissas; `e = x y² - 1` rounded
//!   once, and `y (1 + e)^(-1/2)` by a minimax polynomial. Without FMA the square root and its reciprocal, corrected by
//!   what both roundings lost.
//! - Domain: positive numbers, subnormal ones included.
//! - Error: 0.59 ulp (`f32`; 0.501 without FMA), 0.501 ulp (`f64`).
//! - Special values: `rsqrt(±0) = ±inf`, `rsqrt(+inf) = +0`; negative numbers and NaN give NaN.

use super::bits::{Format, Lookup, halves};
use super::eft::{fma, residual};
use crate::lanes::{Simd, Vector};

/// A format with a range in which squares lose nothing.
pub(super) trait Reciprocal: Format {
    /// Below this the last bits of squares of square roots may be below the smallest number.
    const SMALL: Self;
    /// Above this the square root's upper half squared may be infinite.
    const LARGE: Self;
    /// The power of 4 that brings small numbers above, and its square root.
    const UP: (Self, Self);
    /// The power of 4 that brings large numbers below, and its square root.
    const DOWN: (Self, Self);
}

impl Reciprocal for f64 {
    const SMALL: f64 = f64::from_bits((1023 - 900) << 52);
    const LARGE: f64 = f64::from_bits((1023 + 1000) << 52);
    const UP: (f64, f64) = (f64::from_bits((1023 + 400) << 52), f64::from_bits((1023 + 200) << 52));
    const DOWN: (f64, f64) = (f64::from_bits((1023 - 400) << 52), f64::from_bits((1023 - 200) << 52));
}

impl Reciprocal for f32 {
    const SMALL: f32 = f32::from_bits((127 - 90) << 23);
    const LARGE: f32 = f32::from_bits((127 + 120) << 23);
    const UP: (f32, f32) = (f32::from_bits((127 + 80) << 23), f32::from_bits((127 + 40) << 23));
    const DOWN: (f32, f32) = (f32::from_bits((127 - 80) << 23), f32::from_bits((127 - 40) << 23));
}

/// What the bits of `x` and twice those of `1 / sqrt(x)` add up to, nearly, halved.
const BITS_F32: u32 = 0x5f37_5f00;
/// The bits of a number with a mantissa of 10 bits.
const SHORT_F32: u32 = u32::MAX << 14;
/// From here on `e` is not that of a positive normal number.
const USUAL_F32: f32 = 0.0695;

#[inline(always)]
pub(super) fn rsqrt_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return rsqrt(x);
    }
    let (root, e) = from_bits(x);
    let usual = e.float_abs().lanes_le(splat!(x, USUAL_F32));
    if usual.all() {
        return root;
    }
    let (zero, nan) = (splat!(x, 0.0), splat!(x, f32::NAN));
    let subnormal = from_bits(x * splat!(x, f32::UP.0)).0 * splat!(x, f32::UP.1);
    let infinity = splat!(x, f32::INFINITY);
    let special = Vector::select(x.lanes_eq(infinity), zero, nan);
    let special = Vector::select(x.lanes_eq(zero), Vector::from_bits(infinity.to_bits() | x.to_bits()), special);
    let special = Vector::select(x.lanes_gt(zero) & x.lanes_lt(infinity), subnormal, special);
    Vector::select(usual, root, special)
}

/// `1 / sqrt(x)` for positive normal numbers, and `e`, which is larger for others.
#[inline(always)]
fn from_bits<S: Simd>(x: Vector<f32, S>) -> (Vector<f32, S>, Vector<f32, S>) {
    let bits = splat!(x, BITS_F32) - x.to_bits().shr_uniform(1);
    let y = Vector::<f32, S>::from_bits(bits & splat!(x, SHORT_F32));
    // The square is exact, even where it is subnormal.
    let e = x.mul_add(y * y, splat!(x, -1.0));
    let p = horner!(e; -0.5, 0.37499833, -0.31249723, 0.27480918, -0.247671);
    ((y * e).mul_add(p, y), e)
}

#[inline(always)]
pub(super) fn rsqrt<T: Reciprocal, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let (small, large) = (splat!(x, T::SMALL), splat!(x, T::LARGE));
    if (x.lanes_ge(small) & x.lanes_le(large)).all() {
        return corrected(x);
    }
    let (one, infinity) = (splat!(x, T::ONE), splat!(x, T::INFINITY));
    let (up, down) = (x.lanes_lt(small), x.lanes_gt(large));
    let factor = Vector::select(up, splat!(x, T::UP.0), Vector::select(down, splat!(x, T::DOWN.0), one));
    let root = corrected(x * factor);
    let factor = Vector::select(up, splat!(x, T::UP.1), Vector::select(down, splat!(x, T::DOWN.1), one));
    let root = root * factor;
    // Zeros, infinities, negative numbers and NaN: no sign of a NaN depends on the level.
    let positive = x.lanes_gt(splat!(x, T::ZERO)) & x.lanes_lt(infinity);
    let special = one / x.sqrt();
    let special = Vector::select(special.lanes_eq(special), special, splat!(x, T::NAN));
    Vector::select(positive, root, special)
}

/// `1 / sqrt(x)` for numbers that are not small.
#[inline(always)]
fn corrected<T: Reciprocal, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let one = splat!(x, T::ONE);
    let root = x.sqrt();
    let inverse = one / root;
    // 1 / sqrt(root² + rest) is 1 / root less rest / (2 root³).
    let rest = residual(root, root, x) * inverse;
    let less = rest * (inverse * splat!(x, T::HALF));
    fma(inverse, residual(root, inverse, one) - less, inverse)
}

/// A bound of `h` where the start is what it should be.
const LARGEST_H: f64 = 0.00022;
/// Without FMA the square of the start may be subnormal above this.
const LARGE: f64 = f64::from_bits((1023 + 960) << 52);

/// The polynomial `2^511 / sqrt(m)` by pieces of `m`: four from 1/2 to 1, four from 1 to 2. The exponent 511 is what
/// half of the exponent of 1 takes away.
const START: [[f64; 8]; 3] = [
    scaled([
        2.508258819580078,
        2.2663345336914062,
        2.0834121704101562,
        1.9387645721435547,
        1.7736101150512695,
        1.6025352478027344,
        1.4731922149658203,
        1.3709383010864258,
    ]),
    scaled([
        -2.9854354858398438,
        -2.2039451599121094,
        -1.712961196899414,
        -1.3807592391967773,
        -1.055516242980957,
        -0.7792043685913086,
        -0.6056199073791504,
        -0.48819899559020996,
    ]),
    scaled([
        1.5940771102905273,
        0.9624767303466797,
        0.6328320503234863,
        0.4420177936553955,
        0.2817978858947754,
        0.17014050483703613,
        0.11186891794204712,
        0.07814574241638184,
    ]),
];

/// The numbers times 2^511, as the upper and as the lower half.
const fn scaled(numbers: [f64; 8]) -> [f64; 8] {
    let mut table = [0.0; 8];
    let mut k = 0;
    while k < 8 {
        table[k] = numbers[k] * f64::from_bits((1023 + 511) << 52);
        k += 1;
    }
    halves(table)
}

#[inline(always)]
pub(super) fn rsqrt_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let (usual_root, h) = root(x);
    // The start is wrong for subnormal numbers, zeros, negative numbers and infinity. NaN stays in either way.
    if S::FMA && !h.any_beyond(LARGEST_H) {
        return usual_root;
    }
    let mut usual = h.float_abs().lanes_le(splat!(x, LARGEST_H)) | x.lanes_ne(x);
    if !S::FMA {
        usual = usual & !x.lanes_gt(splat!(x, LARGE));
        if usual.all() {
            return usual_root;
        }
    }
    let (zero, one, infinity) = (splat!(x, 0.0), splat!(x, 1.0), splat!(x, f64::INFINITY));
    let (up, down) = (x.lanes_lt(splat!(x, f64::MIN_POSITIVE)), x.lanes_gt(splat!(x, LARGE)));
    // 2^54 and 2^-54, and their square roots.
    let factor = Vector::select(down, splat!(x, 5.551115123125783e-17), one);
    let scaled = root(x * Vector::select(up, splat!(x, 18014398509481984.0), factor)).0;
    let factor = Vector::select(down, splat!(x, 7.450580596923828e-9), one);
    let result = scaled * Vector::select(up, splat!(x, 134217728.0), factor);
    let result = Vector::select(x.lanes_eq(infinity), zero, result);
    let result = Vector::select(x.lanes_lt(zero), splat!(x, f64::NAN), result);
    let result = Vector::select(x.lanes_eq(zero), one / x, result);
    Vector::select(usual, usual_root, result)
}

/// `1 / sqrt(x)` for positive normal numbers, without FMA up to [`LARGE`]; and `h`.
#[inline(always)]
fn root<S: Simd>(x: Vector<f64, S>) -> (Vector<f64, S>, Vector<f64, S>) {
    const UNIT: u64 = 1 << f64::MANTISSA;
    let bits = x.to_bits();
    // The last bit of the exponent stays in m, and tells with the next two the piece.
    let m = Vector::from_bits((bits & splat!(x, UNIT | f64::MANTISSA_MASK)) | splat!(x, 0.5f64.to_bits()));
    let index = bits.shr_uniform(f64::MANTISSA - 2);
    let [c, b, a] = &START;
    let start = fma(fma(f64::lookup(index, a), m, f64::lookup(index, b)), m, f64::lookup(index, c));
    let half_exponent = bits.shr_uniform(1) & splat!(x, 0x3ff * UNIT);
    // 26 bits: their square is exact, even a subnormal one.
    let y = Vector::from_bits((start.to_bits() - half_exponent) & splat!(x, u64::MAX << 27));
    let h = residual(y * y, x, splat!(x, 1.0));
    let p = horner!(h; 0.49999999999999994, 0.3749999999999997, 0.31250001127168026, 0.273437516655553);
    (fma(y * h, p, y), h)
}
