//! Rows and columns of four and eight bytes exchanged, by shuffles of blocks.

use std::arch::x86_64::*;

/// Two matrices: rows that are dense, and the bytes from one row to the next.
#[derive(Clone, Copy)]
pub(super) struct Sides {
    pub(super) from: *const u8,
    pub(super) from_step: isize,
    pub(super) to: *mut u8,
    pub(super) to_step: isize,
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
pub(super) unsafe fn turn8(sides: Sides, rows: usize, columns: usize) {
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
pub(super) unsafe fn turn4(sides: Sides, rows: usize, columns: usize) {
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
