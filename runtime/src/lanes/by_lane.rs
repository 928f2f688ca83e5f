//! What the hardware has no instruction for, lane by lane in memory.

/// `*base.offset(index)` in the lanes that are on, zero in the others.
///
/// # Safety
/// The addresses of the lanes that are on are valid for reads.
#[inline(always)]
pub(super) unsafe fn gather<T: Copy + Default, const N: usize>(base: *const T, index: [i64; N], mut on: u64) -> [T; N] {
    let mut values = [T::default(); N];
    while on != 0 {
        let lane = on.trailing_zeros() as usize % N;
        // SAFETY: the lane is on, and the caller vouches for its address.
        values[lane] = unsafe { *base.offset(index[lane] as isize) };
        on &= on - 1;
    }
    values
}

/// `*base.offset(index) = value` in the lanes that are on, lowest lane first.
///
/// # Safety
/// The addresses of the lanes that are on are valid for writes.
#[inline(always)]
pub(super) unsafe fn scatter<T: Copy, const N: usize>(base: *mut T, index: [i64; N], mut on: u64, values: [T; N]) {
    while on != 0 {
        let lane = on.trailing_zeros() as usize % N;
        // SAFETY: the lane is on, and the caller vouches for its address.
        unsafe { *base.offset(index[lane] as isize) = values[lane] };
        on &= on - 1;
    }
}
