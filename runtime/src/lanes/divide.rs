//! Division: integers panic where Rust does, but only for lanes that are on. Narrow integers divide exactly
//! in floats; 64-bit ones by an estimate from below and its correction.

use super::element::{Int, Number};
use super::int_methods::UnsignedInt;
use super::simd::Simd;
use super::vector::{Mask, Vector};
use crate::math;

/// A [`Number`] that divides.
#[diagnostic::on_unimplemented(message = "`{Self}` is no number", label = "needs an integer or a float")]
pub trait Divide: Number {
    /// `a / b` where `b` is not zero.
    fn quotient<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S>;
    /// `a % b` where `b` is not zero.
    fn remainder<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S>;
    /// `a.div_euclid(b)` where `b` is not zero.
    fn quotient_euclid<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S>;
    /// `a.rem_euclid(b)` where `b` is not zero.
    fn remainder_euclid<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S>;
    /// `b` with 1 for the zeros of an integer.
    ///
    /// # Panics
    /// With the two messages, for a zero or for the lowest number by -1 in a lane that is on.
    fn divisor<S: Simd>(
        a: Vector<Self, S>,
        b: Vector<Self, S>,
        mask: Mask<S>,
        by_zero: &'static str,
        overflow: &'static str,
    ) -> Vector<Self, S>;
}

const DIVIDE_BY_ZERO: &str = "attempt to divide by zero";
const DIVIDE_OVERFLOW: &str = "attempt to divide with overflow";
const REMAINDER_BY_ZERO: &str = "attempt to calculate the remainder with a divisor of zero";
const REMAINDER_OVERFLOW: &str = "attempt to calculate the remainder with overflow";

impl<T: Divide, S: Simd> Vector<T, S> {
    /// `self / divisor`.
    ///
    /// # Panics
    /// For integers, when a lane that is on has a zero divisor, or the lowest number and -1.
    #[inline(always)]
    pub fn div_active(self, mask: Mask<S>, divisor: Self) -> Self {
        T::quotient(self, T::divisor(self, divisor, mask, DIVIDE_BY_ZERO, DIVIDE_OVERFLOW))
    }

    /// `self % divisor`.
    ///
    /// # Panics
    /// For integers, when a lane that is on has a zero divisor, or the lowest number and -1.
    #[inline(always)]
    pub fn rem_active(self, mask: Mask<S>, divisor: Self) -> Self {
        T::remainder(self, T::divisor(self, divisor, mask, REMAINDER_BY_ZERO, REMAINDER_OVERFLOW))
    }

    /// `self.div_euclid(divisor)`.
    ///
    /// # Panics
    /// For integers, when a lane that is on has a zero divisor, or the lowest number and -1.
    #[inline(always)]
    pub fn div_euclid_active(self, mask: Mask<S>, divisor: Self) -> Self {
        T::quotient_euclid(self, T::divisor(self, divisor, mask, DIVIDE_BY_ZERO, DIVIDE_OVERFLOW))
    }

    /// `self.rem_euclid(divisor)`.
    ///
    /// # Panics
    /// For integers, when a lane that is on has a zero divisor, or the lowest number and -1.
    #[inline(always)]
    pub fn rem_euclid_active(self, mask: Mask<S>, divisor: Self) -> Self {
        T::remainder_euclid(self, T::divisor(self, divisor, mask, REMAINDER_BY_ZERO, REMAINDER_OVERFLOW))
    }
}

impl<T: Divide + UnsignedInt, S: Simd> Vector<T, S> {
    /// `self / divisor`, rounded up.
    ///
    /// # Panics
    /// When a lane that is on has a zero divisor.
    #[inline(always)]
    pub fn div_ceil_active(self, mask: Mask<S>, divisor: Self) -> Self {
        let divisor = T::divisor(self, divisor, mask, DIVIDE_BY_ZERO, DIVIDE_OVERFLOW);
        let quotient = T::quotient(self, divisor);
        let exact = (quotient * divisor).lanes_eq(self);
        Self::select(exact, quotient, quotient + Self::splat(self.simd(), T::ONE))
    }
}

#[cold]
#[inline(never)]
fn fail(message: &'static str) -> ! {
    panic!("{message}")
}

