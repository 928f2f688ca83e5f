//! Shuffles of registers of 512 bits.

use std::arch::x86_64::*;

use super::shuffled::{backwards4, backwards8, second4, second8};

/// Every second lane.
const EVEN: u16 = 0b0101_0101_0101_0101;

/// Elements of eight bytes to every second place.
///
/// # Safety
/// As for [`second8`], with the sides exchanged.
#[target_feature(enable = "avx2,avx512f")]
pub(super) unsafe fn to_second8_wide(to: *mut u8, from: *const u8, len: usize) {
    let (to, from) = (to.cast::<f64>(), from.cast::<f64>());
    let (low, high) = (_mm512_setr_epi64(0, 0, 1, 1, 2, 2, 3, 3), _mm512_setr_epi64(4, 4, 5, 5, 6, 6, 7, 7));
    let mut i = 0;
    // SAFETY: as in `second8`.
    unsafe {
        while i + 8 <= len {
            let all = _mm512_loadu_pd(from.add(i));
            _mm512_mask_storeu_pd(to.add(2 * i), EVEN as u8, _mm512_permutexvar_pd(low, all));
            _mm512_mask_storeu_pd(to.add(2 * i + 8), EVEN as u8, _mm512_permutexvar_pd(high, all));
            i += 8;
        }
        while i < len {
            to.add(2 * i).write(from.add(i).read());
            i += 1;
        }
    }
}

/// Elements of four bytes to every second place.
///
/// # Safety
/// As for [`to_second8_wide`].
#[target_feature(enable = "avx2,avx512f")]
pub(super) unsafe fn to_second4_wide(to: *mut u8, from: *const u8, len: usize) {
    let (to, from) = (to.cast::<f32>(), from.cast::<f32>());
    let low = _mm512_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    let high = _mm512_add_epi32(low, _mm512_set1_epi32(8));
    let mut i = 0;
    // SAFETY: as in `second8`.
    unsafe {
        while i + 16 <= len {
            let all = _mm512_loadu_ps(from.add(i));
            _mm512_mask_storeu_ps(to.add(2 * i), EVEN, _mm512_permutexvar_ps(low, all));
            _mm512_mask_storeu_ps(to.add(2 * i + 16), EVEN, _mm512_permutexvar_ps(high, all));
            i += 16;
        }
        while i < len {
            to.add(2 * i).write(from.add(i).read());
            i += 1;
        }
    }
}

/// The fewest elements that are worth whole cache lines.
const MIN_LINES: usize = 48;

/// [`second8`] by registers of 512 bits.
///
/// # Safety
/// As for [`second8`].
#[target_feature(enable = "avx2,avx512f")]
pub(super) unsafe fn second8_wide(to: *mut u8, from: *const u8, len: usize) {
    let (to, from) = (to.cast::<f64>(), from.cast::<f64>());
    let order = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
    let mut i = 0;
    // SAFETY: as in `second8`. Of the first cache line the lanes before `from` are off, and each later one that is loaded ends before
    // the element with number `len`.
    unsafe {
        if from.addr() % 64 != 0 && len >= MIN_LINES {
            // Loads across the ends of lines take twice as long, so lines are loaded whole: eight elements of two lines, and then
            // eight of those that are before and after `from`, `skip` of which are before it.
            let (odd, skip) = (from.addr() % 16 / 8, from.addr() % 64 / 16);
            let (mask, order) = ((EVEN as u8) << odd, _mm512_add_epi64(order, _mm512_set1_epi64(odd as i64)));
            let place = _mm512_add_epi64(_mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7), _mm512_set1_epi64(skip as i64));
            let lines = from.wrapping_byte_sub(from.addr() % 64);
            let second = _mm512_maskz_load_pd(mask, lines.wrapping_add(8));
            let first = _mm512_maskz_load_pd(mask & (u8::MAX << (2 * skip)), lines);
            let mut before = _mm512_permutex2var_pd(first, order, second);
            while i + 16 <= skip + len {
                let line = lines.wrapping_add(2 * i + 16);
                let (low, high) = (_mm512_maskz_load_pd(mask, line), _mm512_maskz_load_pd(mask, line.add(8)));
                let after = _mm512_permutex2var_pd(low, order, high);
                _mm512_storeu_pd(to.add(i), _mm512_permutex2var_pd(before, place, after));
                before = after;
                i += 8;
            }
        }
        while i + 8 <= len {
            let low = _mm512_maskz_loadu_pd(EVEN as u8, from.add(2 * i));
            let high = _mm512_maskz_loadu_pd(EVEN as u8, from.add(2 * i + 8));
            _mm512_storeu_pd(to.add(i), _mm512_permutex2var_pd(low, order, high));
            i += 8;
        }
        second8(to.add(i).cast(), from.add(2 * i).cast(), len - i);
    }
}

