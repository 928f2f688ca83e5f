//! [`Stage`]: a block in the first-level cache where elements are lined up for the machine loop, and
//! the moves between it and the operands.

use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ptr;

use super::stack::PerOperand;

/// The bytes of a stage: half of a first-level cache, the other half is for the operands. It holds
/// [`ALIGN`] elements of 12 inputs, 12 outputs and a mask, however wide they are.
pub(crate) const WHOLE: usize = 16 * 1024;

/// The bytes that hold [`ALIGN`] elements of the operands of most kernels, within one page.
pub(crate) const SMALL: usize = 2 * 1024;

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
    /// For each slot: the one element that fills it, and how many times.
    filled: PerOperand<(*const u8, usize)>,
    block: usize,
    buffer: PhantomData<&'a mut Buffer<WHOLE>>,
}

impl<'a> Stage<'a> {
    /// Slots for operands of these sizes in bytes.
    pub(crate) fn new(buffer: &'a mut Buffer<WHOLE>, sizes: &[usize]) -> Self {
        let block = WHOLE / sizes.iter().sum::<usize>() / ALIGN * ALIGN;
        debug_assert!(block > 0, "a buffer holds 64 elements of every operand");
        let slots = sizes.iter().scan(0, |end, size| {
            let start = *end;
            *end += block * size;
            Some(start)
        });
        let slots = slots.collect();
        let filled = sizes.iter().map(|_| (ptr::null(), 0)).collect();
        Self { base: buffer.start(), slots, filled, block, buffer: PhantomData }
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

    /// Fills an operand's slot with `len` copies of one element, unless it holds them already.
    ///
    /// # Safety
    /// `from` is an element of `size` bytes, which `new` was told, and does not change during the stage's
    /// life; nothing else is written to this slot. `len` is at most a block.
    #[inline]
    pub(crate) unsafe fn fill(&mut self, operand: usize, size: usize, from: *const u8, len: usize) {
        let filled = &mut self.filled[operand];
        if filled.0 != from || filled.1 < len {
            *filled = (from, len);
            // SAFETY: the slot holds a block of elements of this size.
            unsafe { copy(size, self.slot(operand), size as isize, from, 0, len) };
        }
    }
}

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

/// Copies `len` elements of `size` bytes.
///
/// # Safety
/// Both sides are `len` elements of a type of that size at their steps, the source initialised and
/// apart from the destination.
#[inline]
pub(crate) unsafe fn copy(size: usize, to: *mut u8, to_step: isize, from: *const u8, from_step: isize, len: usize) {
    let dense = size as isize;
    if to_step == dense && from_step == dense {
        // SAFETY: the caller vouches for both sides.
        unsafe { ptr::copy_nonoverlapping(from, to, len * size) };
        return;
    }
    by_size!(size, U => {
        if from_step == 0 && to_step == dense {
            // SAFETY: the caller vouches for both sides; filling none needs no source.
            unsafe {
                if len > 0 {
                    let value = from.cast::<U>().read();
                    let to = to.cast::<U>();
                    for i in 0..len {
                        to.add(i).write(value);
                    }
                }
            }
        } else if to_step == dense {
            let to = to.cast::<U>();
            for i in 0..len {
                // SAFETY: the caller vouches for both sides.
                unsafe { to.add(i).write(from.offset(i as isize * from_step).cast::<U>().read()) };
            }
        } else {
            for i in 0..len as isize {
                // SAFETY: the caller vouches for both sides.
                unsafe { to.offset(i * to_step).cast::<U>().write(from.offset(i * from_step).cast::<U>().read()) };
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
        copy(size, end, size as isize, end.sub(size), 0, padded - len);
    }
}

/// Copies those of `len` elements whose flag is on, one behind the other; returns how many they are.
///
/// # Safety
/// As for [`copy`], and `flags` are `len` bools; `to` is writable for `len` elements.
#[inline]
pub(crate) unsafe fn compress(
    size: usize,
    to: *mut u8,
    from: *const u8,
    from_step: isize,
    flags: *const bool,
    len: usize,
) -> usize {
    let mut on = 0;
    by_size!(size, U => {
        for i in 0..len {
            // SAFETY: the caller vouches for both sides; no more elements are on than were looked at.
            // Reading an element that is off computes nothing with it, and the next one replaces it.
            unsafe {
                to.cast::<U>().add(on).write(from.offset(i as isize * from_step).cast::<U>().read());
                on += usize::from(*flags.add(i));
            }
        }
    });
    on
}

/// Copies elements that lie one behind the other to those of `len` places whose flag is on; returns
/// how many they are.
///
/// # Safety
/// As for [`copy`], and `flags` are `len` bools; `from` has as many elements as flags are on.
#[inline]
pub(crate) unsafe fn expand(
    size: usize,
    to: *mut u8,
    to_step: isize,
    from: *const u8,
    flags: *const bool,
    len: usize,
) -> usize {
    let mut on = 0;
    by_size!(size, U => {
        for i in 0..len {
            // SAFETY: the caller vouches for both sides.
            unsafe {
                if *flags.add(i) {
                    to.offset(i as isize * to_step).cast::<U>().write(from.cast::<U>().add(on).read());
                    on += 1;
                }
            }
        }
    });
    on
}
