//! What crosses from lanes to one lane: a lane's value of any shape, and the first lane for which a
//! condition does not hold.

use super::element::Element;
use super::simd::Simd;
use super::vector::{Mask, Vector};

/// Lanes of any shape, of which one lane's value can be taken out.
pub trait Extract {
    /// The value of one lane.
    type Scalar;

    /// The value of one lane.
    ///
    /// # Panics
    /// When `lane` is no lane.
    fn extract_lane(self, lane: usize) -> Self::Scalar;
}

impl<T: Element, S: Simd> Extract for Vector<T, S> {
    type Scalar = T;

    #[inline(always)]
    fn extract_lane(self, lane: usize) -> T {
        self.extract(lane)
    }
}

impl<A: Extract, const N: usize> Extract for [A; N] {
    type Scalar = [A::Scalar; N];

    #[inline(always)]
    fn extract_lane(self, lane: usize) -> Self::Scalar {
        self.map(|part| part.extract_lane(lane))
    }
}

macro_rules! tuples {
    ($($($a:ident $k:tt),+;)*) => {$(
        impl<$($a: Extract),+> Extract for ($($a,)+) {
            type Scalar = ($($a::Scalar,)+);

            #[inline(always)]
            fn extract_lane(self, lane: usize) -> Self::Scalar {
                ($(self.$k.extract_lane(lane),)+)
            }
        }
    )*};
}

tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}

/// A condition, uniform or in lanes, that must hold for the lanes of a mask.
pub trait Holds<S: Simd> {
    /// The first lane of the mask for which the condition does not hold.
    fn failed(self, mask: Mask<S>) -> Option<usize>;
}

impl<S: Simd> Holds<S> for bool {
    #[inline(always)]
    fn failed(self, mask: Mask<S>) -> Option<usize> {
        if self { None } else { mask.first() }
    }
}

impl<S: Simd> Holds<S> for Mask<S> {
    #[inline(always)]
    fn failed(self, mask: Mask<S>) -> Option<usize> {
        let failed = mask.and_not(self);
        // The test alone is in the loop: the lane is only looked for where there is one.
        if failed.any() { failed.first() } else { None }
    }
}

/// Names the element type of lanes.
#[inline(always)]
pub fn typed<T: Element, S: Simd>(vector: Vector<T, S>) -> Vector<T, S> {
    vector
}
