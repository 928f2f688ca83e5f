//! Exponents taken apart and put together: `ldexp`, `frexp`, `logb`, `ilogb`, as C has them.
//!
//! - Formula: `x 2^n`; `x = m 2^e` with `1/2 <= |m| < 1`; `floor(log2 |x|)`.
//! - Method: integer operations on the exponent field, subnormal numbers being scaled first; for `ldexp` one product
//!   with a power of two, or three of which only one can round.
//! - Domain: all numbers and exponents.
//! - Error: none, but that `ldexp` rounds a subnormal result.
//! - Special values: `ldexp` leaves zeros, infinities and NaN; `frexp` gives them with an exponent of 0. Of zeros, `logb`
//!   is `-inf` and `ilogb` is `i32::MIN`, of infinities `+inf` and `i32::MAX`; of NaN NaN and `i32::MIN`.

use super::float_methods::Limits;
use crate::lanes::{Simd, Vector};

/// A format's exponents.
pub(super) trait Exponent: Limits {
    /// The exponents of the normal numbers.
    const RANGE: (i32, i32);
    /// A step down that leaves a number normal, or else everything that is to follow makes it 0.
    const DOWN: i32;

    /// The exponent field of a power of two in the normal range.
    fn field<S: Simd>(n: Vector<i32, S>) -> Vector<Self::Bits, S>;
    /// The field as an integer.
    fn to_i32<S: Simd>(field: Vector<Self::Bits, S>) -> Vector<i32, S>;
}

macro_rules! exponent {
    ($t:ident, $bits:ident) => {
        impl Exponent for $t {
            const RANGE: (i32, i32) = ($t::MIN_EXP - 1, $t::MAX_EXP - 1);
            const DOWN: i32 = $t::MIN_EXP - 1 + $t::MANTISSA_DIGITS as i32;

            #[inline(always)]
            fn field<S: Simd>(n: Vector<i32, S>) -> Vector<$bits, S> {
                (n + splat!(n, $t::MAX_EXP - 1)).cast::<$bits>()
            }

            #[inline(always)]
            fn to_i32<S: Simd>(field: Vector<$bits, S>) -> Vector<i32, S> {
                field.cast::<i32>()
            }
        }
    };
}

exponent!(f64, u64);
exponent!(f32, u32);

/// `x 2^n`, rounded once.
#[inline(always)]
pub(super) fn ldexp<T: Exponent, S: Simd>(x: Vector<T, S>, n: Vector<i32, S>) -> Vector<T, S> {
    let (low, high) = (splat!(n, T::RANGE.0), splat!(n, T::RANGE.1));
    if (n.lanes_ge(low) & n.lanes_le(high)).all() {
        return x * power(n);
    }
    let step = splat!(n, T::DOWN);
    let (mut x, mut n) = (x, n);
    for _ in 0..2 {
        let part = Vector::select(n.lanes_lt(low), step, Vector::select(n.lanes_gt(high), high, splat!(n, 0)));
        x = x * power(part);
        n = n - part;
    }
    x * power(n.min(high).max(low))
}

/// `2^n` in the normal range.
#[inline(always)]
fn power<T: Exponent, S: Simd>(n: Vector<i32, S>) -> Vector<T, S> {
    Vector::from_bits(T::field(n).shl_uniform(T::MANTISSA))
}

/// The bits of a normal number `|x| 2^up`, and `up`, which is 0 unless `x` is subnormal or zero.
#[inline(always)]
fn normal<T: Exponent, S: Simd>(x: Vector<T, S>) -> (Vector<T, S>, Vector<T, S>) {
    let size = x.float_abs();
    let tiny = size.lanes_lt(splat!(x, T::MIN_POSITIVE));
    let (factor, up) = T::NORMALIZER;
    (Vector::select(tiny, size * splat!(x, factor), size), Vector::select(tiny, splat!(x, up), splat!(x, T::ZERO)))
}

/// The exponent of a finite number that is not zero.
#[inline(always)]
fn exponent<T: Exponent, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let (size, up) = normal(x);
    let field = size.to_bits().shr_uniform(T::MANTISSA);
    // The field as a float, by way of the mantissa.
    (Vector::from_bits(field | splat!(x, T::UNIT_BITS)) - splat!(x, T::UNIT_AND_BIAS)) - up
}

/// The mantissa from 1/2 to 1, and the exponent.
#[inline(always)]
pub(super) fn frexp<T: Exponent, S: Simd>(x: Vector<T, S>) -> (Vector<T, S>, Vector<i32, S>) {
    let (size, up) = normal(x);
    let bits = size.to_bits();
    let mantissa =
        (bits & splat!(x, T::MANTISSA_MASK)) | splat!(x, T::HALF).to_bits() | (x.to_bits() & splat!(x, T::SIGN));
    let usual = size.lanes_gt(splat!(x, T::ZERO)) & size.lanes_lt(splat!(x, T::INFINITY));
    let up = T::to_i32((up + splat!(x, T::SHIFTER)).to_bits() - splat!(x, T::SHIFTER).to_bits());
    let field = T::to_i32(bits.shr_uniform(T::MANTISSA));
    let exponent = field - splat!(field, T::RANGE.1 - 1) - up;
    (Vector::select(usual, Vector::from_bits(mantissa), x), Vector::select(usual, exponent, splat!(exponent, 0)))
}

/// The exponent as a float.
#[inline(always)]
pub(super) fn logb<T: Exponent, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let infinity = splat!(x, T::INFINITY);
    let size = x.float_abs();
    let result = Vector::select(size.lanes_lt(infinity), exponent(x), size);
    Vector::select(size.lanes_eq(splat!(x, T::ZERO)), -infinity, result)
}

/// The exponent as an integer.
#[inline(always)]
pub(super) fn ilogb<T: Exponent, S: Simd>(x: Vector<T, S>) -> Vector<i32, S> {
    let size = x.float_abs();
    let (_, exponent) = frexp(x);
    let (least, most) = (splat!(exponent, i32::MIN), splat!(exponent, i32::MAX));
    let usual = size.lanes_gt(splat!(x, T::ZERO)) & size.lanes_lt(splat!(x, T::INFINITY));
    let special = Vector::select(size.lanes_eq(splat!(x, T::INFINITY)), most, least);
    Vector::select(usual, exponent - splat!(exponent, 1), special)
}
