//! Uniform values that every turn of a loop needs in lanes.

use super::element::Element;
use super::simd::Simd;
use super::vector::Vector;
use crate::Level;

impl<T: Element, S: Simd> Vector<T, S> {
    /// The same value in every lane of one register, which all that reads it shares.
    ///
    /// [`splat`](Self::splat) leaves to the compiler where it puts the value in every lane. On AVX-512 it
    /// chooses to do so in each masked move anew, from a general register, where a move from a vector register would do.
    #[inline(always)]
    pub fn splat_held(simd: S, value: T) -> Self {
        Self::splat(simd, if matches!(S::LEVEL, Level::Avx512) { in_vector_register(value) } else { value })
    }

    /// The same value in every lane, which on AVX2 the compiler does not know to be a constant.
    ///
    /// On the usual way through a loop such a value is made once and then read from memory by the operation itself, where a
    /// constant is loaded anew by an instruction of its own. On a rare way it stays there, where constants wait in the
    /// loop's registers.
    #[inline(always)]
    pub(crate) fn splat_opaque(simd: S, value: T) -> Self {
        Self::splat(simd, if matches!(S::LEVEL, Level::Avx2) { in_vector_register(value) } else { value })
    }
}

/// The same value, of which the compiler knows no more than that a vector register holds it.
#[inline(always)]
fn in_vector_register<T: Element>(value: T) -> T {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::asm;
        use std::mem::transmute_copy;
        // SAFETY: the instructions are a comment, and the bits come back as they went in. A `T` of four or eight
        // bytes is a number: all its bits are initialized, and all bit patterns are of its type.
        unsafe {
            if size_of::<T>() == 4 {
                let mut bits: u32 = transmute_copy(&value);
                asm!("/* {0} */", inout(xmm_reg) bits, options(pure, nomem, nostack, preserves_flags));
                return transmute_copy(&bits);
            }
            if size_of::<T>() == 8 {
                let mut bits: u64 = transmute_copy(&value);
                asm!("/* {0} */", inout(xmm_reg) bits, options(pure, nomem, nostack, preserves_flags));
                return transmute_copy(&bits);
            }
        }
    }
    value
}
