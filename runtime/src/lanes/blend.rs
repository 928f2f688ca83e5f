//! Lanes of any shape: blended under a mask, and made of uniform values.
#![allow(missing_docs)]
use super::*;
pub trait Blend<S: Simd>: Copy {
    fn blend(mask: Mask<S>, yes: Self, no: Self) -> Self;
}
impl<T: Element, S: Simd> Blend<S> for Vector<T, S> {
    #[inline(always)]
    fn blend(mask: Mask<S>, yes: Self, no: Self) -> Self {
        Vector::select(mask, yes, no)
    }
}
impl<A: Blend<S>, S: Simd> Blend<S> for (A,) {
    #[inline(always)]
    fn blend(mask: Mask<S>, yes: Self, no: Self) -> Self {
        (A::blend(mask, yes.0, no.0),)
    }
}
impl<A: Blend<S>, B: Blend<S>, S: Simd> Blend<S> for (A, B) {
    #[inline(always)]
    fn blend(mask: Mask<S>, yes: Self, no: Self) -> Self {
        (A::blend(mask, yes.0, no.0), B::blend(mask, yes.1, no.1))
    }
}
impl<A: Blend<S>, S: Simd, const N: usize> Blend<S> for [A; N] {
    #[inline(always)]
    fn blend(mask: Mask<S>, yes: Self, no: Self) -> Self {
        std::array::from_fn(|i| A::blend(mask, yes[i], no[i]))
    }
}
pub trait Spread<S: Simd> {
    type Lanes;
    fn spread(self, simd: S) -> Self::Lanes;
}
impl<T: Element, S: Simd> Spread<S> for T {
    type Lanes = Vector<T, S>;
    #[inline(always)]
    fn spread(self, simd: S) -> Vector<T, S> {
        Vector::splat(simd, self)
    }
}
pub trait IntoLanes<T: Element, S: Simd> {
    fn into_lanes(self, simd: S) -> Vector<T, S>;
}
impl<T: Element, S: Simd> IntoLanes<T, S> for T {
    #[inline(always)]
    fn into_lanes(self, simd: S) -> Vector<T, S> {
        Vector::splat(simd, self)
    }
}
impl<T: Element, S: Simd> IntoLanes<T, S> for Vector<T, S> {
    #[inline(always)]
    fn into_lanes(self, _: S) -> Vector<T, S> {
        self
    }
}
impl<T: Float, S: Simd> Vector<T, S> {
    #[inline(always)]
    pub fn div_active(self, _: Mask<S>, b: Self) -> Self {
        self / b
    }
    #[inline(always)]
    pub fn abs(self) -> Self {
        self.float_abs()
    }
}
