//! Logarithms.
//!
//! ## `log2`
//!
//! - Formula: the logarithm to base 2.
//! - Method: the series of `ln`, split into a part of half the bits and the rest, times `1 / ln 2` in two
//!   parts; `k` is added with what the sum loses.
//! - Domain: positive numbers, subnormal ones included.
//! - Error: 0.886 ulp (`f32`), 0.85 ulp (`f64`).
//! - Special values: those of `ln`; powers of two give exact integers.
//!
//! ## `log10`
//!
//! - Formula: the logarithm to base 10.
//! - Method: as for `log2`, with `1 / ln 10`, and `k log10(2)` in two parts.
//! - Domain: positive numbers, subnormal ones included.
//! - Error: 0.813 ulp (`f32`), 0.75 ulp (`f64`).
//! - Special values: those of `ln`.
//!
//! ## `ln_1p`
//!
//! - Formula: `ln(1 + x)`, without its cancellation.
//! - Method: `ln` of the rounded sum `2^k (1 + f)`, with what the sum loses brought into `f`; for `k = 0`
//!   that makes `f` equal to `x`.
//! - Domain: numbers above -1.
//! - Error: 0.896 ulp (`f32`), 0.84 ulp (`f64`).
//! - Special values: `ln_1p(±0) = ±0`, `ln_1p(-1) = -inf`, `ln_1p(+inf) = +inf`; numbers below -1 and NaN
//!   give NaN.
//!
//! ## `log`
//!
//! - Formula: `ln x / ln base`, the logarithm to any base.
//! - Method: the quotient of two base-2 logarithms: for `f64` both in double-double, as for `powf`; for
//!   `f32` both in `f64`.
//! - Domain: positive numbers for both.
//! - Error: 0.501 ulp (`f32`), 0.501 ulp (`f64`).
//! - Special values: those of the quotient: `log(x, 1)` is infinite or NaN, `log(x, 0)` a zero, and so on;
//!   exponents of exact powers are exact.

use super::bits::{Format, copy_sign, scale};
use super::eft::{Dd, fast_two_sum, fma, residual, two_prod, two_sum};
use super::exp::{LN_2_F32, LN_2_F64};
use crate::lanes::{Mask, Simd, Vector};

/// `2 / ln 2` in two parts.
const TWO_LOG2_E: (f64, f64) = (2.8853900817779268, 4.0710547481862066e-17);
/// `2 / (3 ln 2)` in two parts.
const TWO_THIRDS_LOG2_E: (f64, f64) = (0.9617966939259756, 5.0577616648125907e-17);

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
pub(super) fn log2_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let (domain, reduced) = Domain::reduce(x);
    domain.finish(x, reduced.terms_f64().log(BASE_2_F64))
}

#[inline(always)]
pub(super) fn log2_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let (domain, reduced) = Domain::reduce(x);
    domain.finish(x, reduced.terms_f32().log(BASE_2_F32))
}

#[inline(always)]
pub(super) fn log10_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let (domain, reduced) = Domain::reduce(x);
    domain.finish(x, reduced.terms_f64().log(BASE_10_F64))
}

#[inline(always)]
pub(super) fn log10_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let (domain, reduced) = Domain::reduce(x);
    domain.finish(x, reduced.terms_f32().log(BASE_10_F32))
}

#[inline(always)]
pub(super) fn ln_1p_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let sum = two_sum(splat!(x, 1.0), x);
    let (domain, reduced) = Domain::reduce(sum.hi);
    let (reduced, beside) = reduced.extend(sum.lo);
    let mut terms = reduced.terms_f64();
    terms.rest = terms.rest + beside;
    // The sign of zero, too.
    copy_sign(domain.finish(sum.hi, terms.ln(LN_2_F64)), x)
}

#[inline(always)]
pub(super) fn ln_1p_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let sum = two_sum(splat!(x, 1.0), x);
    let (domain, reduced) = Domain::reduce(sum.hi);
    copy_sign(domain.finish(sum.hi, reduced.terms_with_f32(sum.lo).ln(LN_2_F32)), x)
}

/// An argument as `2^k (1 + f)` with `sqrt(1/2) <= 1 + f < sqrt(2)`.
pub(super) struct Reduced<T: Format, S: Simd> {
    pub(super) k: Vector<T, S>,
    pub(super) f: Vector<T, S>,
}

/// `k ln 2 + f - half_square + rest`, with `half_square` near `f² / 2` and `rest` smaller yet.
pub(super) struct Terms<T: Format, S: Simd> {
    pub(super) k: Vector<T, S>,
    f: Vector<T, S>,
    half_square: Vector<T, S>,
    rest: Vector<T, S>,
}

