//! How far math functions may be from the exact value: the `ulp` option of a kernel.

use super::Math;
use crate::lanes::{Simd, Vector};

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Ulp1 {}
    impl Sealed for super::Ulp4 {}
}

/// A bound on the errors of math functions.
pub trait Tier: sealed::Sealed {
    /// The bound, in units in the last place.
    const ULP: u32;
}

/// `ulp = 1`: what kernels get without the option.
#[derive(Clone, Copy, Debug)]
pub enum Ulp1 {}

impl Tier for Ulp1 {
    const ULP: u32 = 1;
}

/// `ulp = 4`: the functions that gain by it are faster, the others are those within 1 ulp.
#[derive(Clone, Copy, Debug)]
pub enum Ulp4 {}

impl Tier for Ulp4 {
    const ULP: u32 = 4;
}

/// Lanes whose math functions may be 4 ulp from the exact value.
#[derive(Clone, Copy)]
pub struct Within4<T: Math, S: Simd>(pub(super) Vector<T, S>);

impl<T: Math, S: Simd> Vector<T, S> {
    /// The same lanes, whose math functions may be 4 ulp from the exact value.
    #[inline(always)]
    pub fn within_4_ulp(self) -> Within4<T, S> {
        Within4(self)
    }
}
