//! [`Moves`]: copies between memory at any steps and memory without gaps, with what a level has for them.

use std::mem::MaybeUninit;
use std::ptr;

use crate::Level;

/// Rows of one operand: `count` times `len` elements, with the steps in bytes between them.
#[derive(Clone, Copy)]
pub(crate) struct Rows {
    pub(crate) start: *mut u8,
    pub(crate) count: usize,
    pub(crate) row_step: isize,
    pub(crate) len: usize,
    pub(crate) step: isize,
}

/// A copy of rows of elements of so many bytes, 1, 2, 4 or 8, from or to memory where they lie one after the other.
///
/// # Safety
/// - The processor has the level.
/// - The memory without gaps has as many elements as the rows; the two are apart. What is read is initialised, what is
///   written is writable.
pub(crate) type Move = unsafe fn(size: usize, dense: *mut u8, rows: &Rows);

/// The moves of a level.
#[derive(Clone, Copy)]
pub(crate) struct Moves {
    /// From the rows.
    pub(crate) gather: Move,
    /// To the rows.
    pub(crate) scatter: Move,
}

impl Moves {
    /// The moves for a level, which this machine may have or not.
    #[inline]
    pub(crate) fn at(level: Level) -> Self {
        match level {
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => Self { gather: shuffled::gather_avx512, scatter: shuffled::scatter_avx512 },
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => Self { gather: shuffled::gather_avx2, scatter: shuffled::scatter_avx2 },
            _ => Self { gather, scatter },
        }
    }
}

/// Up to how many elements a loop copies a row faster than a call of `memcpy`.
const SHORT_ROW: usize = 16;

/// The rows and columns of the blocks that are turned at once.
const BLOCK: usize = 8;

/// Runs a body with `U` as the unsigned integer of `size` bytes. Elements are moved as such: each
/// element type has the size and the alignment of one, and no padding.
macro_rules! by_size {
    ($size:expr, $u:ident => $body:expr) => {
        match $size {
            1 => {
                type $u = u8;
                $body
            }
            2 => {
                type $u = u16;
                $body
            }
            4 => {
                type $u = u32;
                $body
            }
            _ => {
                type $u = u64;
                $body
            }
        }
    };
}
pub(crate) use by_size;

/// # Safety
/// As for [`Move`].
#[inline(always)]
unsafe fn gather_rows<U: Copy>(to: *mut U, rows: &Rows) {
    let Rows { start, count, row_step, len, step } = *rows;
    let size = size_of::<U>() as isize;
    // SAFETY: the caller vouches for both sides.
    unsafe {
        if row_step == size && count >= BLOCK && step != size && step != 0 {
            return turn_in(to, start.cast(), count, len, step);
        }
        let mut to = to;
        let mut row = start;
        for _ in 0..count {
            let from = row.cast::<U>().cast_const();
            if step == size && (count == 1 || len > SHORT_ROW) {
                ptr::copy_nonoverlapping(from, to, len);
            } else if step == 0 {
                std::slice::from_raw_parts_mut(to.cast::<MaybeUninit<U>>(), len).fill(MaybeUninit::new(from.read()));
            } else {
                for i in 0..len {
                    to.add(i).write(from.byte_offset(i as isize * step).read());
                }
            }
            to = to.add(len);
            row = row.wrapping_offset(row_step);
        }
    }
}

