//! Arithmetic of uniform values, as it is in lanes: integers wrap, in debug builds too. What lanes that have
//! all left a loop would have computed next must not panic.

use super::element::{Int, Number};

/// A number that uniform code computes with.
pub trait Uniform: Number {
    #[doc(hidden)]
    fn add(self, other: Self) -> Self;
    #[doc(hidden)]
    fn sub(self, other: Self) -> Self;
    #[doc(hidden)]
    fn mul(self, other: Self) -> Self;
    #[doc(hidden)]
    fn neg(self) -> Self;
}

/// An integer that uniform code shifts, or shifts by.
pub trait UniformInt: Uniform + Int {
    #[doc(hidden)]
    fn shl(self, count: u32) -> Self;
    #[doc(hidden)]
    fn shr(self, count: u32) -> Self;
    #[doc(hidden)]
    fn count(self) -> u32;
}

macro_rules! ints {
    ($($t:ty)*) => {$(
        impl Uniform for $t {
            #[inline(always)]
            fn add(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            #[inline(always)]
            fn sub(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            #[inline(always)]
            fn mul(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            #[inline(always)]
            fn neg(self) -> Self {
                self.wrapping_neg()
            }
        }

        impl UniformInt for $t {
            #[inline(always)]
            fn shl(self, count: u32) -> Self {
                self.wrapping_shl(count)
            }
            #[inline(always)]
            fn shr(self, count: u32) -> Self {
                self.wrapping_shr(count)
            }
            #[inline(always)]
            fn count(self) -> u32 {
                self as u32
            }
        }
    )*};
}
ints!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

macro_rules! floats {
    ($($t:ty)*) => {$(
        impl Uniform for $t {
            #[inline(always)]
            fn add(self, other: Self) -> Self {
                self + other
            }
            #[inline(always)]
            fn sub(self, other: Self) -> Self {
                self - other
            }
            #[inline(always)]
            fn mul(self, other: Self) -> Self {
                self * other
            }
            #[inline(always)]
            fn neg(self) -> Self {
                -self
            }
        }
    )*};
}
floats!(f32 f64);

/// `a + b`.
#[inline(always)]
pub fn uniform_add<T: Uniform>(a: T, b: T) -> T {
    a.add(b)
}

/// `a - b`.
#[inline(always)]
pub fn uniform_sub<T: Uniform>(a: T, b: T) -> T {
    a.sub(b)
}

/// `a * b`.
#[inline(always)]
pub fn uniform_mul<T: Uniform>(a: T, b: T) -> T {
    a.mul(b)
}

/// `-a`.
#[inline(always)]
pub fn uniform_neg<T: Uniform>(a: T) -> T {
    a.neg()
}

/// `a << n`, by the low bits of `n`.
#[inline(always)]
pub fn uniform_shl<T: UniformInt, N: UniformInt>(a: T, n: N) -> T {
    a.shl(n.count())
}

/// `a >> n`, by the low bits of `n`.
#[inline(always)]
pub fn uniform_shr<T: UniformInt, N: UniformInt>(a: T, n: N) -> T {
    a.shr(n.count())
}