/// [`second4`] by registers of 512 bits.
///
/// # Safety
/// As for [`second4`].
#[target_feature(enable = "avx2,avx512f")]
pub(super) unsafe fn second4_wide(to: *mut u8, from: *const u8, len: usize) {
    let (to, from) = (to.cast::<f32>(), from.cast::<f32>());
    let order = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    let mut i = 0;
    // SAFETY: as in `second8_wide`.
    unsafe {
        if from.addr() % 64 != 0 && len >= MIN_LINES {
            let (odd, skip) = (from.addr() % 8 / 4, from.addr() % 64 / 8);
            let (mask, order) = (EVEN << odd, _mm512_add_epi32(order, _mm512_set1_epi32(odd as i32)));
            let lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
            let place = _mm512_add_epi32(lane, _mm512_set1_epi32(skip as i32));
            let lines = from.wrapping_byte_sub(from.addr() % 64);
            let second = _mm512_maskz_load_ps(mask, lines.wrapping_add(16));
            let first = _mm512_maskz_load_ps(mask & (u16::MAX << (2 * skip)), lines);
            let mut before = _mm512_permutex2var_ps(first, order, second);
            while i + 32 <= skip + len {
                let line = lines.wrapping_add(2 * i + 32);
                let (low, high) = (_mm512_maskz_load_ps(mask, line), _mm512_maskz_load_ps(mask, line.add(16)));
                let after = _mm512_permutex2var_ps(low, order, high);
                _mm512_storeu_ps(to.add(i), _mm512_permutex2var_ps(before, place, after));
                before = after;
                i += 16;
            }
        }
        while i + 16 <= len {
            let low = _mm512_maskz_loadu_ps(EVEN, from.add(2 * i));
            let high = _mm512_maskz_loadu_ps(EVEN, from.add(2 * i + 16));
            _mm512_storeu_ps(to.add(i), _mm512_permutex2var_ps(low, order, high));
            i += 16;
        }
        second4(to.add(i).cast(), from.add(2 * i).cast(), len - i);
    }
}

/// [`backwards8`] by registers of 512 bits.
///
/// # Safety
/// As for [`backwards8`].
#[target_feature(enable = "avx2,avx512f")]
pub(super) unsafe fn backwards8_wide(to: *mut u8, from: *const u8, len: usize) {
    let (to, from) = (to.cast::<f64>(), from.cast::<f64>());
    let mut i = 0;
    // SAFETY: as in `backwards8`. Of the first cache line the lanes behind `from` are off, and each later one that is loaded starts no
    // earlier than the last element.
    unsafe {
        if len >= MIN_LINES {
            // Whole lines, as in `second8_wide`: the elements up to `from` in its line, and then those at the end of the line before.
            let last = from.addr() % 64 / 8;
            let order = _mm512_sub_epi64(_mm512_set1_epi64(last as i64), _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
            let line = from.wrapping_sub(last);
            let mut near = _mm512_maskz_load_pd(u8::MAX >> (7 - last), line);
            while i + 9 + last <= len {
                let far = _mm512_load_pd(line.wrapping_sub(i + 8));
                // Of the order's numbers the lowest four bits count: from -1 on they mean the second line's end.
                _mm512_storeu_pd(to.add(i), _mm512_permutex2var_pd(near, order, far));
                near = far;
                i += 8;
            }
        }
        backwards8(to.add(i).cast(), from.wrapping_sub(i).cast(), len - i);
    }
}

/// [`backwards4`] by registers of 512 bits.
///
/// # Safety
/// As for [`backwards4`].
#[target_feature(enable = "avx2,avx512f")]
pub(super) unsafe fn backwards4_wide(to: *mut u8, from: *const u8, len: usize) {
    let (to, from) = (to.cast::<f32>(), from.cast::<f32>());
    let mut i = 0;
    // SAFETY: as in `backwards8_wide`.
    unsafe {
        if len >= MIN_LINES {
            let last = from.addr() % 64 / 4;
            let lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
            let order = _mm512_sub_epi32(_mm512_set1_epi32(last as i32), lane);
            let line = from.wrapping_sub(last);
            let mut near = _mm512_maskz_load_ps(u16::MAX >> (15 - last), line);
            while i + 17 + last <= len {
                let far = _mm512_load_ps(line.wrapping_sub(i + 16));
                _mm512_storeu_ps(to.add(i), _mm512_permutex2var_ps(near, order, far));
                near = far;
                i += 16;
            }
        }
        backwards4(to.add(i).cast(), from.wrapping_sub(i).cast(), len - i);
    }
}
