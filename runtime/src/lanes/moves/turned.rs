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

/// Where blocks of `size` begin that cover `len`: the last one ends with it, and begins in the one before where they do not divide it.
fn blocks(len: usize, size: usize) -> impl Iterator<Item = usize> {
    (0..len).step_by(size).map(move |start| start.min(len - size))
}

/// Makes `rows` rows of `columns` elements of eight bytes the columns of the other side. The rows go four by four from
/// end to end, so that whole cache lines are read while they are there.
///
/// # Safety
/// The first side is readable for as many rows and columns, the second writable for the reverse; they are apart.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn turn8(sides: Sides, rows: usize, columns: usize) {
    // SAFETY: the rows and columns below are before `rows` and `columns`.
    unsafe {
        if rows < 4 || columns < 4 {
            return sides.turn_singly::<u64>(0..rows, 0..columns);
        }
        for row in blocks(rows, 4) {
            for column in blocks(columns, 4) {
                let [a, b, c, d] = [0, 1, 2, 3].map(|k| _mm256_loadu_pd(sides.from(row + k, column)));
                let (ab, cd) = (_mm256_unpacklo_pd(a, b), _mm256_unpacklo_pd(c, d));
                let (ef, gh) = (_mm256_unpackhi_pd(a, b), _mm256_unpackhi_pd(c, d));
                _mm256_storeu_pd(sides.to(column, row), _mm256_permute2f128_pd::<0x20>(ab, cd));
                _mm256_storeu_pd(sides.to(column + 1, row), _mm256_permute2f128_pd::<0x20>(ef, gh));
                _mm256_storeu_pd(sides.to(column + 2, row), _mm256_permute2f128_pd::<0x31>(ab, cd));
                _mm256_storeu_pd(sides.to(column + 3, row), _mm256_permute2f128_pd::<0x31>(ef, gh));
            }
        }
    }
}

/// [`turn8`] for elements of four bytes, eight by eight.
///
/// # Safety
/// As for [`turn8`].
#[target_feature(enable = "avx2")]
pub(super) unsafe fn turn4(sides: Sides, rows: usize, columns: usize) {
    // SAFETY: as in `turn8`.
    unsafe {
        if rows < 8 || columns < 8 {
            return sides.turn_singly::<u32>(0..rows, 0..columns);
        }
        for row in blocks(rows, 8) {
            for column in blocks(columns, 8) {
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
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;

    /// Turns a matrix of numbers that all differ, both sides with gaps, and looks at what is between the results' rows, too.
    fn check<T: Copy + PartialEq + std::fmt::Debug>(
        turn: unsafe fn(Sides, usize, usize),
        value: impl Fn(usize) -> T,
        rows: usize,
        columns: usize,
    ) {
        let size = size_of::<T>() as isize;
        let from: Vec<T> = (0..rows * (columns + 3)).map(&value).collect();
        let mut to = vec![value(0); columns * (rows + 2)];
        let sides = Sides {
            from: from.as_ptr().cast(),
            from_step: size * (columns as isize + 3),
            to: to.as_mut_ptr().cast(),
            to_step: size * (rows as isize + 2),
        };
        // SAFETY: both sides have so many rows and columns; the caller has the level.
        unsafe { turn(sides, rows, columns) };
        for (i, found) in to.iter().enumerate() {
            let (column, row) = (i / (rows + 2), i % (rows + 2));
            let expected = if row < rows { from[row * (columns + 3) + column] } else { value(0) };
            assert_eq!(*found, expected, "row {row}, column {column} of {rows} x {columns}");
        }
    }

    #[test]
    fn every_number_of_rows_and_columns() {
        if !Level::Avx2.is_available() {
            return;
        }
        for rows in 1..=33 {
            for columns in 1..=33 {
                check(turn8, |i| i as u64, rows, columns);
                check(turn4, |i| i as u32, rows, columns);
            }
        }
    }
}
