//! [`Stage`]: a block in the first-level cache where elements are lined up for the machine loop, and
//! the moves between it and the operands.

use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ptr;

use super::stack::PerOperand;
use crate::lanes::moves::{Rows, by_size};

/// The bytes of a stage: half of a first-level cache, the other half is for the operands. It holds
/// [`ALIGN`] elements of 12 inputs, 12 outputs and a mask, however wide they are.
pub(crate) const WHOLE: usize = 16 * 1024;

/// The bytes that hold [`ALIGN`] elements of the operands of most kernels, within one page.
pub(crate) const SMALL: usize = 2 * 1024;

/// The bytes of slots beside operands that flow by: few, so that they stay in the first-level cache.
pub(crate) const ROWS: usize = 8 * 1024;

/// A cache line in bytes; and what a block's length is a multiple of, so that every slot starts at a
/// cache line and every gang divides it.
pub(crate) const ALIGN: usize = 64;

/// Memory on the stack.
#[repr(C, align(64))]
pub(crate) struct Buffer<const BYTES: usize>(MaybeUninit<[u8; BYTES]>);

impl<const BYTES: usize> Buffer<BYTES> {
    #[inline(always)]
    pub(crate) const fn new() -> Self {
        Self(MaybeUninit::uninit())
    }

    #[inline(always)]
    pub(crate) fn start(&mut self) -> *mut u8 {
        self.0.as_mut_ptr().cast()
    }
}

/// One slot for each operand, of [`block`](Stage::block) elements.
pub(crate) struct Stage<'a> {
    base: *mut u8,
    /// Where each slot starts.
    slots: PerOperand<usize>,
    /// For each slot: see [`filled`](Self::filled).
    filled: PerOperand<(*const u8, usize)>,
    block: usize,
    buffer: PhantomData<&'a mut Buffer<WHOLE>>,
}

impl<'a> Stage<'a> {
    /// A stage without slots.
    #[inline(always)]
    pub(crate) fn new(buffer: &'a mut Buffer<WHOLE>) -> Self {
        Self {
            base: buffer.start(),
            slots: PerOperand::new(),
            filled: PerOperand::new(),
            block: 0,
            buffer: PhantomData,
        }
    }

    /// Makes slots for operands of these sizes, of so many bytes together, [`WHOLE`] at most, or as few as can be.
    pub(crate) fn divide(&mut self, sizes: &[usize], bytes: usize) {
        let bytes = bytes.max(sizes.iter().sum::<usize>() * ALIGN).min(WHOLE);
        let block = bytes / sizes.iter().sum::<usize>().max(1) / ALIGN * ALIGN;
        debug_assert!(block > 0, "a buffer holds 64 elements of every operand");
        self.block = block;
        let mut start = 0;
        for size in sizes {
            self.slots.push(start);
            self.filled.push((ptr::null(), 0));
            start += block * size;
        }
    }

    /// The elements that a slot holds: a multiple of [`ALIGN`].
    #[inline]
    pub(crate) fn block(&self) -> usize {
        self.block
    }

    /// The slot of an operand: writable, aligned to a cache line.
    #[inline]
    pub(crate) fn slot(&self, operand: usize) -> *mut u8 {
        // Within the buffer: the slots' sizes add up to `WHOLE` at most.
        self.base.wrapping_add(self.slots[operand])
    }

    /// What an operand's slot has been filled with: the address of the first element, and the length. For
    /// those who fill it; nothing at first.
    #[inline]
    pub(crate) fn filled(&mut self, operand: usize) -> &mut (*const u8, usize) {
        &mut self.filled[operand]
    }
}

/// Copies `len` elements of `size` bytes from one place to another, or one element so many times.
///
/// # Safety
/// `to` is writable for `len` elements of a type of that size, `from` readable: for as many, or for one
/// where `repeat`; and they do not overlap.
#[inline]
pub(crate) unsafe fn copy(size: usize, to: *mut u8, from: *const u8, repeat: bool, len: usize) {
    if !repeat {
        // SAFETY: the caller vouches for both sides.
        unsafe { ptr::copy_nonoverlapping(from, to, len * size) };
        return;
    }
    by_size!(size, U => {
        // SAFETY: the caller vouches for both sides.
        unsafe { std::slice::from_raw_parts_mut(to.cast::<MaybeUninit<U>>(), len).fill(from.cast::<MaybeUninit<U>>().read()) };
    });
}

