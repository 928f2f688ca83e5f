//! Gangs whose elements have gaps between them in memory, loaded and stored by the loop that computes with them.

use super::element::Element;
use super::simd::Simd;
use super::vector::Vector;
use crate::Level;

/// So many elements are found from one address by what an instruction adds to it; to find each on its own would take as long as to load it.
const FOUR: usize = 4;

impl<T: Element, S: Simd> Vector<T, S> {
    /// Reads one gang of elements that are `step` bytes apart, and nothing between them.
    ///
    /// # Safety
    /// Lane by lane, `from` is valid for reads at `lane * step` bytes from there.
    #[inline(always)]
    pub(crate) unsafe fn load_stepped(simd: S, from: *const T, step: isize) -> Self {
        // SAFETY: the caller vouches for every lane's element.
        unsafe {
            if const { S::LEVEL as u8 == Level::Scalar as u8 } {
                return Self::from_fn(simd, |lane| from.byte_offset(lane as isize * step).read());
            }
            if step == size_of::<T>() as isize {
                return Self::load(simd, from);
            }
            if step == 0 {
                return Self::splat(simd, from.read());
            }
            #[cfg(target_arch = "x86_64")]
            if let Some(loaded) = shuffled::load(simd, from, step) {
                return loaded;
            }
            if step == 2 * size_of::<T>() as isize {
                return Self::from_fn(simd, |lane| from.add(2 * lane).read());
            }
            let mut four = from;
            Self::from_fn(simd, |lane| {
                if lane > 0 && lane % FOUR == 0 {
                    four = four.wrapping_byte_offset(FOUR as isize * step);
                }
                four.byte_offset((lane % FOUR) as isize * step).read()
            })
        }
    }

    /// Writes one gang to places that are `step` bytes apart, and nothing between them.
    ///
    /// # Safety
    /// Lane by lane, `to` is valid for writes at `lane * step` bytes from there.
    #[inline(always)]
    pub(crate) unsafe fn store_stepped(self, to: *mut T, step: isize) {
        // SAFETY: the caller vouches for every lane's place.
        unsafe {
            if const { S::LEVEL as u8 == Level::Scalar as u8 } {
                let values = self.to_array();
                return (0..S::LANES).for_each(|lane| to.byte_offset(lane as isize * step).write(values[lane]));
            }
            if step == size_of::<T>() as isize {
                return self.store(to);
            }
            #[cfg(target_arch = "x86_64")]
            if shuffled::store(to, step, self) {
                return;
            }
            let values = self.to_array();
            let mut to = to;
            for four in values[..S::LANES].chunks(FOUR) {
                for (lane, value) in four.iter().enumerate() {
                    to.byte_offset(lane as isize * step).write(*value);
                }
                to = to.wrapping_byte_offset(FOUR as isize * step);
            }
        }
    }
}

/// What a few shuffles do better than a load or store for each element.
#[cfg(target_arch = "x86_64")]
mod shuffled {
    use std::arch::x86_64::*;

    use super::{Element, Level, Simd, Vector};

    /// Every second lane of sixteen.
    const EVEN: u16 = 0b0101_0101_0101_0101;

