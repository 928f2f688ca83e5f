//! The factors of the reflection formulas, beyond the format: `sin(π x)` and `cot(π x)`.

use super::bits::Format;
use super::eft::{Dd, fast_two_sum, fma, two_prod};
use super::float_methods::flip_sign;
use super::sin::Turn;
use super::sinpi::{HalfTurns, reduce};
use crate::lanes::{Simd, Vector};

/// `-π³ / 6` and `-π² / 2`: the second coefficients of `sin(π r)` and `cos(π r)`.
const SECOND_OF_SINE: (f64, f64) = (-5.16771278004997, 2.2665622825789447e-16);
const SECOND_OF_COSINE: (f64, f64) = (-4.934802200544679, -3.1326477543698557e-16);

/// `sin(π |x|)`.
#[inline(always)]
pub(super) fn extended_sinpi<S: Simd>(x: Vector<f64, S>) -> Dd<f64, S> {
    let (quadrant, r) = reduce(x);
    let turn = Turn::<f64, S>::of(quadrant);
    let square = two_prod(r, r);
    let (sine, cosine) = (sine(r, square), cosine(square));
    let value = sine.select(turn.even, cosine);
    Dd { hi: flip_sign(value.hi, turn.sign), lo: flip_sign(value.lo, turn.sign) }
}

/// A numerator and a denominator of `cot(π |x|)`.
#[inline(always)]
pub(super) fn extended_cotpi<S: Simd>(x: Vector<f64, S>) -> (Dd<f64, S>, Dd<f64, S>) {
    let (quadrant, r) = reduce(x);
    let even = Turn::<f64, S>::of(quadrant).even;
    let square = two_prod(r, r);
    let (sine, cosine) = (sine(r, square), cosine(square));
    let less_sine = Dd { hi: -sine.hi, lo: -sine.lo };
    (cosine.select(even, less_sine), sine.select(even, cosine))
}

/// `sin(π r)` for `|r| <= 1/4`.
#[inline(always)]
fn sine<S: Simd>(r: Vector<f64, S>, square: Dd<f64, S>) -> Dd<f64, S> {
    let q = estrin!(square.hi;
        2.550164039877344, -0.5992645293205234, 0.08214588658955778, -0.00737043009368828, 0.0004662850371707223,
        -2.172750556518725e-5);
    series(square, <f64 as HalfTurns>::PI, SECOND_OF_SINE, q).mul_single(r)
}

/// `cos(π r)` for `|r| <= 1/4`.
#[inline(always)]
fn cosine<S: Simd>(square: Dd<f64, S>) -> Dd<f64, S> {
    let q = estrin!(square.hi;
        4.058712126416761, -1.3352627688531273, 0.2353306302417323, -0.025806886769177657, 0.0019294780526856157,
        -0.0001036213045418667);
    series(square, (1.0, 0.0), SECOND_OF_COSINE, q)
}

/// `first + square second + square² q`, of which each is some hundredths of the one before.
#[inline(always)]
fn series<S: Simd>(square: Dd<f64, S>, first: (f64, f64), second: (f64, f64), q: Vector<f64, S>) -> Dd<f64, S> {
    let (first, second) = (Dd::splat(q, first), Dd::splat(q, second));
    let product = two_prod(square.hi, second.hi);
    let rest = fma(square.hi * square.hi, q, product.lo + first.lo);
    let rest = fma(square.hi, second.lo, fma(square.lo, second.hi, rest));
    let sum = fast_two_sum(first.hi, product.hi);
    fast_two_sum(sum.hi, sum.lo + rest)
}

/// `sin(π x)` for positive `x`, to some 35 bits.
#[inline(always)]
pub(super) fn short_sinpi<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let shifter = splat!(x, f64::SHIFTER);
    let shifted = x + shifter;
    let r = x - (shifted - shifter);
    let sine = r * horner!(r * r;
        3.1415926535231495, -5.167712762079535, 2.5501632392166815, -0.5992513182313411, 0.08204642606350802,
        -0.007022080953596618);
    flip_sign(sine, shifted.to_bits().shl_uniform(63))
}

/// `π cot(π x)` for positive `x`, to some 29 bits, and infinite at integers.
#[inline(always)]
pub(super) fn short_cotpi<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let shifter = splat!(x, f64::SHIFTER);
    let r = x - ((x + shifter) - shifter);
    let z = r * r;
    // π r cot(π r) = (1 - 4 r²) g(r²).
    let g = horner!(z;
        0.9999999990896603, 0.7101323347375916, 0.6758418215009148, 0.6700730994728954, 0.6483297216639244,
        0.8200187249354788, 0.004188857940616386, 2.016868114380364);
    fma(z, splat!(x, -4.0), splat!(x, 1.0)) * g / r
}
