//! [`Vector`]: one gang of values, the safe face of the lanes. It mirrors the scalar types one to
//! one (`f64` becomes `Vector<f64, S>`, `bool` becomes [`Mask<S>`]), so Rust's type inference sees
//! in a kernel's lane code just what it sees in the scalar function.

use std::fmt;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Not, Sub};

use super::element::{Bitwise, Element, Float, Int, Number};
use super::simd::{FloatLanes, Simd};

/// The most lanes that a gang has on any level.
pub const MAX_LANES: usize = 64;

/// One gang of values of type `T` on the level of `S`.
///
/// A vector can only be made from a token `S`, so that it exists only where the processor has the
/// level's instructions: all its operations are safe.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Vector<T: Element, S: Simd>(pub(crate) T::Repr<S>);

/// One truth value a lane: which lanes are on.
pub type Mask<S> = Vector<bool, S>;

impl<T: Element, S: Simd> Vector<T, S> {
    /// The same value in every lane.
    #[inline(always)]
    pub fn splat(_simd: S, value: T) -> Self {
        // SAFETY: the token proves that the level's instructions are there.
        Self(unsafe { T::splat::<S>(value) })
    }

    /// The token; the vector proves that it may be made.
    #[inline(always)]
    pub fn simd(self) -> S {
        // SAFETY: a vector is only made where a token exists.
        unsafe { S::assume() }
    }

    /// Reads one gang.
    ///
    /// # Safety
    /// `from` is valid for reads of `S::LANES` values.
    #[inline(always)]
    pub unsafe fn load(_simd: S, from: *const T) -> Self {
        // SAFETY: the token proves the level; the caller vouches for the pointer.
        Self(unsafe { T::load::<S>(from) })
    }

    /// Writes one gang.
    ///
    /// # Safety
    /// `to` is valid for writes of `S::LANES` values.
    #[inline(always)]
    pub unsafe fn store(self, to: *mut T) {
        // SAFETY: the vector proves the level; the caller vouches for the pointer.
        unsafe { T::store::<S>(to, self.0) }
    }

    /// Reads the lanes that are on; the others read nothing and hold 0.
    ///
    /// # Safety
    /// In the lanes that are on, `from.wrapping_add(lane)` is valid for reads.
    #[inline(always)]
    pub unsafe fn load_masked(from: *const T, mask: Mask<S>) -> Self {
        // SAFETY: the mask proves the level; the caller vouches for the pointer.
        Self(unsafe { T::load_masked::<S>(from, mask.0) })
    }

    /// Writes the lanes that are on, and no other memory.
    ///
    /// # Safety
    /// In the lanes that are on, `to.wrapping_add(lane)` is valid for writes.
    #[inline(always)]
    pub unsafe fn store_masked(self, to: *mut T, mask: Mask<S>) {
        // SAFETY: the vector proves the level; the caller vouches for the pointer.
        unsafe { T::store_masked::<S>(to, mask.0, self.0) }
    }

    /// Writes the lanes that are on. Those that are off may be read, and written back as they were: it is faster than
    /// [`store_masked`](Vector::store_masked) where a gang is there.
    ///
    /// # Safety
    /// `to` is valid for reads and writes of `S::LANES` values, which nothing else writes at the same time.
    #[inline(always)]
    pub unsafe fn store_blended(self, to: *mut T, mask: Mask<S>) {
        // SAFETY: the vector proves the level; the caller vouches for the pointer.
        unsafe { T::store_blended::<S>(to, mask.0, self.0) }
    }

    /// The first `S::LANES` values of a slice.
    ///
    /// # Panics
    /// When the slice is shorter than a gang.
    #[inline(always)]
    pub fn from_slice(simd: S, values: &[T]) -> Self {
        assert!(values.len() >= S::LANES, "a gang has {} lanes, the slice {} values", S::LANES, values.len());
        // SAFETY: the slice holds a gang.
        unsafe { Self::load(simd, values.as_ptr()) }
    }

    /// Replaces the first `S::LANES` values of a slice.
    ///
    /// # Panics
    /// When there are fewer values.
    #[inline(always)]
    pub fn copy_to_slice(self, values: &mut [T]) {
        assert!(values.len() >= S::LANES, "a gang has {} lanes, the slice {} values", S::LANES, values.len());
        // SAFETY: the slice holds a gang.
        unsafe { self.store(values.as_mut_ptr()) };
    }

