//! The methods of the integers, under the names of the standard library, with its meaning in a
//! release build: what overflows wraps.

use super::cast::Cast;
use super::element::{Int, Number};
use super::simd::Simd;
use super::vector::{Mask, Vector};

/// An [`Int`] whose lanes have the methods of Rust's integers.
#[diagnostic::on_unimplemented(message = "`{Self}` is no integer", label = "needs an integer")]
pub trait IntMethods: Int<Unsigned: UnsignedInt + Cast<Self>> + Cast<<Self as Int>::Unsigned> + Cast<u32> {
    /// 1, 10, 100, … as far as the type goes.
    const POWERS_OF_TEN: &'static [Self];

    /// `n as Self`.
    fn from_u32<S: Simd>(n: Vector<u32, S>) -> Vector<Self, S>;
    /// The integer square root of numbers that are not negative.
    fn isqrt<S: Simd>(a: Vector<Self, S>) -> Vector<Self, S>;
}

/// An unsigned [`Int`]: the bits of the signed ones are counted and moved as these.
pub trait UnsignedInt: Int<Unsigned = Self> + Cast<u32> {
    /// Entry `k`: ones in the lower half of every `2^(k + 1)` bits.
    const LOWER_HALVES: &'static [Self];
}

impl<T: UnsignedInt, S: Simd> Vector<T, S> {
    /// Whether a lane is a power of two.
    #[inline(always)]
    pub fn is_power_of_two(self) -> Mask<S> {
        let zero = Self::splat(self.simd(), T::ZERO);
        (self & (self - Self::splat(self.simd(), T::ONE))).lanes_eq(zero).and_not(self.lanes_eq(zero))
    }

    /// The smallest power of two not below; 0 where there is none.
    #[inline(always)]
    pub fn next_power_of_two(self) -> Self {
        let one = Self::splat(self.simd(), T::ONE);
        // 0 and 1 both have 1.
        fill_down(self.max(one) - one) + one
    }
}

/// All bits below the highest that is set.
#[inline(always)]
fn fill_down<T: UnsignedInt, S: Simd>(mut a: Vector<T, S>) -> Vector<T, S> {
    let mut step = 1;
    while step < T::BITS {
        a = a | a.shr_uniform(step);
        step *= 2;
    }
    a
}

/// The number of ones: sums of neighbours, of neighbouring sums, and so on.
#[inline(always)]
fn count_ones<T: UnsignedInt, S: Simd>(mut a: Vector<T, S>) -> Vector<T, S> {
    let mut k = 0;
    while k < T::LOWER_HALVES.len() {
        let lower = Vector::splat(a.simd(), T::LOWER_HALVES[k]);
        let upper = a.shr_uniform(1 << k);
        // From four bits a field on, the sum of two counts fits one.
        a = if k < 2 { (a & lower) + (upper & lower) } else { (a + upper) & lower };
        k += 1;
    }
    a
}

/// Swaps the halves of every `2^(k + 1)` bits, for every `k` from `first`.
#[inline(always)]
fn swap_halves<T: UnsignedInt, S: Simd>(mut a: Vector<T, S>, first: usize) -> Vector<T, S> {
    let mut k = first;
    while k < T::LOWER_HALVES.len() {
        let lower = Vector::splat(a.simd(), T::LOWER_HALVES[k]);
        a = (a.shr_uniform(1 << k) & lower) | (a & lower).shl_uniform(1 << k);
        k += 1;
    }
    a
}

/// The upper half of the double-width product, by the products of halves.
#[inline(always)]
fn mul_upper<T: UnsignedInt, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Vector<T, S> {
    let half = T::BITS / 2;
    let lower = Vector::splat(a.simd(), T::LOWER_HALVES[T::LOWER_HALVES.len() - 1]);
    let (al, ah) = (a & lower, a.shr_uniform(half));
    let (bl, bh) = (b & lower, b.shr_uniform(half));
    let (mid1, mid2) = (al * bh, ah * bl);
    let carry = (al * bl).shr_uniform(half) + (mid1 & lower) + (mid2 & lower);
    ah * bh + mid1.shr_uniform(half) + mid2.shr_uniform(half) + carry.shr_uniform(half)
}

