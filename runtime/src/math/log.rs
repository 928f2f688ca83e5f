//! Logarithms.

use super::bits::Format;
use super::eft::fma;
use super::exp::{LN_2_F32, LN_2_F64};
use crate::lanes::{Mask, Simd, Vector};

/// A base `b` in which [`Reduced`] becomes a logarithm: `1 / ln b` and `log_b 2`, each in two parts.
/// The first part of `1 / ln b` has half of the format's bits, and the first part of `log_b 2`
/// leaves room for an exponent, so that their products are exact.
struct Base<T> {
    per_ln: (T, T),
    per_exponent: (T, T),
}

const BASE_2_F64: Base<f64> = Base { per_ln: (1.4426950216293335, 1.9259629911266175e-8), per_exponent: (1.0, 0.0) };
const BASE_2_F32: Base<f32> = Base { per_ln: (1.4423828, 0.0003122284), per_exponent: (1.0, 0.0) };
const BASE_10_F64: Base<f64> = Base {
    per_ln: (0.4342944771051407, 4.798111141615973e-9),
    per_exponent: (0.30102999566395283, 2.8363394551044964e-14),
};
const BASE_10_F32: Base<f32> = Base { per_ln: (0.4342041, 9.038034e-5), per_exponent: (0.3010254, 4.605039e-6) };

#[inline(always)]
pub(super) fn ln_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let domain = Domain::of(x);
    let terms = domain.reduce(x).terms_f64();
    domain.finish(x, terms.ln(LN_2_F64))
}

#[inline(always)]
pub(super) fn ln_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let domain = Domain::of(x);
    let terms = domain.reduce(x).terms_f32();
    domain.finish(x, terms.ln(LN_2_F32))
}

#[inline(always)]
pub(super) fn log2_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let domain = Domain::of(x);
    let terms = domain.reduce(x).terms_f64();
    domain.finish(x, terms.log(BASE_2_F64))
}

#[inline(always)]
pub(super) fn log2_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let domain = Domain::of(x);
    let terms = domain.reduce(x).terms_f32();
    domain.finish(x, terms.log(BASE_2_F32))
}

#[inline(always)]
pub(super) fn log10_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let domain = Domain::of(x);
    let terms = domain.reduce(x).terms_f64();
    domain.finish(x, terms.log(BASE_10_F64))
}

#[inline(always)]
pub(super) fn log10_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let domain = Domain::of(x);
    let terms = domain.reduce(x).terms_f32();
    domain.finish(x, terms.log(BASE_10_F32))
}

/// An argument as `2^k (1 + f)` with `sqrt(1/2) <= 1 + f < sqrt(2)`.
pub(super) struct Reduced<T: Format, S: Simd> {
    pub(super) k: Vector<T, S>,
    pub(super) f: Vector<T, S>,
}

/// `k ln 2 + f - half_square + rest`, with `half_square` near `f² / 2` and `rest` smaller yet.
struct Terms<T: Format, S: Simd> {
    k: Vector<T, S>,
    f: Vector<T, S>,
    half_square: Vector<T, S>,
    rest: Vector<T, S>,
}

impl<S: Simd> Reduced<f64, S> {
    /// `ln(1 + f) = 2 atanh(s) = 2 s + s R(s²)` with `s = f / (2 + f)`, where `2 s = f - s f`.
    #[inline(always)]
    fn terms_f64(self) -> Terms<f64, S> {
        let Self { k, f } = self;
        let s = f / (f + splat!(f, 2.0));
        let z = s * s;
        let r = estrin!(z;
            0.6666666666666736, 0.39999999999400965, 0.2857142874575131, 0.22222198198554854, 0.1818358522081319, 0.15313481663918835, 0.1480196738622168);
        let half_square = f * f * splat!(f, 0.5);
        Terms { k, f, half_square, rest: s * fma(z, r, half_square) }
    }
}

impl<S: Simd> Reduced<f32, S> {
    /// `ln(1 + f) = f - f² / 2 + f³ q(f)`.
    #[inline(always)]
    fn terms_f32(self) -> Terms<f32, S> {
        let Self { k, f } = self;
        let q = estrin!(f;
            0.3333331, -0.25000829, 0.20002651, -0.1662408, 0.14174335, -0.13128096, 0.12923716, -0.07907446);
        let square = f * f;
        Terms { k, f, half_square: square * splat!(f, 0.5), rest: square * f * q }
    }
}