macro_rules! int {
    ($($t:ident, |$a:ident, $b:ident| $quotient:expr;)*) => {$(
        impl Divide for $t {
            #[inline(always)]
            fn quotient<S: Simd>($a: Vector<Self, S>, $b: Vector<Self, S>) -> Vector<Self, S> {
                $quotient
            }

            #[inline(always)]
            fn remainder<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S> {
                a - Self::quotient(a, b) * b
            }

            // The quotient rounds to zero: down from there where the remainder is negative.
            #[inline(always)]
            fn quotient_euclid<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S> {
                let quotient = Self::quotient(a, b);
                if !<$t as Int>::SIGNED {
                    return quotient;
                }
                let (zero, one) = (Vector::splat(a.simd(), 0), Vector::splat(a.simd(), 1));
                let down = Vector::select(b.lanes_gt(zero), quotient - one, quotient + one);
                Vector::select((a - quotient * b).lanes_lt(zero), down, quotient)
            }

            #[inline(always)]
            fn remainder_euclid<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S> {
                let remainder = Self::remainder(a, b);
                if !<$t as Int>::SIGNED {
                    return remainder;
                }
                Vector::select(remainder.lanes_lt(Vector::splat(a.simd(), 0)), remainder + b.wrapping_abs(), remainder)
            }

            #[inline(always)]
            fn divisor<S: Simd>(
                a: Vector<Self, S>,
                b: Vector<Self, S>,
                mask: Mask<S>,
                by_zero: &'static str,
                overflow: &'static str,
            ) -> Vector<Self, S> {
                let zero = b.lanes_eq(Vector::splat(b.simd(), 0));
                if (mask & zero).any() {
                    fail(by_zero);
                }
                if <$t as Int>::SIGNED {
                    let minus_one = b.lanes_eq(Vector::splat(b.simd(), !0));
                    if (mask & minus_one & a.lanes_eq(Vector::splat(a.simd(), $t::MIN))).any() {
                        fail(overflow);
                    }
                }
                Vector::select(zero, Vector::splat(b.simd(), 1), b)
            }
        }
    )*};
}

// A quotient that is no integer is at least 1/b below the next one, which is relatively more than
// 1/(|a| + |b|) and so more than the float's rounding: truncation is exact.
int! {
    i8, |a, b| (a.cast::<f32>() / b.cast::<f32>()).cast();
    u8, |a, b| (a.cast::<f32>() / b.cast::<f32>()).cast();
    i16, |a, b| (a.cast::<f32>() / b.cast::<f32>()).cast();
    u16, |a, b| (a.cast::<f32>() / b.cast::<f32>()).cast();
    i32, |a, b| (a.cast::<f64>() / b.cast::<f64>()).cast();
    u32, |a, b| (a.cast::<f64>() / b.cast::<f64>()).cast();
    i64, |a, b| quotient_i64(a, b);
    u64, |a, b| quotient_u64(a, b);
    isize, |a, b| quotient_i64(a.cast(), b.cast()).cast();
    usize, |a, b| quotient_u64(a.cast(), b.cast()).cast();
}

/// The reciprocal of `b`, by so much too small that a product with it, rounding errors and all, never
/// exceeds the quotient: five roundings of 2^-53 make less than 2^-50.
#[inline(always)]
fn quotient_u64<S: Simd>(a: Vector<u64, S>, b: Vector<u64, S>) -> Vector<u64, S> {
    let inverse = Vector::splat(a.simd(), 1.0 - 2.0_f64.powi(-50)) / b.cast::<f64>();
    // The estimate lacks a / b · 2^-49 and a fraction; so the rest has a quotient below 2^16, whose estimate
    // lacks at most one.
    let first = (a.cast::<f64>() * inverse).cast::<u64>();
    let rest = a - first * b;
    let second = (rest.cast::<f64>() * inverse).cast::<u64>();
    let rest = rest - second * b;
    let quotient = first + second;
    Vector::select(rest.lanes_ge(b), quotient + Vector::splat(a.simd(), 1), quotient)
}

#[inline(always)]
fn quotient_i64<S: Simd>(a: Vector<i64, S>, b: Vector<i64, S>) -> Vector<i64, S> {
    let size = quotient_u64(a.unsigned_abs(), b.unsigned_abs()).cast::<i64>();
    // (x ^ -1) - -1 = -x where the signs differ, (x ^ 0) - 0 = x where they do not.
    let sign = (a ^ b).shr_uniform(63);
    (size ^ sign) - sign
}

macro_rules! float {
    ($($t:ident)*) => {$(
        impl Divide for $t {
            #[inline(always)]
            fn quotient<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S> {
                a / b
            }

            #[inline(always)]
            fn remainder<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S> {
                math::rem::rem(a, b)
            }

            #[inline(always)]
            fn quotient_euclid<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S> {
                math::rem::div_euclid(a, b)
            }

            #[inline(always)]
            fn remainder_euclid<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S> {
                math::rem::rem_euclid(a, b)
            }

            #[inline(always)]
            fn divisor<S: Simd>(
                _a: Vector<Self, S>,
                b: Vector<Self, S>,
                _mask: Mask<S>,
                _by_zero: &'static str,
                _overflow: &'static str,
            ) -> Vector<Self, S> {
                b
            }
        }
    )*};
}

float!(f32 f64);