impl<T: IntMethods, S: Simd> Vector<T, S> {
    #[inline(always)]
    fn unsigned(self) -> Vector<T::Unsigned, S> {
        self.cast()
    }

    #[inline(always)]
    fn zero(self) -> Self {
        Self::splat(self.simd(), T::ZERO)
    }

    /// `self + other`, wrapping.
    #[inline(always)]
    pub fn wrapping_add(self, other: Self) -> Self {
        self + other
    }

    /// `self - other`, wrapping.
    #[inline(always)]
    pub fn wrapping_sub(self, other: Self) -> Self {
        self - other
    }

    /// `self * other`, wrapping.
    #[inline(always)]
    pub fn wrapping_mul(self, other: Self) -> Self {
        self * other
    }

    /// `-self`, wrapping.
    #[inline(always)]
    pub fn wrapping_neg(self) -> Self {
        -self
    }

    /// The absolute value; the lowest number is its own.
    #[inline(always)]
    pub fn wrapping_abs(self) -> Self {
        if T::SIGNED { self.max(-self) } else { self }
    }

    /// `self << (count % BITS)`.
    #[inline(always)]
    pub fn wrapping_shl(self, count: Vector<u32, S>) -> Self {
        self.shl_lanes(T::from_u32(count))
    }

    /// `self >> (count % BITS)`.
    #[inline(always)]
    pub fn wrapping_shr(self, count: Vector<u32, S>) -> Self {
        self.shr_lanes(T::from_u32(count))
    }

    /// `self + other`, at most `MAX` and at least `MIN`.
    #[inline(always)]
    pub fn saturating_add(self, other: Self) -> Self {
        let sum = self + other;
        if T::SIGNED {
            // It has overflowed where both operands have another sign than the sum.
            let overflow = (self ^ sum) & (other ^ sum);
            Self::select(overflow.lanes_lt(self.zero()), self.limit_of_sign(), sum)
        } else {
            // `!self` is what there is to `MAX`.
            self + other.min(!self)
        }
    }

    /// `self - other`, at most `MAX` and at least `MIN`.
    #[inline(always)]
    pub fn saturating_sub(self, other: Self) -> Self {
        if T::SIGNED {
            let difference = self - other;
            // It has overflowed where the minuend's sign is neither the subtrahend's nor the difference's.
            let overflow = (self ^ other) & (self ^ difference);
            Self::select(overflow.lanes_lt(self.zero()), self.limit_of_sign(), difference)
        } else {
            self - self.min(other)
        }
    }

    /// `self * other`, at most `MAX` and at least `MIN`.
    #[inline(always)]
    pub fn saturating_mul(self, other: Self) -> Self {
        let (a, b) = (self.unsigned_abs(), other.unsigned_abs());
        let limit = (self ^ other).limit_of_sign();
        // The limit's magnitude: MAX, or one more where the product is negative.
        let fits = (a * b).lanes_le(limit.unsigned_abs())
            & mul_upper(a, b).lanes_eq(Vector::splat(self.simd(), T::Unsigned::ZERO));
        Self::select(fits, self * other, limit)
    }

    /// `MAX`, or `MIN` where the number is negative.
    #[inline(always)]
    fn limit_of_sign(self) -> Self {
        let max = Self::splat(self.simd(), T::MAX);
        if T::SIGNED { self.shr_uniform(T::BITS - 1) ^ max } else { max }
    }

    /// The distance between two numbers.
    #[inline(always)]
    pub fn abs_diff(self, other: Self) -> Vector<T::Unsigned, S> {
        (self.max(other) - self.min(other)).unsigned()
    }

    /// The absolute value as an unsigned integer.
    #[inline(always)]
    pub fn unsigned_abs(self) -> Vector<T::Unsigned, S> {
        self.wrapping_abs().unsigned()
    }