/// Copies `count` rows of `len` elements, where the rows are side by side and a row's elements `step` bytes apart, in
/// blocks: whole cache lines are read while they are there.
///
/// # Safety
/// As for [`Move`].
#[inline(always)]
unsafe fn turn_in<U: Copy>(to: *mut U, from: *const U, count: usize, len: usize, step: isize) {
    let (rows, columns) = (count / BLOCK * BLOCK, len / BLOCK * BLOCK);
    // SAFETY: the caller vouches for both sides, and each place below is a row's before `count` and an element's before `len`.
    unsafe {
        for column in (0..columns).step_by(BLOCK) {
            let from = from.byte_offset(column as isize * step);
            for row in (0..rows).step_by(BLOCK) {
                let read = |k: usize| from.byte_offset(k as isize * step).add(row).cast::<[U; BLOCK]>().read();
                let block: [[U; BLOCK]; BLOCK] = std::array::from_fn(read);
                (0..BLOCK).for_each(|k| {
                    let turned: [U; BLOCK] = std::array::from_fn(|i| block[i][k]);
                    to.add((row + k) * len + column).cast::<[U; BLOCK]>().write(turned);
                });
            }
        }
        for row in 0..count {
            let first = if row < rows { columns } else { 0 };
            for column in first..len {
                to.add(row * len + column).write(from.byte_offset(column as isize * step).add(row).read());
            }
        }
    }
}

/// # Safety
/// As for [`Move`].
#[inline(always)]
unsafe fn scatter_rows<U: Copy>(from: *const U, rows: &Rows) {
    let Rows { start, count, row_step, len, step } = *rows;
    let size = size_of::<U>() as isize;
    // SAFETY: the caller vouches for both sides.
    unsafe {
        if row_step == size && count >= BLOCK && step != size && step != 0 {
            return turn_out(from, start.cast(), count, len, step);
        }
        let mut from = from;
        let mut row = start;
        for _ in 0..count {
            let to = row.cast::<U>();
            if step == size && (count == 1 || len > SHORT_ROW) {
                ptr::copy_nonoverlapping(from, to, len);
            } else {
                for i in 0..len {
                    to.byte_offset(i as isize * step).write(from.add(i).read());
                }
            }
            from = from.add(len);
            row = row.wrapping_offset(row_step);
        }
    }
}

/// [`turn_in`] the other way.
///
/// # Safety
/// As for [`Move`].
#[inline(always)]
unsafe fn turn_out<U: Copy>(from: *const U, to: *mut U, count: usize, len: usize, step: isize) {
    let (rows, columns) = (count / BLOCK * BLOCK, len / BLOCK * BLOCK);
    // SAFETY: as in `turn_in`.
    unsafe {
        for column in (0..columns).step_by(BLOCK) {
            let to = to.byte_offset(column as isize * step);
            for row in (0..rows).step_by(BLOCK) {
                let read = |k: usize| from.add((row + k) * len + column).cast::<[U; BLOCK]>().read();
                let block: [[U; BLOCK]; BLOCK] = std::array::from_fn(read);
                (0..BLOCK).for_each(|k| {
                    let turned: [U; BLOCK] = std::array::from_fn(|i| block[i][k]);
                    to.byte_offset(k as isize * step).add(row).cast::<[U; BLOCK]>().write(turned);
                });
            }
        }
        for row in 0..count {
            let first = if row < rows { columns } else { 0 };
            for column in first..len {
                to.byte_offset(column as isize * step).add(row).write(from.add(row * len + column).read());
            }
        }
    }
}

/// # Safety
/// As for [`Move`].
unsafe fn gather(size: usize, to: *mut u8, rows: &Rows) {
    // SAFETY: the same contract.
    by_size!(size, U => unsafe { gather_rows::<U>(to.cast(), rows) });
}

/// # Safety
/// As for [`Move`].
unsafe fn scatter(size: usize, from: *mut u8, rows: &Rows) {
    // SAFETY: the same contract.
    by_size!(size, U => unsafe { scatter_rows::<U>(from.cast_const().cast(), rows) });
}

/// What shuffles do better than moves of single elements: elements of four and eight bytes, backwards, every second one,
/// and with rows and columns exchanged.
#[cfg(target_arch = "x86_64")]
mod shuffled {
    use std::arch::x86_64::*;

    use super::{Rows, gather, scatter};

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

    /// Every second lane.
    const EVEN: u16 = 0b0101_0101_0101_0101;

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