impl<T: Format, S: Simd> Terms<T, S> {
    /// The natural logarithm: smallest terms first.
    #[inline(always)]
    fn ln(self, ln_2: (T, T)) -> Vector<T, S> {
        let Self { k, f, half_square, rest } = self;
        let small = half_square - fma(k, splat!(k, ln_2.1), rest);
        fma(k, splat!(k, ln_2.0), f - small)
    }

    /// The logarithm to a base. The sum of the terms below `k` is split into `hi`, of half the bits,
    /// and `lo`, so that its product with `1 / ln b` is known beyond the format.
    #[inline(always)]
    fn log(self, base: Base<T>) -> Vector<T, S> {
        let Self { k, f, half_square, rest } = self;
        let mask = splat!(f, T::LOW_HALF.1);
        let hi = Vector::from_bits((f - half_square).to_bits() & mask);
        let lo = ((f - hi) - half_square) + rest;
        let product = hi * splat!(f, base.per_ln.0);
        let exponent = k * splat!(k, base.per_exponent.0);
        // |exponent| > |product| or it is 0: what the sum loses is exact.
        let sum = exponent + product;
        let lost = (exponent - sum) + product;
        let mut small = lost;
        if base.per_exponent.1 != T::ZERO {
            small = fma(k, splat!(k, base.per_exponent.1), small);
        }
        let small = fma(hi + lo, splat!(f, base.per_ln.1), small);
        sum + fma(lo, splat!(f, base.per_ln.0), small)
    }
}

/// Where the arguments lie.
pub(super) struct Domain<S: Simd> {
    /// The lanes whose arguments are positive, normal and finite.
    pub(super) usual: Mask<S>,
    /// Whether some are not.
    pub(super) any_rare: bool,
}

impl<S: Simd> Domain<S> {
    #[inline(always)]
    pub(super) fn of<T: Format>(x: Vector<T, S>) -> Self {
        let usual = x.lanes_ge(splat!(x, T::MIN_POSITIVE)) & x.lanes_lt(splat!(x, T::INFINITY));
        Self { usual, any_rare: !usual.all() }
    }

    /// Splits off the exponent of a positive finite argument: adding `1.0 - sqrt(1/2)` to the bits
    /// moves the binades' borders to `sqrt(1/2)`.
    #[inline(always)]
    pub(super) fn reduce<T: Format>(&self, x: Vector<T, S>) -> Reduced<T, S> {
        let mut x = x;
        let mut bias = splat!(x, T::UNIT_AND_BIAS);
        if self.any_rare {
            let tiny = x.lanes_lt(splat!(x, T::MIN_POSITIVE));
            x = Vector::select(tiny, x * splat!(x, T::NORMALIZER.0), x);
            bias = Vector::select(tiny, bias + splat!(x, T::NORMALIZER.1), bias);
        }
        let bits = x.to_bits() + splat!(x, T::ONE_LESS_SQRT_HALF);
        let k = Vector::from_bits(bits.shr_uniform(T::MANTISSA) | splat!(x, T::UNIT_BITS)) - bias;
        let m = (bits & splat!(x, T::MANTISSA_MASK)) + splat!(x, T::SQRT_HALF_BITS);
        Reduced { k, f: Vector::from_bits(m) - splat!(x, T::ONE) }
    }

    /// The result, and in the rare lanes its value at 0, below 0, infinity and NaN.
    #[inline(always)]
    fn finish<T: Format>(&self, x: Vector<T, S>, result: Vector<T, S>) -> Vector<T, S> {
        if !self.any_rare {
            return result;
        }
        let zero = splat!(x, T::ZERO);
        let infinity = splat!(x, T::INFINITY);
        let below = Vector::select(x.lanes_eq(zero), -infinity, splat!(x, T::NAN));
        let result = Vector::select(x.lanes_gt(zero), result, below);
        // Infinity stays, and so does NaN.
        Vector::select(x.lanes_lt(infinity), result, x)
    }
}