    /// Whether a lane is above zero.
    #[inline(always)]
    pub fn is_positive(self) -> Mask<S> {
        self.lanes_gt(self.zero())
    }

    /// Whether a lane is below zero.
    #[inline(always)]
    pub fn is_negative(self) -> Mask<S> {
        self.lanes_lt(self.zero())
    }

    /// `self` to the power `exponent`, wrapping, by squaring.
    #[inline(always)]
    pub fn pow(self, exponent: Vector<u32, S>) -> Self {
        let (none, one) = (Vector::splat(self.simd(), 0), Vector::splat(self.simd(), 1));
        let (mut power, mut rest, mut square) = (Self::splat(self.simd(), T::ONE), exponent, self);
        while rest.lanes_ne(none).any() {
            power = Self::select((rest & one).lanes_ne(none), power * square, power);
            square = square * square;
            rest = rest.shr_uniform(1);
        }
        power
    }

    /// `self` to the power `exponent`, wrapping.
    #[inline(always)]
    pub fn wrapping_pow(self, exponent: Vector<u32, S>) -> Self {
        self.pow(exponent)
    }

    /// The number of ones.
    #[inline(always)]
    pub fn count_ones(self) -> Vector<u32, S> {
        count_ones(self.unsigned()).cast()
    }

    /// The number of zeros.
    #[inline(always)]
    pub fn count_zeros(self) -> Vector<u32, S> {
        (!self).count_ones()
    }

    /// The number of zeros above the highest one.
    #[inline(always)]
    pub fn leading_zeros(self) -> Vector<u32, S> {
        count_ones(!fill_down(self.unsigned())).cast()
    }

    /// The number of zeros below the lowest one.
    #[inline(always)]
    pub fn trailing_zeros(self) -> Vector<u32, S> {
        (!self & (self - Self::splat(self.simd(), T::ONE))).count_ones()
    }

    /// The number of ones above the highest zero.
    #[inline(always)]
    pub fn leading_ones(self) -> Vector<u32, S> {
        (!self).leading_zeros()
    }

    /// The number of ones below the lowest zero.
    #[inline(always)]
    pub fn trailing_ones(self) -> Vector<u32, S> {
        (!self).trailing_zeros()
    }

    /// The bits turned left by `count % BITS`.
    #[inline(always)]
    pub fn rotate_left(self, count: Vector<u32, S>) -> Self {
        let (bits, count) = (self.unsigned(), T::from_u32(count).unsigned());
        (bits.shl_lanes(count) | bits.shr_lanes(-count)).cast()
    }

    /// The bits turned right by `count % BITS`.
    #[inline(always)]
    pub fn rotate_right(self, count: Vector<u32, S>) -> Self {
        self.rotate_left(-count)
    }

    /// The bytes in reverse order.
    #[inline(always)]
    pub fn swap_bytes(self) -> Self {
        swap_halves(self.unsigned(), 3).cast()
    }

    /// The bits in reverse order.
    #[inline(always)]
    pub fn reverse_bits(self) -> Self {
        swap_halves(self.unsigned(), 0).cast()
    }

    /// The integer square root, rounded down.
    ///
    /// # Panics
    /// When a lane that is on is negative.
    #[inline(always)]
    pub fn isqrt_active(self, mask: Mask<S>) -> Self {
        if T::SIGNED && (mask & self.is_negative()).any() {
            negative_isqrt();
        }
        T::isqrt(self)
    }

    /// The logarithm to base 2, rounded down.
    ///
    /// # Panics
    /// When a lane that is on is not positive.
    #[inline(always)]
    pub fn ilog2_active(self, mask: Mask<S>) -> Vector<u32, S> {
        if mask.and_not(self.is_positive()).any() {
            no_logarithm();
        }
        Vector::splat(self.simd(), T::BITS - 1) - self.leading_zeros()
    }

