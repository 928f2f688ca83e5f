//! Reading and writing memory at an index per lane, checked as Rust checks it, but only for lanes that are on.

use super::blend::{Blend, Spread};
use super::cast::Cast;
use super::element::{Element, Int};
use super::simd::Simd;
use super::vector::{Mask, Vector};

/// An integer type that can index: `usize`, or another that stands for `index as usize`. Types of up
/// to 32 bits never widen to 64-bit lanes, unless the table has more than `i32::MAX` entries.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot index", label = "an index is an integer")]
pub trait Index: Int + Cast<u32> + Cast<u64> {
    /// The index as Rust sees it, `self as usize`.
    fn as_usize(self) -> usize;
}

macro_rules! index {
    ($($t:ident)*) => {$(
        impl Index for $t {
            #[inline(always)]
            fn as_usize(self) -> usize {
                self as usize
            }
        }
    )*};
}

index!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

/// Whether an index type has at most 32 bits.
const fn is_narrow<I: Index>() -> bool {
    I::BITS <= 32
}

/// The hardware takes 32-bit indices as signed: whether a table is too long for them.
#[inline(always)]
fn is_huge(len: usize) -> bool {
    len > i32::MAX as usize
}

/// For narrow indices the table must not be [huge](is_huge).
///
/// # Panics
/// When the index of a lane that is on is not below `len`.
#[inline(always)]
fn check<I: Index, S: Simd>(len: usize, mask: Mask<S>, index: Vector<I, S>) {
    let simd = index.simd();
    // Negative indices become too large ones.
    let inside = if is_narrow::<I>() {
        index.cast::<u32>().lanes_lt(Vector::splat(simd, len as u32))
    } else {
        index.cast::<u64>().lanes_lt(Vector::splat(simd, len as u64))
    };
    let outside = mask.and_not(inside);
    if outside.any() {
        fail(len, outside, index);
    }
}

#[cold]
#[inline(never)]
fn fail<I: Index, S: Simd>(len: usize, outside: Mask<S>, index: Vector<I, S>) -> ! {
    let index = index.extract(outside.bits().trailing_zeros() as usize).as_usize();
    panic!("index out of bounds: the len is {len} but the index is {index}")
}

/// `table[index as usize]` in the lanes that are on. Lanes that are off read nothing and hold 0.
///
/// # Panics
/// When an index of a lane that is on is out of bounds, with Rust's message.
#[inline(always)]
pub fn gather_slice<T: Element, I: Index, S: Simd>(table: &[T], mask: Mask<S>, index: Vector<I, S>) -> Vector<T, S> {
    if is_narrow::<I>() && is_huge(table.len()) {
        return gather_huge(table, mask, index);
    }
    check(table.len(), mask, index);
    // SAFETY: the vectors prove the level; the indices of the lanes that are on are below the length.
    unsafe {
        if is_narrow::<I>() {
            Vector(T::gather32::<S>(table.as_ptr(), index.cast::<u32>().0, mask.0))
        } else {
            gather(table.as_ptr(), mask, index)
        }
    }
}

/// With indices as wide as the table is long: too rare to be worth its code in the loop.
#[cold]
#[inline(never)]
fn gather_huge<T: Element, I: Index, S: Simd>(table: &[T], mask: Mask<S>, index: Vector<I, S>) -> Vector<T, S> {
    gather_slice(table, mask, index.cast::<u64>())
}

/// `*base.offset(index)` in the lanes that are on. Lanes that are off read nothing and hold 0.
///
/// # Safety
/// In the lanes that are on, `base.offset(index as isize)` is valid for reads.
#[inline(always)]
pub unsafe fn gather<T: Element, I: Index, S: Simd>(
    base: *const T,
    mask: Mask<S>,
    index: Vector<I, S>,
) -> Vector<T, S> {
    // SAFETY: the vectors prove the level; the caller vouches for the addresses.
    Vector(unsafe { T::gather64::<S>(base, index.cast::<u64>().0, mask.0) })
}

/// `table[index as usize] = value` in the lanes that are on, lowest lane first.
///
/// # Panics
/// When an index of a lane that is on is out of bounds, with Rust's message; nothing is written then.
#[inline(always)]
pub fn scatter_slice<T: Element, I: Index, S: Simd>(
    table: &mut [T],
    mask: Mask<S>,
    index: Vector<I, S>,
    value: Vector<T, S>,
) {
    if is_narrow::<I>() && is_huge(table.len()) {
        check(table.len(), mask, index.cast::<u64>());
    } else {
        check(table.len(), mask, index);
    }
    // SAFETY: the indices of the lanes that are on are below the length.
    unsafe { scatter(table.as_mut_ptr(), mask, index, value) }
}

/// `*base.offset(index) = value` in the lanes that are on, lowest lane first.
///
/// # Safety
/// In the lanes that are on, `base.offset(index as isize)` is valid for writes.
#[inline(always)]
pub unsafe fn scatter<T: Element, I: Index, S: Simd>(
    base: *mut T,
    mask: Mask<S>,
    index: Vector<I, S>,
    value: Vector<T, S>,
) {
    // SAFETY: the vectors prove the level; the caller vouches for the addresses.
    unsafe { T::scatter64::<S>(base, index.cast::<u64>().0, mask.0, value.0) }
}

/// `table[index as usize]` of a uniform table of rows (arrays or tuples). What lanes that are off hold is any row.
///
/// # Panics
/// When an index of a lane that is on is out of bounds, with Rust's message.
#[inline(always)]
pub fn table_get<U: Spread<S, Lanes: Blend<S>> + Copy, I: Index, S: Simd>(
    table: &[U],
    mask: Mask<S>,
    index: Vector<I, S>,
) -> U::Lanes {
    let simd = index.simd();
    if is_huge(table.len()) {
        check(table.len(), mask, index.cast::<u64>());
    } else {
        check(table.len(), mask, index);
    }
    let index = index.cast::<u64>();
    let mut row = table.first().expect("an index is below the length").spread(simd);
    for (k, entry) in table.iter().enumerate().skip(1) {
        let here = index.lanes_eq(Vector::splat(simd, k as u64));
        row = Blend::blend(here, entry.spread(simd), row);
    }
    row
}

/// `array[index as usize]` of a kernel's local array. What lanes that are off hold is any entry.
///
/// # Panics
/// When an index of a lane that is on is out of bounds, with Rust's message; and for an empty array.
#[inline(always)]
pub fn array_get<E: Blend<S>, I: Index, S: Simd, const N: usize>(
    array: &[E; N],
    mask: Mask<S>,
    index: Vector<I, S>,
) -> E {
    check(N, mask, index);
    E::pick(array, index.cast::<u32>())
}

/// `array[index as usize] = value` of a kernel's local array, in the lanes that are on.
///
/// # Panics
/// When an index of a lane that is on is out of bounds, with Rust's message.
#[inline(always)]
pub fn array_set<E: Blend<S>, I: Index, S: Simd, const N: usize>(
    array: &mut [E; N],
    mask: Mask<S>,
    index: Vector<I, S>,
    value: E,
) {
    check(N, mask, index);
    let index = index.cast::<u32>();
    for (k, entry) in array.iter_mut().enumerate() {
        let here = mask & index.lanes_eq(Vector::splat(index.simd(), k as u32));
        *entry = E::blend(here, value, *entry);
    }
}