    /// Sixteen elements that are backwards, or every second one of four bytes; none for other steps, types and gangs.
    ///
    /// # Safety
    /// As for [`Vector::load_stepped`].
    #[inline(always)]
    pub(super) unsafe fn load<T: Element, S: Simd>(simd: S, from: *const T, step: isize) -> Option<Vector<T, S>> {
        if S::LANES != 16 {
            return None;
        }
        // SAFETY: the token proves the level; the caller vouches for the lanes, and those that are off access no memory. The vectors are
        // sixteen elements of the type's size.
        unsafe {
            match (S::LEVEL, size_of::<T>(), step) {
                (Level::Avx512, 8, -8) => {
                    let order = _mm512_setr_epi64(7, 6, 5, 4, 3, 2, 1, 0);
                    let eight = |last: *const T| {
                        let behind = _mm512_loadu_pd(last.wrapping_sub(7).cast());
                        _mm512_permutexvar_pd(order, behind)
                    };
                    let all = [eight(from), eight(from.wrapping_sub(8))];
                    Some(Vector::load(simd, (&raw const all).cast()))
                }
                // AVX2's masked loads are no match: what they load from memory does not come ahead. Half registers lie across fewer
                // borders of cache lines.
                (Level::Avx512, 8, 16) => {
                    let order = _mm512_setr_epi64(0, 2, 1, 3, 4, 6, 5, 7);
                    let pairs = |first: *const T| {
                        let half = |at: usize| _mm256_maskz_loadu_pd(EVEN as u8, first.wrapping_add(at).cast());
                        _mm256_unpacklo_pd(half(0), half(4))
                    };
                    let eight = |first: *const T| {
                        let low = _mm512_castpd256_pd512(pairs(first));
                        let crossed = _mm512_insertf64x4::<1>(low, pairs(first.wrapping_add(8)));
                        _mm512_permutexvar_pd(order, crossed)
                    };
                    let all = [eight(from), eight(from.wrapping_add(16))];
                    Some(Vector::load(simd, (&raw const all).cast()))
                }
                (Level::Avx512, 4, -4) => {
                    let order = _mm512_setr_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
                    let all = _mm512_permutexvar_ps(order, _mm512_loadu_ps(from.wrapping_sub(15).cast()));
                    Some(Vector::load(simd, (&raw const all).cast()))
                }
                (Level::Avx512, 4, 8) => {
                    let order = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
                    let low = _mm512_maskz_loadu_ps(EVEN, from.cast());
                    let high = _mm512_maskz_loadu_ps(EVEN, from.wrapping_add(16).cast());
                    let all = _mm512_permutex2var_ps(low, order, high);
                    Some(Vector::load(simd, (&raw const all).cast()))
                }
                (Level::Avx2, 8, -8) => {
                    let four = |last: *const T| {
                        let behind = _mm256_loadu_pd(last.wrapping_sub(3).cast());
                        _mm256_permute4x64_pd::<0b00_01_10_11>(behind)
                    };
                    let all = [0, 4, 8, 12].map(|lane| four(from.wrapping_sub(lane)));
                    Some(Vector::load(simd, (&raw const all).cast()))
                }
                (Level::Avx2, 4, -4) => {
                    let order = _mm256_setr_epi32(7, 6, 5, 4, 3, 2, 1, 0);
                    let eight = |last: *const T| {
                        let behind = _mm256_loadu_ps(last.wrapping_sub(7).cast());
                        _mm256_permutevar8x32_ps(behind, order)
                    };
                    let all = [eight(from), eight(from.wrapping_sub(8))];
                    Some(Vector::load(simd, (&raw const all).cast()))
                }
                _ => None,
            }
        }
    }

    /// Sixteen elements of four or eight bytes to every second place; whether that is what there was to do.
    ///
    /// # Safety
    /// As for [`Vector::store_stepped`].
    #[inline(always)]
    pub(super) unsafe fn store<T: Element, S: Simd>(to: *mut T, step: isize, values: Vector<T, S>) -> bool {
        if !matches!((S::LEVEL, S::LANES), (Level::Avx512, 16)) {
            return false;
        }
        // SAFETY: the vector proves the level, and is sixteen elements of the type's size; the caller vouches for the lanes, and those
        // that are off access no memory.
        unsafe {
            match (size_of::<T>(), step) {
                (8, 16) => {
                    let mut all = [_mm256_setzero_pd(); 4];
                    values.store((&raw mut all).cast());
                    for (k, four) in all.into_iter().enumerate() {
                        let to = to.wrapping_add(8 * k).cast::<f64>();
                        _mm256_mask_storeu_pd(to, EVEN as u8, _mm256_permute4x64_pd::<0b01_01_00_00>(four));
                        _mm256_mask_storeu_pd(to.add(4), EVEN as u8, _mm256_permute4x64_pd::<0b11_11_10_10>(four));
                    }
                }
                (4, 8) => {
                    let mut all = _mm512_setzero_ps();
                    values.store((&raw mut all).cast());
                    let low = _mm512_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
                    let high = _mm512_setr_epi32(8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15);
                    _mm512_mask_storeu_ps(to.cast(), EVEN, _mm512_permutexvar_ps(low, all));
                    _mm512_mask_storeu_ps(to.wrapping_add(16).cast(), EVEN, _mm512_permutexvar_ps(high, all));
                }
                _ => return false,
            }
        }
        true
    }
}
