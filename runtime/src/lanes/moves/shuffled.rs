//! What shuffles do better than moves of single elements: elements of four and eight bytes, backwards, every second one,
//! and with rows and columns exchanged.

use std::arch::x86_64::*;
use std::mem::MaybeUninit;

use super::turned::{Sides, turn4, turn8};
use super::wide::{backwards4_wide, backwards8_wide, second4_wide, second8_wide, to_second4_wide, to_second8_wide};
use super::{Rows, by_size, gather, scatter};

/// # Safety
/// As for [`Move`](super::Move).
#[target_feature(enable = "avx2,avx512f")]
pub(super) unsafe fn gather_avx512(size: usize, to: *mut u8, rows: &Rows) {
    let Rows { start, count, row_step, len, step } = *rows;
    let copy = match (size, step) {
        (8, 16) => second8_wide,
        (4, 8) => second4_wide,
        (8, -8) => backwards8_wide,
        (4, -4) => backwards4_wide,
        // SAFETY: the same contract.
        _ => return unsafe { gather_avx2(size, to, rows) },
    };
    for row in 0..count {
        // SAFETY: the row is the caller's, and so are the elements that it goes to.
        unsafe { copy(to.add(row * len * size), start.wrapping_offset(row as isize * row_step), len) };
    }
}

/// # Safety
/// As for [`Move`](super::Move).
#[target_feature(enable = "avx2")]
pub(super) unsafe fn gather_avx2(size: usize, to: *mut u8, rows: &Rows) {
    let Rows { start, count, row_step, len, step } = *rows;
    // SAFETY: the same contract: each row is the caller's, and so are the elements of `to` that it goes to.
    unsafe {
        let by_row = |copy: unsafe fn(*mut u8, *const u8, usize)| {
            for row in 0..count {
                copy(to.add(row * len * size), start.wrapping_offset(row as isize * row_step), len);
            }
        };
        match (size, step) {
            (8, _) if row_step == 8 && step != 8 && step != 0 && count >= 4 => {
                turn8(Sides { from: start, from_step: step, to, to_step: 8 * len as isize }, len, count)
            }
            (4, _) if row_step == 4 && step != 4 && step != 0 && count >= 8 => {
                turn4(Sides { from: start, from_step: step, to, to_step: 4 * len as isize }, len, count)
            }
            (_, 0) => by_size!(size, U => by_row(fill::<U>)),
            (8, 16) => by_row(second8),
            (4, 8) => by_row(second4),
            (8, -8) => by_row(backwards8),
            (4, -4) => by_row(backwards4),
            _ => gather(size, to, rows),
        }
    }
}

/// # Safety
/// As for [`Move`](super::Move).
#[target_feature(enable = "avx2")]
pub(super) unsafe fn scatter_avx2(size: usize, from: *mut u8, rows: &Rows) {
    let Rows { start, count, row_step, len, step } = *rows;
    // SAFETY: the same contract.
    unsafe {
        match size {
            8 if row_step == 8 && step != 8 && count >= 4 => {
                turn8(Sides { from, from_step: 8 * len as isize, to: start, to_step: step }, count, len)
            }
            4 if row_step == 4 && step != 4 && count >= 8 => {
                turn4(Sides { from, from_step: 4 * len as isize, to: start, to_step: step }, count, len)
            }
            // The first value goes to the last place.
            8 if step == -8 && len > 0 => {
                for row in 0..count {
                    let last = start.wrapping_offset(row as isize * row_step - 8 * (len as isize - 1));
                    backwards8(last, from.add(row * len * 8 + (len - 1) * 8), len);
                }
            }
            4 if step == -4 && len > 0 => {
                for row in 0..count {
                    let last = start.wrapping_offset(row as isize * row_step - 4 * (len as isize - 1));
                    backwards4(last, from.add(row * len * 4 + (len - 1) * 4), len);
                }
            }
            _ => scatter(size, from, rows),
        }
    }
}

/// # Safety
/// As for [`Move`](super::Move).
#[target_feature(enable = "avx2,avx512f")]
pub(super) unsafe fn scatter_avx512(size: usize, from: *mut u8, rows: &Rows) {
    let Rows { start, count, row_step, len, step } = *rows;
    let copy = match (size, step) {
        (8, 16) => to_second8_wide,
        (4, 8) => to_second4_wide,
        // SAFETY: the same contract.
        _ => return unsafe { scatter_avx2(size, from, rows) },
    };
    for row in 0..count {
        // SAFETY: the row is the caller's, and so are the elements that come to it.
        unsafe { copy(start.wrapping_offset(row as isize * row_step), from.add(row * len * size), len) };
    }
}