/// Copies so few bytes that a call of `memcpy` would take longer.
///
/// # Safety
/// `to` is writable and `from` readable for so many bytes, and they do not overlap.
#[inline]
pub(crate) unsafe fn copy_few(to: *mut u8, from: *const u8, bytes: usize) {
    // SAFETY: the parts are within the bytes; the last one may overlap the one before it, and copies the same there.
    unsafe {
        let part = |at: usize, len: usize| from.add(at).copy_to_nonoverlapping(to.add(at), len);
        if bytes >= 16 {
            for at in (0..bytes - 15).step_by(16) {
                part(at, 16);
            }
            part(bytes - 16, 16);
        } else if bytes >= 8 {
            part(0, 8);
            part(bytes - 8, 8);
        } else if bytes >= 4 {
            part(0, 4);
            part(bytes - 4, 4);
        } else {
            (0..bytes).for_each(|at| part(at, 1));
        }
    }
}

/// Copies few elements, and then the last of them until there are `padded`, and up to 15 bytes more.
///
/// # Safety
/// `slot` is writable for `padded` elements of `size` bytes and 15 bytes, `from` readable for `len` elements, not zero; they do
/// not overlap.
#[inline]
pub(crate) unsafe fn copy_and_pad(size: usize, slot: *mut u8, from: *const u8, len: usize, padded: usize) {
    by_size!(size, U => {
        const MANY: usize = 16 / size_of::<U>();
        // SAFETY: the caller vouches for both sides.
        unsafe {
            copy_few(slot, from, len * size);
            // From where it came: what has just been written takes a while to read.
            let copies = [from.cast::<U>().add(len - 1).read(); MANY];
            for place in (len..padded).step_by(MANY) {
                slot.cast::<U>().add(place).cast::<[U; MANY]>().write_unaligned(copies);
            }
        }
    });
}

/// Appends copies of the last of `len` elements until there are `padded`.
///
/// # Safety
/// `slot` is writable for `padded` elements of `size` bytes, and `len`, not zero, are there.
#[inline]
pub(crate) unsafe fn pad(size: usize, slot: *mut u8, len: usize, padded: usize) {
    // SAFETY: the caller vouches for the slot.
    unsafe {
        let end = slot.add(len * size);
        copy(size, end, end.sub(size), true, padded - len);
    }
}

/// Appends copies of the first `period` elements until there are `len`.
///
/// # Safety
/// `slot` is writable for `len` elements of `size` bytes, and the first `period`, not zero, are there.
pub(crate) unsafe fn extend(size: usize, slot: *mut u8, period: usize, len: usize) {
    if period == 1 {
        // SAFETY: the caller vouches for the slot.
        return unsafe { pad(size, slot, 1, len) };
    }
    let mut there = period;
    while there < len {
        // A whole number of periods is there: what follows is what they start with.
        let more = there.min(len - there);
        // SAFETY: both sides are within the slot, the second behind the first.
        unsafe { copy(size, slot.add(there * size), slot, false, more) };
        there += more;
    }
}

/// Copies those elements of an operand's rows whose flag is on to one place after the other; returns
/// how many they are.
///
/// # Safety
/// The rows are initialised elements of `size` bytes; `to` is writable for as many, and apart from them. `flags` are as many bools as there are elements.
pub(crate) unsafe fn compress(size: usize, to: *mut u8, rows: &Rows, flags: *const bool) -> usize {
    let Rows { start, count, row_step, len, step } = *rows;
    let mut on = 0;
    by_size!(size, U => {
        let to = to.cast::<U>();
        for r in 0..count {
            let row = start.wrapping_offset(r as isize * row_step);
            for i in 0..len {
                // SAFETY: the caller vouches for both sides; no more elements are on than were looked at.
                // Reading an element that is off computes nothing with it, and the next one replaces it.
                unsafe {
                    to.add(on).write(row.offset(i as isize * step).cast::<U>().read());
                    on += usize::from(*flags.add(r * len + i));
                }
            }
        }
    });
    on
}

/// Copies elements from one place after the other to those of an operand's rows whose flag is on;
/// returns how many they are.
///
/// # Safety
/// The rows are writable for elements of `size` bytes; `flags` are as many bools; `from` has as many
/// elements as flags are on, initialised and apart from the rows.
pub(crate) unsafe fn expand(size: usize, rows: &Rows, from: *const u8, flags: *const bool) -> usize {
    let Rows { start, count, row_step, len, step } = *rows;
    let mut on = 0;
    by_size!(size, U => {
        let from = from.cast::<U>();
        for r in 0..count {
            let row = start.wrapping_offset(r as isize * row_step);
            for i in 0..len {
                // SAFETY: the caller vouches for both sides.
                unsafe {
                    if *flags.add(r * len + i) {
                        row.offset(i as isize * step).cast::<U>().write(from.add(on).read());
                        on += 1;
                    }
                }
            }
        }
    });
    on
}
