//! Values that hold nothing yet: what a variable starts as that arms and loops assign.

use super::element::Element;
use super::simd::Simd;
use super::vector::Vector;

/// Lanes or uniform values of any shape that can be made before their value is known.
pub trait Blank<S: Simd> {
    /// Zero or `false` in every lane; of a table, none of it.
    fn blank(simd: S) -> Self;
}

impl<T: Element, S: Simd> Blank<S> for Vector<T, S> {
    #[inline(always)]
    fn blank(simd: S) -> Self {
        Vector::splat(simd, T::default())
    }
}

// Not `Default`: arrays have it up to 32 elements only.
macro_rules! scalars {
    ($($t:ident),*) => {$(
        impl<S: Simd> Blank<S> for $t {
            #[inline(always)]
            fn blank(_simd: S) -> Self {
                $t::default()
            }
        }
    )*};
}

scalars!(bool, f32, f64, i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl<T, S: Simd> Blank<S> for &[T] {
    #[inline(always)]
    fn blank(_simd: S) -> Self {
        &[]
    }
}

impl<A: Blank<S>, S: Simd, const N: usize> Blank<S> for [A; N] {
    #[inline(always)]
    fn blank(simd: S) -> Self {
        std::array::from_fn(|_| A::blank(simd))
    }
}

macro_rules! tuples {
    ($($($a:ident),*;)*) => {$(
        impl<$($a: Blank<S_>,)* S_: Simd> Blank<S_> for ($($a,)*) {
            #[inline(always)]
            #[allow(clippy::unused_unit, reason = "the empty tuple")]
            fn blank(_simd: S_) -> Self {
                ($($a::blank(_simd),)*)
            }
        }
    )*};
}

tuples! {
    ;
    A;
    A, B;
    A, B, C;
    A, B, C, D;
    A, B, C, D, E;
    A, B, C, D, E, F;
    A, B, C, D, E, F, G;
    A, B, C, D, E, F, G, H;
}