    /// Elements of eight bytes to every second place.
    ///
    /// # Safety
    /// As for [`second8`], with the sides exchanged.
    #[target_feature(enable = "avx2,avx512f")]
    unsafe fn to_second8_wide(to: *mut u8, from: *const u8, len: usize) {
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
    unsafe fn to_second4_wide(to: *mut u8, from: *const u8, len: usize) {
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

    /// Every second element of eight bytes.
    ///
    /// # Safety
    /// `to` is writable for `len` such elements, `from` readable for the same number, each the second after the one before.
    /// What lies between them is neither read nor written: it may be another borrow's.
    #[target_feature(enable = "avx2")]
    unsafe fn second8(to: *mut u8, from: *const u8, len: usize) {
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
    unsafe fn second4(to: *mut u8, from: *const u8, len: usize) {
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
    unsafe fn backwards8(to: *mut u8, from: *const u8, len: usize) {
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
    unsafe fn backwards4(to: *mut u8, from: *const u8, len: usize) {
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

    /// [`second8`] by registers of 512 bits.
    ///
    /// # Safety
    /// As for [`second8`].
    #[target_feature(enable = "avx2,avx512f")]
    unsafe fn second8_wide(to: *mut u8, from: *const u8, len: usize) {
        let (to, from) = (to.cast::<f64>(), from.cast::<f64>());
        let order = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
        let mut i = 0;
        // SAFETY: as in `second8`.
        unsafe {
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
    unsafe fn second4_wide(to: *mut u8, from: *const u8, len: usize) {
        let (to, from) = (to.cast::<f32>(), from.cast::<f32>());
        let order = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
        let mut i = 0;
        // SAFETY: as in `second4`.
        unsafe {
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
    unsafe fn backwards8_wide(to: *mut u8, from: *const u8, len: usize) {
        let (to, from) = (to.cast::<f64>(), from.cast::<f64>());
        let order = _mm512_setr_epi64(7, 6, 5, 4, 3, 2, 1, 0);
        let mut i = 0;
        // SAFETY: as in `backwards8`.
        unsafe {
            while i + 8 <= len {
                let all = _mm512_loadu_pd(from.sub(i + 7));
                _mm512_storeu_pd(to.add(i), _mm512_permutexvar_pd(order, all));
                i += 8;
            }
            backwards8(to.add(i).cast(), from.wrapping_sub(i).cast(), len - i);
        }
    }

    /// [`backwards4`] by registers of 512 bits.
    ///
    /// # Safety
    /// As for [`backwards4`].
    #[target_feature(enable = "avx2,avx512f")]
    unsafe fn backwards4_wide(to: *mut u8, from: *const u8, len: usize) {
        let (to, from) = (to.cast::<f32>(), from.cast::<f32>());
        let order = _mm512_setr_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        let mut i = 0;
        // SAFETY: as in `backwards4`.
        unsafe {
            while i + 16 <= len {
                let all = _mm512_loadu_ps(from.sub(i + 15));
                _mm512_storeu_ps(to.add(i), _mm512_permutexvar_ps(order, all));
                i += 16;
            }
            backwards4(to.add(i).cast(), from.wrapping_sub(i).cast(), len - i);
        }
    }

    /// Two matrices: rows that are dense, and the bytes from one row to the next.
    #[derive(Clone, Copy)]
    struct Sides {
        from: *const u8,
        from_step: isize,
        to: *mut u8,
        to_step: isize,
    }

    impl Sides {
        fn from<T>(&self, row: usize, column: usize) -> *const T {
            self.from.wrapping_offset(row as isize * self.from_step).cast::<T>().wrapping_add(column)
        }

        fn to<T>(&self, row: usize, column: usize) -> *mut T {
            self.to.wrapping_offset(row as isize * self.to_step).cast::<T>().wrapping_add(column)
        }

        /// Copies the elements with these numbers one by one.
        ///
        /// # Safety
        /// There are such elements on both sides, of type `T`.
        unsafe fn turn_singly<T: Copy>(&self, rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) {
            for row in rows {
                for column in columns.clone() {
                    // SAFETY: the caller vouches for it.
                    unsafe { self.to::<T>(column, row).write(self.from::<T>(row, column).read()) };
                }
            }
        }
    }

    /// Makes `rows` rows of `columns` elements of eight bytes the columns of the other side. The rows go four by four from
    /// end to end, so that whole cache lines are read while they are there.
    ///
    /// # Safety
    /// The first side is readable for as many rows and columns, the second writable for the reverse; they are apart.
    #[target_feature(enable = "avx2")]
    unsafe fn turn8(sides: Sides, rows: usize, columns: usize) {
        let (four_rows, four_columns) = (rows / 4 * 4, columns / 4 * 4);
        // SAFETY: the rows and columns below are before `rows` and `columns`.
        unsafe {
            for row in (0..four_rows).step_by(4) {
                for column in (0..four_columns).step_by(4) {
                    let [a, b, c, d] = [0, 1, 2, 3].map(|k| _mm256_loadu_pd(sides.from(row + k, column)));
                    let (ab, cd) = (_mm256_unpacklo_pd(a, b), _mm256_unpacklo_pd(c, d));
                    let (ef, gh) = (_mm256_unpackhi_pd(a, b), _mm256_unpackhi_pd(c, d));
                    _mm256_storeu_pd(sides.to(column, row), _mm256_permute2f128_pd::<0x20>(ab, cd));
                    _mm256_storeu_pd(sides.to(column + 1, row), _mm256_permute2f128_pd::<0x20>(ef, gh));
                    _mm256_storeu_pd(sides.to(column + 2, row), _mm256_permute2f128_pd::<0x31>(ab, cd));
                    _mm256_storeu_pd(sides.to(column + 3, row), _mm256_permute2f128_pd::<0x31>(ef, gh));
                }
                sides.turn_singly::<u64>(row..row + 4, four_columns..columns);
            }
            sides.turn_singly::<u64>(four_rows..rows, 0..columns);
        }
    }

    /// [`turn8`] for elements of four bytes, eight by eight.
    ///
    /// # Safety
    /// As for [`turn8`].
    #[target_feature(enable = "avx2")]
    unsafe fn turn4(sides: Sides, rows: usize, columns: usize) {
        let (eight_rows, eight_columns) = (rows / 8 * 8, columns / 8 * 8);
        // SAFETY: as in `turn8`.
        unsafe {
            for row in (0..eight_rows).step_by(8) {
                for column in (0..eight_columns).step_by(8) {
                    // Row `k` in the lower half, row `k + 4` in the upper one: half the shuffles across halves are loads.
                    let halves = |k: usize, column: usize| {
                        let low = _mm256_castps128_ps256(_mm_loadu_ps(sides.from(row + k, column)));
                        _mm256_insertf128_ps::<1>(low, _mm_loadu_ps(sides.from(row + k + 4, column)))
                    };
                    for column in [column, column + 4] {
                        let [a, b, c, d] = [0, 1, 2, 3].map(|k| halves(k, column));
                        let (ab, cd) = (_mm256_unpacklo_ps(a, b), _mm256_unpacklo_ps(c, d));
                        let (ef, gh) = (_mm256_unpackhi_ps(a, b), _mm256_unpackhi_ps(c, d));
                        _mm256_storeu_ps(sides.to(column, row), _mm256_shuffle_ps::<0b01_00_01_00>(ab, cd));
                        _mm256_storeu_ps(sides.to(column + 1, row), _mm256_shuffle_ps::<0b11_10_11_10>(ab, cd));
                        _mm256_storeu_ps(sides.to(column + 2, row), _mm256_shuffle_ps::<0b01_00_01_00>(ef, gh));
                        _mm256_storeu_ps(sides.to(column + 3, row), _mm256_shuffle_ps::<0b11_10_11_10>(ef, gh));
                    }
                }
                sides.turn_singly::<u32>(row..row + 8, eight_columns..columns);
            }
            sides.turn_singly::<u32>(eight_rows..rows, 0..columns);
        }
    }
}
