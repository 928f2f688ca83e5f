//! The vector libraries of others in place of this crate's functions, by the features `sleef` and `svml` of the crate.
//!
//! With `sleef`, kernels call the functions of the SLEEF library that the system has, which `pkg-config` must find when the
//! crate is built: on Debian and its like the package `libsleef-dev`. With `svml`, they call those of Intel's
//! `libsvml.so`, which is loaded when the first function is called: from the path that the variable `UFUNC_SVML` has, or else
//! from where the system looks for libraries; Python's package `intel-cmplr-lib-rt` has it. With both, SVML comes first.
//!
//! A function that a library has not at the level and within the bound that a kernel asks for remains this crate's, as do
//! all where the library cannot be loaded ([`svml_error`] tells why), and where the processor is no x86-64. Both
//! libraries have functions within 1 ulp (SLEEF's `_u10`, SVML's `_ha`) and within 4 (`_u35`, and SVML's without an ending).
//! The bounds are then those that the library states, and results may differ between levels.
//!
//! The crates `sleef` and `sleef-sys` cannot serve here: the first needs a nightly compiler for its `portable_simd`, the
//! second does not build with today's tools.

#[cfg(feature = "sleef")]
mod sleef;
#[cfg(feature = "svml")]
mod svml;

#[cfg(feature = "svml")]
pub use svml::svml_error;

use super::Tier;
use crate::Level;
use crate::lanes::{Address, Float, Foreign, Simd, Vector};

/// By format, bound and level, `f32` first, 1 ulp first, SSE2 first: a function's addresses.
type Addresses = [[[Option<Address>; LEVELS]; 2]; 2];

/// The levels that have registers.
const LEVELS: usize = 3;

/// A level's place among [`Addresses`].
const fn place(level: Level) -> Option<usize> {
    match level {
        Level::Scalar => None,
        Level::Sse2 => Some(0),
        Level::Avx2 => Some(1),
        Level::Avx512 => Some(2),
    }
}

/// A format that the libraries have vectors of.
pub(super) trait VendorFormat: Float {
    /// The place among [`Addresses`].
    const PLACE: usize;

    /// # Safety
    /// As for [`Foreign`].
    unsafe fn call1<S: Simd>(function: Address, x: Self::Repr<S>) -> Self::Repr<S>;

    /// # Safety
    /// As for [`Foreign`].
    unsafe fn call2<S: Simd>(function: Address, x: Self::Repr<S>, y: Self::Repr<S>) -> Self::Repr<S>;
}

macro_rules! formats {
    ($($t:ident, $place:literal, $call1:ident, $call2:ident;)*) => {$(
        impl VendorFormat for $t {
            const PLACE: usize = $place;

            #[inline(always)]
            unsafe fn call1<S: Simd>(function: Address, x: Self::Repr<S>) -> Self::Repr<S> {
                // SAFETY: the same contract.
                unsafe { <S as Foreign>::$call1(function, x) }
            }

            #[inline(always)]
            unsafe fn call2<S: Simd>(function: Address, x: Self::Repr<S>, y: Self::Repr<S>) -> Self::Repr<S> {
                // SAFETY: the same contract.
                unsafe { <S as Foreign>::$call2(function, x, y) }
            }
        }
    )*};
}

formats! {
    f32, 0, call1_f32, call2_f32;
    f64, 1, call1_f64, call2_f64;
}

/// A function of one argument and its place in the libraries' tables.
pub(super) const fn unary(name: &str) -> Functions {
    Functions {
        #[cfg(feature = "sleef")]
        sleef: find(name, &sleef::UNARY_NAMES),
        #[cfg(feature = "svml")]
        svml: find(name, &svml::UNARY_NAMES),
    }
}

/// A function of two arguments and its place in the libraries' tables.
pub(super) const fn binary(name: &str) -> Functions {
    Functions {
        #[cfg(feature = "sleef")]
        sleef: find(name, &sleef::BINARY_NAMES),
        #[cfg(feature = "svml")]
        svml: find(name, &svml::BINARY_NAMES),
    }
}

/// Where the libraries' tables have a function, if they have it.
#[derive(Clone, Copy)]
pub(super) struct Functions {
    #[cfg(feature = "sleef")]
    sleef: Option<usize>,
    #[cfg(feature = "svml")]
    svml: Option<usize>,
}

impl Functions {
    /// `f(x)` of a library, if one has it.
    #[inline(always)]
    pub(super) fn call1<T: VendorFormat, U: Tier, S: Simd>(self, x: Vector<T, S>) -> Option<Vector<T, S>> {
        let level = place(S::LEVEL)?;
        let tier = usize::from(U::ULP != 1);
        #[cfg(feature = "svml")]
        if let Some(function) = self.svml.and_then(|at| svml::unary()?[at][T::PLACE][tier][level]) {
            // SAFETY: the vector proves the level, and the table has functions of one such register there.
            return Some(Vector(unsafe { T::call1::<S>(function, x.0) }));
        }
        #[cfg(feature = "sleef")]
        if let Some(function) = self.sleef.and_then(|at| sleef::UNARY[at][T::PLACE][tier][level]) {
            // SAFETY: the vector proves the level, and the table has functions of one such register there.
            return Some(Vector(unsafe { T::call1::<S>(function, x.0) }));
        }
        None
    }

    /// `f(x, y)` of a library, if one has it.
    #[inline(always)]
    pub(super) fn call2<T: VendorFormat, U: Tier, S: Simd>(
        self,
        x: Vector<T, S>,
        y: Vector<T, S>,
    ) -> Option<Vector<T, S>> {
        let level = place(S::LEVEL)?;
        let tier = usize::from(U::ULP != 1);
        #[cfg(feature = "svml")]
        if let Some(function) = self.svml.and_then(|at| svml::binary()?[at][T::PLACE][tier][level]) {
            // SAFETY: the vectors prove the level, and the table has functions of two such registers there.
            return Some(Vector(unsafe { T::call2::<S>(function, x.0, y.0) }));
        }
        #[cfg(feature = "sleef")]
        if let Some(function) = self.sleef.and_then(|at| sleef::BINARY[at][T::PLACE][tier][level]) {
            // SAFETY: the vectors prove the level, and the table has functions of two such registers there.
            return Some(Vector(unsafe { T::call2::<S>(function, x.0, y.0) }));
        }
        None
    }
}

/// The place of a name in a list.
const fn find(name: &str, names: &[&str]) -> Option<usize> {
    let mut at = 0;
    while at < names.len() {
        if same(name.as_bytes(), names[at].as_bytes()) {
            return Some(at);
        }
        at += 1;
    }
    None
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