impl<T: Format, S: Simd> Reduced<T, S> {
    /// The reduction of the argument and a tiny `rest` together: `2^k (1 + f)`, and what is to be
    /// added to `ln(1 + f)` because `f` is rounded. With `k = 0` it is not: `f` becomes the `x`
    /// whose `1 + x` was the argument.
    #[inline(always)]
    fn extend(self, rest: Vector<T, S>) -> (Self, Vector<T, S>) {
        let Self { k, f } = self;
        // 2^(1 - k), because 2^-k may be beyond the format's exponents.
        let power = scale(splat!(k, T::TWO), splat!(k, T::SHIFTER) - k);
        let sum = fast_two_sum(f, rest * power * splat!(k, T::HALF));
        // lo / (1 + f), to a few bits.
        (Self { k, f: sum.hi }, fma(-sum.lo, sum.hi, sum.lo))
    }
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
    pub(super) fn terms_f32(self) -> Terms<f32, S> {
        let Self { k, f } = self;
        let q = estrin!(f;
            0.3333331, -0.25000829, 0.20002651, -0.1662408, 0.14174335, -0.13128096, 0.12923716, -0.07907446);
        let square = f * f;
        Terms { k, f, half_square: square * splat!(f, 0.5), rest: square * f * q }
    }

    /// The terms for the argument and a tiny `rest` together.
    #[inline(always)]
    pub(super) fn terms_with_f32(self, rest: Vector<f32, S>) -> Terms<f32, S> {
        let (reduced, beside) = self.extend(rest);
        let mut terms = reduced.terms_f32();
        terms.rest = terms.rest + beside;
        terms
    }
}

impl<T: Format, S: Simd> Terms<T, S> {
    /// The natural logarithm: smallest terms first.
    #[inline(always)]
    pub(super) fn ln(self, ln_2: (T, T)) -> Vector<T, S> {
        let Self { k, f, half_square, rest } = self;
        let small = half_square - fma(k, splat!(k, ln_2.1), rest);
        fma(k, splat!(k, ln_2.0), f - small)
    }

    /// The natural logarithm in two parts, the second not always small beside the first.
    #[inline(always)]
    pub(super) fn extended_ln(self, ln_2: (T, T)) -> Dd<T, S> {
        let Self { k, f, half_square, rest } = self;
        let sum = fast_two_sum(k * splat!(k, ln_2.0), f);
        Dd { hi: sum.hi, lo: sum.lo + (fma(k, splat!(k, ln_2.1), rest) - half_square) }
    }

