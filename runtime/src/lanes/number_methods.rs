//! The methods that integers and floats both have.

use super::element::{Int, Number};
use super::simd::Simd;
use super::vector::{Mask, Vector};

/// A [`Number`] with the methods that integers and floats define each in their own way. The lane
/// methods of [`Vector`] with the same names forward to them.
#[diagnostic::on_unimplemented(message = "`{Self}` is no number", label = "needs an integer or a float")]
pub trait NumberMethods: Number {
    /// The absolute value; the lowest integer is its own.
    fn abs<S: Simd>(a: Vector<Self, S>) -> Vector<Self, S>;
    /// The sign as a number.
    fn signum<S: Simd>(a: Vector<Self, S>) -> Vector<Self, S>;
    /// The middle of two numbers.
    fn midpoint<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S>;
    /// What `clamp` panics with.
    fn refuse_limits(min: Self, max: Self) -> !;
}

impl<T: NumberMethods, S: Simd> Vector<T, S> {
    /// The absolute value; of the lowest signed integer, itself.
    #[inline(always)]
    pub fn abs(self) -> Self {
        T::abs(self)
    }

    /// -1, 0 or 1 for integers; 1 with the sign of a float, of a zero too, and NaN for NaN.
    #[inline(always)]
    pub fn signum(self) -> Self {
        T::signum(self)
    }

    /// The middle of two numbers without overflow: integers round to zero, floats to nearest.
    #[inline(always)]
    pub fn midpoint(self, other: Self) -> Self {
        T::midpoint(self, other)
    }

    /// `self.clamp(min, max)`: NaN stays NaN.
    ///
    /// # Panics
    /// When not `min <= max` in a lane that is on.
    #[inline(always)]
    pub fn clamp_active(self, mask: Mask<S>, min: Self, max: Self) -> Self {
        let refused = mask.and_not(min.lanes_le(max));
        if refused.any() {
            refuse_limits(refused, min, max);
        }
        let raised = Self::select(self.lanes_lt(min), min, self);
        Self::select(raised.lanes_gt(max), max, raised)
    }
}

#[cold]
#[inline(never)]
fn refuse_limits<T: NumberMethods, S: Simd>(refused: Mask<S>, min: Vector<T, S>, max: Vector<T, S>) -> ! {
    let lane = refused.bits().trailing_zeros() as usize;
    T::refuse_limits(min.extract(lane), max.extract(lane))
}

macro_rules! int {
    ($($t:ident)*) => {$(
        impl NumberMethods for $t {
            #[inline(always)]
            fn abs<S: Simd>(a: Vector<Self, S>) -> Vector<Self, S> {
                if Self::SIGNED { a.max(-a) } else { a }
            }

            #[inline(always)]
            fn signum<S: Simd>(a: Vector<Self, S>) -> Vector<Self, S> {
                let least = Vector::splat(a.simd(), if Self::SIGNED { Self::ZERO.wrapping_sub(1) } else { 0 });
                a.min(Vector::splat(a.simd(), 1)).max(least)
            }

            // a + b = 2 (a & b) + (a ^ b). The shift rounds down: a negative odd sum is one below.
            #[inline(always)]
            fn midpoint<S: Simd>(a: Vector<Self, S>, b: Vector<Self, S>) -> Vector<Self, S> {
                let differing = a ^ b;
                let floor = (a & b) + differing.shr_uniform(1);
                if Self::SIGNED {
                    floor + (floor.shr_uniform(Self::BITS - 1) & differing & Vector::splat(a.simd(), 1))
                } else {
                    floor
                }
            }

            fn refuse_limits(min: Self, max: Self) -> ! {
                panic!("min > max. min = {min:?}, max = {max:?}")
            }
        }
    )*};
}

int!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

macro_rules! float {
    ($($t:ident, |$a:ident, $b:ident| $midpoint:expr;)*) => {$(
        impl NumberMethods for $t {
            #[inline(always)]
            fn abs<S: Simd>(a: Vector<Self, S>) -> Vector<Self, S> {
                a.float_abs()
            }

            #[inline(always)]
            fn signum<S: Simd>(a: Vector<Self, S>) -> Vector<Self, S> {
                let sign = a.to_bits() & Vector::splat(a.simd(), (-0.0 as $t).to_bits());
                let one = Vector::splat(a.simd(), (1.0 as $t).to_bits());
                Vector::select(a.lanes_eq(a), Vector::from_bits(sign | one), a)
            }

            #[inline(always)]
            fn midpoint<S: Simd>($a: Vector<Self, S>, $b: Vector<Self, S>) -> Vector<Self, S> {
                $midpoint
            }

            fn refuse_limits(min: Self, max: Self) -> ! {
                panic!("min > max, or either was NaN. min = {min:?}, max = {max:?}")
            }
        }
    )*};
}

float! {
    // The sum of two `f32` rounds in `f64` only where it cannot matter: std's method.
    f32, |a, b| {
        let half = Vector::splat(a.simd(), 0.5);
        ((a.cast::<f64>() + b.cast::<f64>()) * half).cast()
    };
    // Halved first only where the sum would overflow; elsewhere that could lose a subnormal's last bit.
    f64, |a, b| {
        let (half, limit) = (Vector::splat(a.simd(), 0.5), Vector::splat(a.simd(), f64::MAX / 2.0));
        let small = a.float_abs().lanes_le(limit) & b.float_abs().lanes_le(limit);
        Vector::select(small, (a + b) * half, a * half + b * half)
    };
}