    /// Lane `i` is `value(i)`.
    #[inline(always)]
    pub fn from_fn(simd: S, mut value: impl FnMut(usize) -> T) -> Self {
        let mut values = [T::default(); MAX_LANES];
        for (lane, slot) in values.iter_mut().enumerate().take(S::LANES) {
            *slot = value(lane);
        }
        Self::from_slice(simd, &values)
    }

    /// The lanes in an array, of which the first `S::LANES` values count.
    #[inline(always)]
    pub fn to_array(self) -> [T; MAX_LANES] {
        let mut values = [T::default(); MAX_LANES];
        // SAFETY: the array holds the widest gang.
        unsafe { self.store(values.as_mut_ptr()) };
        values
    }

    /// The value in one lane.
    ///
    /// # Panics
    /// When `lane` is no lane.
    #[inline(always)]
    pub fn extract(self, lane: usize) -> T {
        self.to_array()[..S::LANES][lane]
    }

    /// The lanes from `by` to `2 by` as the first ones, `by` being a power of two below the lane count; the others hold values
    /// of any lanes.
    ///
    /// # Panics
    /// When `by` is no such number.
    #[inline(always)]
    pub fn lowered(self, by: usize) -> Self {
        assert!(by.is_power_of_two() && by < S::LANES, "a gang of {} lanes cannot be lowered by {by}", S::LANES);
        // SAFETY: the vector proves the level, and there are so many lanes.
        Self(unsafe { T::lowered::<S>(self.0, by) })
    }

    /// `yes` where the mask is on, `no` elsewhere.
    #[inline(always)]
    pub fn select(mask: Mask<S>, yes: Self, no: Self) -> Self {
        // SAFETY: the vectors prove the level.
        Self(unsafe { T::select::<S>(mask.0, yes.0, no.0) })
    }

    /// `if self < other { self } else { other }`: the other where one is NaN, and of two zeros.
    #[inline(always)]
    pub fn lesser(self, other: Self) -> Self {
        // SAFETY: the vectors prove the level.
        Self(unsafe { T::lesser::<S>(self.0, other.0) })
    }

    /// `if self > other { self } else { other }`: the other where one is NaN, and of two zeros.
    #[inline(always)]
    pub fn greater(self, other: Self) -> Self {
        // SAFETY: the vectors prove the level.
        Self(unsafe { T::greater::<S>(self.0, other.0) })
    }

    /// `if self <= other { self } else { other }`: the other where one is NaN.
    #[inline(always)]
    pub fn lesser_or_equal(self, other: Self) -> Self {
        // SAFETY: the vectors prove the level.
        Self(unsafe { T::lesser_or_equal::<S>(self.0, other.0) })
    }

    /// `if self >= other { self } else { other }`: the other where one is NaN.
    #[inline(always)]
    pub fn greater_or_equal(self, other: Self) -> Self {
        // SAFETY: the vectors prove the level.
        Self(unsafe { T::greater_or_equal::<S>(self.0, other.0) })
    }

    /// `==` lane by lane.
    #[inline(always)]
    pub fn lanes_eq(self, other: Self) -> Mask<S> {
        // SAFETY: the vectors prove the level.
        Vector(unsafe { <T as Element>::eq::<S>(self.0, other.0) })
    }

    /// `!=` lane by lane.
    #[inline(always)]
    pub fn lanes_ne(self, other: Self) -> Mask<S> {
        !self.lanes_eq(other)
    }

    /// `<` lane by lane.
    #[inline(always)]
    pub fn lanes_lt(self, other: Self) -> Mask<S> {
        // SAFETY: the vectors prove the level.
        Vector(unsafe { T::lt::<S>(self.0, other.0) })
    }

    /// `<=` lane by lane.
    #[inline(always)]
    pub fn lanes_le(self, other: Self) -> Mask<S> {
        // SAFETY: the vectors prove the level.
        Vector(unsafe { T::le::<S>(self.0, other.0) })
    }

    /// `>` lane by lane.
    #[inline(always)]
    pub fn lanes_gt(self, other: Self) -> Mask<S> {
        other.lanes_lt(self)
    }

    /// `>=` lane by lane.
    #[inline(always)]
    pub fn lanes_ge(self, other: Self) -> Mask<S> {
        other.lanes_le(self)
    }
}

impl<T: Number, S: Simd> Vector<T, S> {
    /// `a.min(b)` as Rust has it: the other operand where one is NaN; of two zeros, the first.
    #[inline(always)]
    pub fn min(self, other: Self) -> Self {
        // SAFETY: the vectors prove the level.
        Self(unsafe { T::min::<S>(self.0, other.0) })
    }

