//! Indices that a kernel writes as `value as usize`: the cast is left away where the value itself
//! can index, so that an index of 32 bits never takes 64-bit lanes.

use super::blend::{Blend, Spread};
use super::cast::Cast;
use super::element::Element;
use super::gather::{Index, array_get, array_set, gather_slice, table_get};
use super::simd::Simd;
use super::vector::{Mask, Vector};

/// A type that `as usize` converts.
pub trait AsUsize: Element {
    /// What indexes in its place.
    type Index: Index;

    /// The index; floats truncate and saturate, as `as` does.
    fn index<S: Simd>(value: Vector<Self, S>) -> Vector<Self::Index, S>;

    /// `table[value as usize]`
    #[inline(always)]
    fn gather<T: Element, S: Simd>(table: &[T], mask: Mask<S>, value: Vector<Self, S>) -> Vector<T, S> {
        gather_slice(table, mask, Self::index(value))
    }
}

macro_rules! ints {
    ($($t:ident)*) => {$(
        impl AsUsize for $t {
            type Index = $t;

            #[inline(always)]
            fn index<S: Simd>(value: Vector<$t, S>) -> Vector<$t, S> {
                value
            }
        }
    )*};
}

ints!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl AsUsize for bool {
    type Index = u8;

    #[inline(always)]
    fn index<S: Simd>(value: Vector<bool, S>) -> Vector<u8, S> {
        value.cast::<u8>()
    }
}

macro_rules! floats {
    ($($t:ident)*) => {$(
        impl AsUsize for $t {
            type Index = u32;

            #[inline(always)]
            fn index<S: Simd>(value: Vector<$t, S>) -> Vector<u32, S> {
                value.cast::<u32>()
            }

            #[inline(always)]
            fn gather<T: Element, S: Simd>(table: &[T], mask: Mask<S>, value: Vector<$t, S>) -> Vector<T, S> {
                // `u32::MAX` is where larger values saturate: it must not be an index of the table.
                if table.len() > u32::MAX as usize {
                    return gather_huge(table, mask, value);
                }
                gather_slice(table, mask, Self::index(value))
            }
        }
    )*};
}

floats!(f32 f64);

#[cold]
#[inline(never)]
fn gather_huge<T: Element, V: Cast<u64>, S: Simd>(table: &[T], mask: Mask<S>, value: Vector<V, S>) -> Vector<T, S> {
    gather_slice(table, mask, value.cast::<u64>())
}

/// `table[value as usize]` in the lanes that are on, checked as [`gather_slice`] does.
#[inline(always)]
pub fn gather_as_usize<T: Element, V: AsUsize, S: Simd>(
    table: &[T],
    mask: Mask<S>,
    value: Vector<V, S>,
) -> Vector<T, S> {
    V::gather(table, mask, value)
}

/// `table[value as usize]` of a table of rows, checked as [`table_get`] does.
#[inline(always)]
pub fn table_get_as_usize<U: Spread<S, Lanes: Blend<S>> + Copy, V: AsUsize, S: Simd>(
    table: &[U],
    mask: Mask<S>,
    value: Vector<V, S>,
) -> U::Lanes {
    table_get(table, mask, V::index(value))
}

/// `array[value as usize]` of a local array, checked as [`array_get`] does.
#[inline(always)]
pub fn array_get_as_usize<E: Blend<S>, V: AsUsize, S: Simd, const N: usize>(
    array: &[E; N],
    mask: Mask<S>,
    value: Vector<V, S>,
) -> E {
    array_get(array, mask, V::index(value))
}

/// `array[value as usize] = new` of a local array, checked as [`array_set`] does.
#[inline(always)]
pub fn array_set_as_usize<E: Blend<S>, V: AsUsize, S: Simd, const N: usize>(
    array: &mut [E; N],
    mask: Mask<S>,
    value: Vector<V, S>,
    new: E,
) {
    array_set(array, mask, V::index(value), new);
}