/// So many copies of one element.
///
/// # Safety
/// `to` is writable for `len` of them, `from` readable for one.
#[target_feature(enable = "avx2")]
unsafe fn fill<U: Copy>(to: *mut u8, from: *const u8, len: usize) {
    // SAFETY: the same contract.
    unsafe {
        let copies = std::slice::from_raw_parts_mut(to.cast::<MaybeUninit<U>>(), len);
        copies.fill(MaybeUninit::new(from.cast::<U>().read()));
    }
}

/// Every second element of eight bytes.
///
/// # Safety
/// `to` is writable for `len` such elements, `from` readable for the same number, each the second after the one before.
/// What lies between them is neither read nor written: it may be another borrow's.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn second8(to: *mut u8, from: *const u8, len: usize) {
    let (to, from) = (to.cast::<f64>(), from.cast::<f64>());
    let even = _mm256_setr_epi64x(-1, 0, -1, 0);
    let mut i = 0;
    // SAFETY: the elements are before `len`; lanes that are off access no memory.
    unsafe {
        while i + 4 <= len {
            let (low, high) =
                (_mm256_maskload_pd(from.add(2 * i), even), _mm256_maskload_pd(from.add(2 * i + 4), even));
            let mixed = _mm256_unpacklo_pd(low, high);
            _mm256_storeu_pd(to.add(i), _mm256_permute4x64_pd::<0b11_01_10_00>(mixed));
            i += 4;
        }
        while i < len {
            to.add(i).write(from.add(2 * i).read());
            i += 1;
        }
    }
}

/// Every second element of four bytes.
///
/// # Safety
/// As for [`second8`].
#[target_feature(enable = "avx2")]
pub(super) unsafe fn second4(to: *mut u8, from: *const u8, len: usize) {
    let (to, from) = (to.cast::<f32>(), from.cast::<f32>());
    let even = _mm256_setr_epi32(-1, 0, -1, 0, -1, 0, -1, 0);
    let mut i = 0;
    // SAFETY: as in `second8`.
    unsafe {
        while i + 8 <= len {
            let (low, high) =
                (_mm256_maskload_ps(from.add(2 * i), even), _mm256_maskload_ps(from.add(2 * i + 8), even));
            let mixed = _mm256_castps_pd(_mm256_shuffle_ps::<0b10_00_10_00>(low, high));
            let sorted = _mm256_castpd_ps(_mm256_permute4x64_pd::<0b11_01_10_00>(mixed));
            _mm256_storeu_ps(to.add(i), sorted);
            i += 8;
        }
        while i < len {
            to.add(i).write(from.add(2 * i).read());
            i += 1;
        }
    }
}

/// Elements of eight bytes from the last one, which is `from`, to the first one.
///
/// # Safety
/// `to` is writable for `len` such elements, and as many up to `from` are readable.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn backwards8(to: *mut u8, from: *const u8, len: usize) {
    let (to, from) = (to.cast::<f64>(), from.cast::<f64>());
    let mut i = 0;
    // SAFETY: the elements are before `len`.
    unsafe {
        while i + 4 <= len {
            let four = _mm256_loadu_pd(from.sub(i + 3));
            _mm256_storeu_pd(to.add(i), _mm256_permute4x64_pd::<0b00_01_10_11>(four));
            i += 4;
        }
        while i < len {
            to.add(i).write(from.sub(i).read());
            i += 1;
        }
    }
}

/// Elements of four bytes from the last one, which is `from`, to the first one.
///
/// # Safety
/// As for [`backwards8`].
#[target_feature(enable = "avx2")]
pub(super) unsafe fn backwards4(to: *mut u8, from: *const u8, len: usize) {
    let (to, from) = (to.cast::<f32>(), from.cast::<f32>());
    let order = _mm256_setr_epi32(7, 6, 5, 4, 3, 2, 1, 0);
    let mut i = 0;
    // SAFETY: the elements are before `len`.
    unsafe {
        while i + 8 <= len {
            let eight = _mm256_loadu_ps(from.sub(i + 7));
            _mm256_storeu_ps(to.add(i), _mm256_permutevar8x32_ps(eight, order));
            i += 8;
        }
        while i < len {
            to.add(i).write(from.sub(i).read());
            i += 1;
        }
    }
}