    /// `a.max(b)` as Rust has it: the other operand where one is NaN; of two zeros, the first.
    #[inline(always)]
    pub fn max(self, other: Self) -> Self {
        // SAFETY: the vectors prove the level.
        Self(unsafe { T::max::<S>(self.0, other.0) })
    }
}

impl<T: Float, S: Simd> Vector<T, S> {
    /// The square root, correctly rounded.
    #[inline(always)]
    pub fn sqrt(self) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::sqrt::<S>(self.0) })
    }

    /// The square root, correctly rounded, of usual numbers: of `f64` those from 2^-960 to 2^1020, of `f32` the positive
    /// normal ones. Of others any value. On AVX-512 it is faster than [`sqrt`](Vector::sqrt) beside few other operations.
    #[inline(always)]
    pub fn sqrt_usual(self) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::sqrt_usual::<S>(self.0) })
    }

    /// `self * a + b`, rounded once.
    #[inline(always)]
    pub fn mul_add(self, a: Self, b: Self) -> Self {
        // SAFETY: the vectors prove the level.
        Self(unsafe { T::mul_add::<S>(self.0, a.0, b.0) })
    }

    /// `self * a + b`, rounded once where the level has an instruction for that, and twice where it has not.
    #[inline(always)]
    pub fn contracted(self, a: Self, b: Self) -> Self {
        if const { S::FMA } { self.mul_add(a, b) } else { self * a + b }
    }

    /// The largest integer not above.
    #[inline(always)]
    pub fn floor(self) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::floor::<S>(self.0) })
    }

    /// The smallest integer not below.
    #[inline(always)]
    pub fn ceil(self) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::ceil::<S>(self.0) })
    }

    /// The integer part.
    #[inline(always)]
    pub fn trunc(self) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::trunc::<S>(self.0) })
    }

    /// The nearest integer, halves to even.
    #[inline(always)]
    pub fn round_ties_even(self) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::round_ties_even::<S>(self.0) })
    }

    /// The sign bit cleared.
    #[inline(always)]
    pub(crate) fn float_abs(self) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::abs::<S>(self.0) })
    }

    /// Whether the magnitude is above the bound in some lane; of NaN it may say either.
    #[inline(always)]
    pub fn any_beyond(self, bound: T) -> bool {
        // SAFETY: the vector proves the level.
        unsafe { T::any_beyond::<S>(self.0, bound) }
    }

    /// The bits as an unsigned integer.
    #[inline(always)]
    pub fn to_bits(self) -> Vector<T::Bits, S> {
        // SAFETY: the vector proves the level.
        Vector(unsafe { T::to_bits::<S>(self.0) })
    }

    /// The float with these bits.
    #[inline(always)]
    pub fn from_bits(bits: Vector<T::Bits, S>) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::from_bits::<S>(bits.0) })
    }
}

impl<T: Int, S: Simd> Vector<T, S> {
    /// `self << (n % BITS)`, the same count for all lanes.
    #[inline(always)]
    pub fn shl_uniform(self, n: u32) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::shl_uniform::<S>(self.0, n) })
    }

    /// `self >> (n % BITS)`, the same count for all lanes.
    #[inline(always)]
    pub fn shr_uniform(self, n: u32) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::shr_uniform::<S>(self.0, n) })
    }

    /// `self << (n % BITS)` lane by lane.
    #[inline(always)]
    pub(crate) fn shl_lanes(self, n: Self) -> Self {
        // SAFETY: the vectors prove the level.
        Self(unsafe { T::shl::<S>(self.0, n.0) })
    }

    /// `self >> (n % BITS)` lane by lane.
    #[inline(always)]
    pub(crate) fn shr_lanes(self, n: Self) -> Self {
        // SAFETY: the vectors prove the level.
        Self(unsafe { T::shr::<S>(self.0, n.0) })
    }
}

impl<S: Simd> Vector<u64, S> {
    /// `table[self % 8]` lane by lane, by permutations of registers where the level has them.
    #[inline(always)]
    pub(crate) fn lookup8(self, table: &[f64; 8]) -> Vector<f64, S> {
        // SAFETY: the vector proves the level.
        Vector(unsafe { S::lookup8_f64(table, self.0) })
    }
}

