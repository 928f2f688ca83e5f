//! [`Moves`]: copies between memory at any steps and memory without gaps, with what a level has for them.

pub(crate) mod gang;
#[cfg(target_arch = "x86_64")]
mod pieces;
#[cfg(target_arch = "x86_64")]
mod shuffled;
#[cfg(target_arch = "x86_64")]
mod turned;
#[cfg(target_arch = "x86_64")]
mod wide;

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