    /// The logarithm to base 10, rounded down.
    ///
    /// # Panics
    /// When a lane that is on is not positive.
    #[inline(always)]
    pub fn ilog10_active(self, mask: Mask<S>) -> Vector<u32, S> {
        if mask.and_not(self.is_positive()).any() {
            no_logarithm();
        }
        // The powers of ten that are not above it, but for 1.
        let (mut count, one) = (Vector::splat(self.simd(), 0), Vector::splat(self.simd(), 1));
        for power in &T::POWERS_OF_TEN[1..] {
            let reached = self.lanes_ge(Self::splat(self.simd(), *power));
            count = Vector::select(reached, count + one, count);
        }
        count
    }
}

#[cold]
#[inline(never)]
fn negative_isqrt() -> ! {
    panic!("argument of integer square root cannot be negative")
}

#[cold]
#[inline(never)]
fn no_logarithm() -> ! {
    panic!("argument of integer logarithm must be positive")
}

/// 1, 10, 100, … that many of them.
macro_rules! powers_of_ten {
    ($t:ident) => {{
        const COUNT: usize = $t::MAX.ilog10() as usize + 1;
        const POWERS: [$t; COUNT] = {
            let mut powers = [1; COUNT];
            let mut k = 1;
            while k < COUNT {
                powers[k] = 10 * powers[k - 1];
                k += 1;
            }
            powers
        };
        &POWERS
    }};
}

macro_rules! int {
    ($($t:ident: |$a:ident| $isqrt:expr;)*) => {$(
        impl IntMethods for $t {
            const POWERS_OF_TEN: &'static [Self] = powers_of_ten!($t);

            #[inline(always)]
            fn from_u32<S: Simd>(n: Vector<u32, S>) -> Vector<Self, S> {
                n.cast()
            }

            #[inline(always)]
            fn isqrt<S: Simd>($a: Vector<Self, S>) -> Vector<Self, S> {
                $isqrt
            }
        }
    )*};
}

// The float's root is below k for every number below k², as k (1 - 1/2k²) is: exact for twice the type's bits.
int! {
    i8: |a| a.cast::<f32>().sqrt().cast();
    u8: |a| a.cast::<f32>().sqrt().cast();
    i16: |a| a.cast::<f32>().sqrt().cast();
    u16: |a| a.cast::<f32>().sqrt().cast();
    i32: |a| a.cast::<f64>().sqrt().cast();
    u32: |a| a.cast::<f64>().sqrt().cast();
    i64: |a| isqrt64(a.cast()).cast();
    isize: |a| isqrt64(a.cast()).cast();
    u64: |a| isqrt64(a);
    usize: |a| isqrt64(a.cast()).cast();
}

/// As the number is rounded to an `f64`, its root can be one too large; it is never too small, as no square
/// is so near to a float below it that the float's root would round below the square's.
#[inline(always)]
fn isqrt64<S: Simd>(a: Vector<u64, S>) -> Vector<u64, S> {
    let largest = Vector::splat(a.simd(), u64::from(u32::MAX));
    let root = a.cast::<f64>().sqrt().cast::<u64>().min(largest);
    let one = Vector::splat(a.simd(), 1);
    Vector::select((root * root).lanes_gt(a), root - one, root)
}

macro_rules! unsigned {
    ($($t:ident)*) => {$(
        impl UnsignedInt for $t {
            // MAX / (2^(2^k) + 1): a one for every 2^k zeros and a one, times all ones of that length.
            const LOWER_HALVES: &'static [Self] = {
                const COUNT: usize = $t::BITS.ilog2() as usize;
                const HALVES: [$t; COUNT] = {
                    let mut halves = [0; COUNT];
                    let mut k = 0;
                    while k < COUNT {
                        halves[k] = $t::MAX / ((1 << (1 << k)) + 1);
                        k += 1;
                    }
                    halves
                };
                &HALVES
            };
        }
    )*};
}

unsigned!(u8 u16 u32 u64 usize);