impl<S: Simd> Vector<f32, S> {
    /// The lanes with positive numbers that are neither subnormal nor infinite, if one operation tells.
    #[inline(always)]
    pub(crate) fn positive_normal(self) -> Option<Mask<S>> {
        // SAFETY: the vector proves the level.
        unsafe { <S as FloatLanes<f32>>::positive_normal(self.0) }.map(Vector)
    }
}

impl<S: Simd> Vector<u32, S> {
    /// `table[self % 8]` lane by lane, by permutations of registers where the level has them.
    #[inline(always)]
    pub(crate) fn lookup8(self, table: &[f32; 8]) -> Vector<f32, S> {
        // SAFETY: the vector proves the level.
        Vector(unsafe { S::lookup8_f32(table, self.0) })
    }
}

impl<S: Simd> Mask<S> {
    /// All lanes on.
    #[inline(always)]
    pub fn full(simd: S) -> Self {
        Self::splat(simd, true)
    }

    /// All lanes off.
    #[inline(always)]
    pub fn empty(simd: S) -> Self {
        Self::splat(simd, false)
    }

    /// Whether a lane is on.
    #[inline(always)]
    pub fn any(self) -> bool {
        // SAFETY: the mask proves the level.
        unsafe { S::mask_any(self.0) }
    }

    /// Whether all lanes are on.
    #[inline(always)]
    pub fn all(self) -> bool {
        // SAFETY: the mask proves the level.
        unsafe { S::mask_all(self.0) }
    }

    /// Whether no lane is on.
    #[inline(always)]
    pub fn none(self) -> bool {
        !self.any()
    }

    /// `self & !other`.
    #[inline(always)]
    pub fn and_not(self, other: Self) -> Self {
        // SAFETY: the masks prove the level.
        Vector(unsafe { S::mask_and_not(self.0, other.0) })
    }

    /// Lane `i` in bit `i`.
    #[inline(always)]
    pub fn bits(self) -> u64 {
        // SAFETY: the mask proves the level.
        unsafe { S::mask_to_bits(self.0) }
    }

    /// Lane `i` from bit `i`.
    #[inline(always)]
    pub fn with_bits(_simd: S, bits: u64) -> Self {
        // SAFETY: the token proves the level.
        Vector(unsafe { S::mask_from_bits(bits) })
    }

    /// The lowest lane that is on.
    #[inline(always)]
    pub fn first(self) -> Option<usize> {
        let bits = self.bits();
        (bits != 0).then(|| bits.trailing_zeros() as usize)
    }
}

/// `Vector op Vector` through the element's function of that name.
macro_rules! binary {
    ($($trait:ident::$method:ident, $bound:ident;)*) => {$(
        impl<T: $bound, S: Simd> $trait for Vector<T, S> {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                // SAFETY: the vectors prove the level.
                Vector(unsafe { forward_binary!($method, T, S, self.0, other.0) })
            }
        }
    )*};
}

macro_rules! forward_binary {
    (bitand, $t:ty, $s:ty, $a:expr, $b:expr) => {
        <$t>::and::<$s>($a, $b)
    };
    (bitor, $t:ty, $s:ty, $a:expr, $b:expr) => {
        <$t>::or::<$s>($a, $b)
    };
    (bitxor, $t:ty, $s:ty, $a:expr, $b:expr) => {
        <$t>::xor::<$s>($a, $b)
    };
    (add, $t:ty, $s:ty, $a:expr, $b:expr) => {
        <$t as Number>::add::<$s>($a, $b)
    };
    (sub, $t:ty, $s:ty, $a:expr, $b:expr) => {
        <$t as Number>::sub::<$s>($a, $b)
    };
    (mul, $t:ty, $s:ty, $a:expr, $b:expr) => {
        <$t as Number>::mul::<$s>($a, $b)
    };
    (div, $t:ty, $s:ty, $a:expr, $b:expr) => {
        <$t as Float>::div::<$s>($a, $b)
    };
}

binary! {
    Add::add, Number;
    Sub::sub, Number;
    Mul::mul, Number;
    Div::div, Float;
    BitAnd::bitand, Bitwise;
    BitOr::bitor, Bitwise;
    BitXor::bitxor, Bitwise;
}

impl<T: Number, S: Simd> Neg for Vector<T, S> {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::neg::<S>(self.0) })
    }
}

impl<T: Bitwise, S: Simd> Not for Vector<T, S> {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        // SAFETY: the vector proves the level.
        Self(unsafe { T::not::<S>(self.0) })
    }
}

impl<T: Element, S: Simd> fmt::Debug for Vector<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.to_array()[..S::LANES]).finish()
    }
}
