//! Calls of vector functions, one a vector, as a compiler emits them for a loop.

use std::arch::x86_64::*;

/// A function of one or two vectors, by its address.
#[derive(Clone, Copy)]
pub(crate) struct VectorFunction {
    pub(crate) address: *const (),
    pub(crate) arity: usize,
    /// 512 or 256.
    pub(crate) bits: u32,
}

/// The loop for a format and a width.
macro_rules! loops {
    ($($name:ident, $features:literal, $t:ty, $vector:ty, $load:ident, $store:ident;)*) => {$(
        /// # Safety
        /// The address is that of a function of `arity` such vectors, and the processor has the features.
        #[target_feature(enable = $features)]
        unsafe fn $name(function: VectorFunction, xs: &[$t], ys: &[$t], out: &mut [$t]) {
            const LANES: usize = size_of::<$vector>() / size_of::<$t>();
            assert!(xs.len() == out.len() && ys.len() == out.len() && out.len().is_multiple_of(LANES));
            // SAFETY: the caller vouches for the type; the arrays are of one length, a multiple of the lanes.
            unsafe {
                if function.arity == 1 {
                    let call: unsafe extern "C" fn($vector) -> $vector = std::mem::transmute(function.address);
                    for i in (0..out.len()).step_by(LANES) {
                        $store(out.as_mut_ptr().add(i), call($load(xs.as_ptr().add(i))));
                    }
                } else {
                    let call: unsafe extern "C" fn($vector, $vector) -> $vector = std::mem::transmute(function.address);
                    for i in (0..out.len()).step_by(LANES) {
                        let (x, y) = ($load(xs.as_ptr().add(i)), $load(ys.as_ptr().add(i)));
                        $store(out.as_mut_ptr().add(i), call(x, y));
                    }
                }
            }
        }
    )*};
}

loops! {
    wide_f64, "avx512f", f64, __m512d, _mm512_loadu_pd, _mm512_storeu_pd;
    wide_f32, "avx512f", f32, __m512, _mm512_loadu_ps, _mm512_storeu_ps;
    half_f64, "avx2,fma", f64, __m256d, _mm256_loadu_pd, _mm256_storeu_pd;
    half_f32, "avx2,fma", f32, __m256, _mm256_loadu_ps, _mm256_storeu_ps;
}

/// A format that the libraries have vectors of.
pub(crate) trait Vectors: Sized {
    /// Calls a function for each vector of the arguments.
    ///
    /// # Safety
    /// The address is that of a function of vectors of this type, of these bits and so many; the processor has them.
    unsafe fn run(function: VectorFunction, xs: &[Self], ys: &[Self], out: &mut [Self]);
}

macro_rules! vectors {
    ($($t:ty, $wide:ident, $half:ident;)*) => {$(
        impl Vectors for $t {
            unsafe fn run(function: VectorFunction, xs: &[$t], ys: &[$t], out: &mut [$t]) {
                // SAFETY: the same contract.
                unsafe {
                    match function.bits {
                        512 => $wide(function, xs, ys, out),
                        _ => $half(function, xs, ys, out),
                    }
                }
            }
        }
    )*};
}

vectors! {
    f64, wide_f64, half_f64;
    f32, wide_f32, half_f32;
}