    /// `term` and the natural logarithm, for `k` of 0 or 1.
    #[inline(always)]
    pub(super) fn plus_ln(self, term: Vector<T, S>, ln_2: (T, T)) -> Vector<T, S> {
        let Self { k, f, half_square, rest } = self;
        let small = half_square - fma(k, splat!(k, ln_2.1), rest);
        let first = two_sum(term, k * splat!(k, ln_2.0));
        let sum = two_sum(first.hi, f);
        sum.hi + (sum.lo + (first.lo - small))
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

/// The bits of a normal number, moved so that the binades' borders are at `sqrt(1/2)` instead of 1,
/// and its exponent between these.
#[inline(always)]
fn split<T: Format, S: Simd>(x: Vector<T, S>, less: T::Bits, bias: Vector<T, S>) -> (Vector<T::Bits, S>, Vector<T, S>) {
    let bits = x.to_bits() + splat!(x, less);
    (bits, Vector::from_bits(bits.shr_uniform(T::MANTISSA) | splat!(x, T::UNIT_BITS)) - bias)
}

/// Where the arguments lie.
pub(super) struct Domain<S: Simd> {
    /// The lanes whose arguments are positive, finite and not close to the ends of the exponents.
    pub(super) usual: Mask<S>,
    /// Whether some are not.
    pub(super) any_rare: bool,
}

impl<S: Simd> Domain<S> {
    /// Splits off the exponent of `|x|`, which is right for all but zeros, infinities and NaN.
    ///
    /// The test for rare arguments is one comparison: a sign bit, like infinity and NaN, gives an
    /// exponent too large.
    #[inline(always)]
    pub(super) fn reduce<T: Format>(x: Vector<T, S>) -> (Self, Reduced<T, S>) {
        let (domain, bits, k) = Self::split(x, T::ONE_LESS_SQRT_HALF);
        let m = (bits & splat!(x, T::MANTISSA_MASK)) + splat!(x, T::SQRT_HALF_BITS);
        (domain, Reduced { k, f: Vector::from_bits(m) - splat!(x, T::ONE) })
    }

    #[inline(always)]
    pub(super) fn split<T: Format>(x: Vector<T, S>, less: T::Bits) -> (Self, Vector<T::Bits, S>, Vector<T, S>) {
        let bias = splat!(x, T::UNIT_AND_BIAS);
        let (mut bits, mut k) = split(x, less, bias);
        let any_rare = k.any_beyond(T::USUAL_EXPONENT);
        let usual = k.float_abs().lanes_le(splat!(x, T::USUAL_EXPONENT));
        if any_rare {
            let x = x.float_abs();
            let tiny = x.lanes_lt(splat!(x, T::MIN_POSITIVE));
            let x = Vector::select(tiny, x * splat!(x, T::NORMALIZER.0), x);
            (bits, k) = split(x, less, Vector::select(tiny, bias + splat!(x, T::NORMALIZER.1), bias));
        }
        (Self { usual, any_rare }, bits, k)
    }

    /// [`finish`](Self::finish) for an argument in a narrower format.
    #[inline(always)]
    fn finish_wide(&self, x: Vector<f32, S>, result: Vector<f64, S>) -> Vector<f64, S> {
        if self.any_rare { self.finish(x.cast(), result) } else { result }
    }

    /// [`finish`](Self::finish) for an argument that was computed: whether a NaN there has a sign depends on
    /// the level.
    #[inline(always)]
    pub(super) fn finish_sum<T: Format>(&self, x: Vector<T, S>, result: Vector<T, S>) -> Vector<T, S> {
        let result = self.finish(x, result);
        if self.any_rare { Vector::select(x.lanes_eq(x), result, splat!(x, T::NAN)) } else { result }
    }

    /// The result, and in the rare lanes its value at 0, below 0, infinity and NaN.
    #[inline(always)]
    pub(super) fn finish<T: Format>(&self, x: Vector<T, S>, result: Vector<T, S>) -> Vector<T, S> {
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

/// The logarithm to a base, as a quotient of extended logarithms.
#[inline(always)]
pub(super) fn log_f64<S: Simd>(x: Vector<f64, S>, base: Vector<f64, S>) -> Vector<f64, S> {
    let ((over, x_reduced), (under, base_reduced)) = (Domain::reduce(x), Domain::reduce(base));
    let (a, b) = (log2_extended_f64(x_reduced), log2_extended_f64(base_reduced));
    let (a_hi, b_hi) = (over.finish(x, a.hi), under.finish(base, b.hi));
    let inverse = splat!(x, 1.0) / b_hi;
    let quotient = a_hi * inverse;
    let rest = residual(quotient, b_hi, a_hi) + fma(-quotient, b.lo, a.lo);
    // Not where a logarithm is infinite, or that of the base is zero.
    let infinity = splat!(x, f64::INFINITY);
    let usual = a_hi.float_abs().lanes_lt(infinity) & inverse.float_abs().lanes_lt(infinity);
    let usual = usual & b_hi.float_abs().lanes_lt(infinity);
    let result = Vector::select(usual, fma(rest, inverse, quotient), quotient);
    if over.any_rare | under.any_rare {
        // Which of two NaN a multiplication gives is not the same everywhere.
        let real = x.lanes_eq(x) & base.lanes_eq(base);
        return Vector::select(real, result, splat!(x, f64::NAN));
    }
    result
}

/// The logarithm to a base, as a quotient in `f64`.
#[inline(always)]
pub(super) fn log_f32<S: Simd>(x: Vector<f32, S>, base: Vector<f32, S>) -> Vector<f32, S> {
    let ((over, x_reduced), (under, base_reduced)) = (Domain::reduce(x), Domain::reduce(base));
    let (a, b) = (log2_extended_f32(x_reduced), log2_extended_f32(base_reduced));
    (over.finish_wide(x, a) / under.finish_wide(base, b)).cast()
}

/// The logarithm to base 2, to some 65 bits: with `s = f / (2 + f)` and `z = s²`,
/// `log2(1 + f) = s (2 + z (2/3 + z (2/5 + …))) / ln 2`, all but the innermost sum in double-double.
#[inline(always)]
pub(super) fn log2_extended_f64<S: Simd>(x: Reduced<f64, S>) -> Dd<f64, S> {
    let Reduced { k, f } = x;
    let denominator = fast_two_sum(splat!(f, 2.0), f);
    let inverse = splat!(f, 1.0) / denominator.hi;
    let s = f * inverse;
    let rest = fma(-s, denominator.lo, residual(s, denominator.hi, f));
    let s = Dd { hi: s, lo: rest * inverse };
    let mut z = two_prod(s.hi, s.hi);
    z.lo = fma(s.hi + s.hi, s.lo, z.lo);
    let q = estrin!(z.hi;
        0.5770780163555853, 0.4121985831112072, 0.32059889794390495, 0.2623081952296733, 0.22195247623078682,
        0.19239445525381013, 0.16857079508684283, 0.1719780301148573);
    let inner = Dd::splat(f, TWO_THIRDS_LOG2_E).add_smaller(z.mul_single(q));
    let outer = Dd::splat(f, TWO_LOG2_E).add_smaller(z.mul(inner));
    let log = s.mul(outer);
    // |k| > |log| or it is 0.
    let sum = fast_two_sum(k, log.hi);
    Dd { hi: sum.hi, lo: sum.lo + log.lo }
}

/// The logarithm to base 2 in `f64`, to some 35 bits.
#[inline(always)]
pub(super) fn log2_extended_f32<S: Simd>(x: Reduced<f32, S>) -> Vector<f64, S> {
    let (k, f) = (x.k.cast::<f64>(), x.f.cast::<f64>());
    let log = estrin!(f;
        1.4426950408676438, -0.7213475208885536, 0.48089836203371883, -0.3606736715806754, 0.2885372316603904,
        -0.2404532799913735, 0.2061774775790108, -0.18030016427806622, 0.15873989341550637, -0.14313210183148783,
        0.14489712968399926, -0.1430616366817676, 0.07737106195734031);
    fma(log, f, k)
}
