//! Calls of functions that take registers, as the vector libraries of C have them.

use std::mem::transmute;

use super::simd::Registers;
use super::twice::{Pair, Twice};

/// The address of a function of C, whatever its type.
pub type Address = unsafe extern "C" fn();

/// Calls of functions of one and two registers, once for each register of a gang.
///
/// # Safety
/// Every function: the processor has the level's instructions, and the address is that of a function of C from
/// registers of the level to one: of 512 bits on AVX-512, of 256 on AVX2, of 128 on SSE2, and of one number where there
/// are no registers.
#[allow(clippy::missing_safety_doc, reason = "one contract for all, in the trait's own doc")]
pub trait Foreign: Registers {
    /// `function(a)`.
    unsafe fn call1_f32(function: Address, a: Self::F32) -> Self::F32;
    /// `function(a)`.
    unsafe fn call1_f64(function: Address, a: Self::F64) -> Self::F64;
    /// `function(a, b)`.
    unsafe fn call2_f32(function: Address, a: Self::F32, b: Self::F32) -> Self::F32;
    /// `function(a, b)`.
    unsafe fn call2_f64(function: Address, a: Self::F64, b: Self::F64) -> Self::F64;
}

/// The calls for a type of register. Registers are passed as the level has them only in functions that enable it.
#[cfg(target_arch = "x86_64")]
macro_rules! calls {
    ($($features:literal, $register:ident, $one:ident, $two:ident;)*) => {$(
        /// # Safety
        /// As for [`Foreign`].
        #[target_feature(enable = $features)]
        #[inline]
        unsafe fn $one(function: Address, a: $register) -> $register {
            // SAFETY: the caller vouches for the function's type.
            unsafe { transmute::<Address, unsafe extern "C" fn($register) -> $register>(function)(a) }
        }

        /// # Safety
        /// As for [`Foreign`].
        #[target_feature(enable = $features)]
        #[inline]
        unsafe fn $two(function: Address, a: $register, b: $register) -> $register {
            // SAFETY: the caller vouches for the function's type.
            unsafe { transmute::<Address, unsafe extern "C" fn($register, $register) -> $register>(function)(a, b) }
        }
    )*};
}

/// A level whose `f32` gangs are one register, and whose `f64` gangs are two.
#[cfg(target_arch = "x86_64")]
macro_rules! foreign {
    ($($level:ident: $one_f32:ident, $two_f32:ident, $one_f64:ident, $two_f64:ident;)*) => {$(
        impl Foreign for crate::lanes::$level {
            #[inline(always)]
            unsafe fn call1_f32(function: Address, a: Self::F32) -> Self::F32 {
                // SAFETY: the same contract.
                unsafe { $one_f32(function, a) }
            }
            #[inline(always)]
            unsafe fn call1_f64(function: Address, a: Self::F64) -> Self::F64 {
                // SAFETY: the same contract.
                unsafe { Pair { lo: $one_f64(function, a.lo), hi: $one_f64(function, a.hi) } }
            }
            #[inline(always)]
            unsafe fn call2_f32(function: Address, a: Self::F32, b: Self::F32) -> Self::F32 {
                // SAFETY: the same contract.
                unsafe { $two_f32(function, a, b) }
            }
            #[inline(always)]
            unsafe fn call2_f64(function: Address, a: Self::F64, b: Self::F64) -> Self::F64 {
                // SAFETY: the same contract.
                unsafe { Pair { lo: $two_f64(function, a.lo, b.lo), hi: $two_f64(function, a.hi, b.hi) } }
            }
        }
    )*};
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{__m128, __m128d, __m256, __m256d, __m512, __m512d};

    use super::{Address, Foreign, Pair, transmute};

    calls! {
        "sse2", __m128, one_128, two_128;
        "sse2", __m128d, one_128d, two_128d;
        "avx", __m256, one_256, two_256;
        "avx", __m256d, one_256d, two_256d;
        "avx512f", __m512, one_512, two_512;
        "avx512f", __m512d, one_512d, two_512d;
    }

    foreign! {
        Sse2: one_128, two_128, one_128d, two_128d;
        Avx2: one_256, two_256, one_256d, two_256d;
        Avx512: one_512, two_512, one_512d, two_512d;
    }
}

impl Foreign for super::Scalar {
    #[inline(always)]
    unsafe fn call1_f32(function: Address, a: Self::F32) -> Self::F32 {
        // SAFETY: the caller vouches for the function's type.
        a.map(|a| unsafe { transmute::<Address, unsafe extern "C" fn(f32) -> f32>(function)(a) })
    }
    #[inline(always)]
    unsafe fn call1_f64(function: Address, a: Self::F64) -> Self::F64 {
        // SAFETY: the caller vouches for the function's type.
        a.map(|a| unsafe { transmute::<Address, unsafe extern "C" fn(f64) -> f64>(function)(a) })
    }
    #[inline(always)]
    unsafe fn call2_f32(function: Address, a: Self::F32, b: Self::F32) -> Self::F32 {
        // SAFETY: the caller vouches for the function's type.
        let call =
            |lane| unsafe { transmute::<Address, unsafe extern "C" fn(f32, f32) -> f32>(function)(a[lane], b[lane]) };
        std::array::from_fn(call)
    }
    #[inline(always)]
    unsafe fn call2_f64(function: Address, a: Self::F64, b: Self::F64) -> Self::F64 {
        // SAFETY: the caller vouches for the function's type.
        let call =
            |lane| unsafe { transmute::<Address, unsafe extern "C" fn(f64, f64) -> f64>(function)(a[lane], b[lane]) };
        std::array::from_fn(call)
    }
}

impl<S: super::Simd> Foreign for Twice<S> {
    #[inline(always)]
    unsafe fn call1_f32(function: Address, a: Self::F32) -> Self::F32 {
        // SAFETY: the same contract.
        unsafe { Pair { lo: S::call1_f32(function, a.lo), hi: S::call1_f32(function, a.hi) } }
    }
    #[inline(always)]
    unsafe fn call1_f64(function: Address, a: Self::F64) -> Self::F64 {
        // SAFETY: the same contract.
        unsafe { Pair { lo: S::call1_f64(function, a.lo), hi: S::call1_f64(function, a.hi) } }
    }
    #[inline(always)]
    unsafe fn call2_f32(function: Address, a: Self::F32, b: Self::F32) -> Self::F32 {
        // SAFETY: the same contract.
        unsafe { Pair { lo: S::call2_f32(function, a.lo, b.lo), hi: S::call2_f32(function, a.hi, b.hi) } }
    }
    #[inline(always)]
    unsafe fn call2_f64(function: Address, a: Self::F64, b: Self::F64) -> Self::F64 {
        // SAFETY: the same contract.
        unsafe { Pair { lo: S::call2_f64(function, a.lo, b.lo), hi: S::call2_f64(function, a.hi, b.hi) } }
    }
}
