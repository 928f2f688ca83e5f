//! Lanes that hold nothing yet: what a variable starts as that divergent arms assign.

use super::element::Element;
use super::simd::Simd;
use super::vector::Vector;

/// Lanes of any shape that can be made before their value is known.
pub trait Blank<S: Simd> {
    /// Zero or `false` in every lane.
    fn blank(simd: S) -> Self;
}

impl<T: Element, S: Simd> Blank<S> for Vector<T, S> {
    #[inline(always)]
    fn blank(simd: S) -> Self {
        Vector::splat(simd, T::default())
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
