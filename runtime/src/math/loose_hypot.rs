//! The hypotenuse within 4 ulp; see [`hypot`](super::hypot): the sum of the squares in one part.

use super::eft::fma;
use super::hypot;
use crate::lanes::{Simd, Vector};

/// What the bits of `x` and twice those of `1 / sqrt(x)` add up to, nearly, halved.
const START: u64 = 0x5fe6_e800_0000_0000;
/// From here on the start's remainder is not that of a normal number.
const USUAL: f64 = 0.07;

/// The square root from a start in the bits, as for `rsqrt` in `f32`: the instruction takes longer.
#[inline(always)]
pub(super) fn hypot_f64<S: Simd>(x: Vector<f64, S>, y: Vector<f64, S>) -> Vector<f64, S> {
    if !S::FMA {
        return hypot::hypot_f64(x, y);
    }
    let one = splat!(x, 1.0);
    let sum = fma(x, x, y * y);
    // A root and its inverse, twice: each time both times the inverse root of what their product lacks to 1.
    let inverse = Vector::<f64, S>::from_bits(splat!(x, START) - sum.to_bits().shr_uniform(1));
    let root = sum * inverse;
    let rest = fma(-root, inverse, one);
    let p = estrin!(rest; 0.9999991513884101, 0.4999982165481539, 0.37636426213507423, 0.314001500935185);
    let (inverse, root) = (inverse * p, root * p);
    let last = fma(-root, inverse, one);
    let result = fma(root * last, horner!(last; 0.5, 0.375), root);
    // Neither zero nor infinite nor NaN, and not so small that the squares have lost bits that count.
    let usual = rest.float_abs().lanes_le(splat!(x, USUAL));
    if usual.all() { result } else { Vector::select(usual, result, hypot::hypot_f64(x, y)) }
}

#[inline(always)]
pub(super) fn hypot_f32<S: Simd>(x: Vector<f32, S>, y: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        return hypot::hypot_f32(x, y);
    }
    let sum = fma(x, x, y * y);
    let result = sum.sqrt();
    let usual = sum.lanes_ge(splat!(x, f32::MIN_POSITIVE)) & sum.lanes_le(splat!(x, f32::MAX));
    if usual.all() { result } else { Vector::select(usual, result, hypot::hypot_f32(x, y)) }
}
