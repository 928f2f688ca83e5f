//! Short lists without an allocation, for shapes, strides and pointers.

use std::mem::MaybeUninit;
use std::ops::{Deref, DerefMut};
use std::slice;

/// The most operands of a call: twelve inputs, twelve outputs and a mask.
pub(crate) const MAX_OPERANDS: usize = 25;

/// A list of at most [`MAX_OPERANDS`] values. It is filled where it stays ([`extend`](Extend::extend)): values that are collected or
/// returned, the compiler copies with all places that are empty.
pub(crate) struct PerOperand<T: Copy> {
    values: MaybeUninit<[T; MAX_OPERANDS]>,
    len: usize,
}

impl<T: Copy> PerOperand<T> {
    #[inline(always)]
    pub(crate) fn new() -> Self {
        let mut list = MaybeUninit::<Self>::uninit();
        // SAFETY: a length of zero is all that a list without values has. Written as a value, the compiler makes it a constant and
        // copies all of it.
        unsafe {
            (&raw mut (*list.as_mut_ptr()).len).write(0);
            list.assume_init()
        }
    }

    #[inline(always)]
    pub(crate) fn push(&mut self, value: T) {
        assert!(self.len < MAX_OPERANDS, "a kernel has at most {MAX_OPERANDS} operands");
        // SAFETY: the place is within the array.
        unsafe { self.values.as_mut_ptr().cast::<T>().add(self.len).write(value) };
        self.len += 1;
    }
}

impl<T: Copy> Extend<T> for PerOperand<T> {
    #[inline(always)]
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        let (places, mut len) = (self.values.as_mut_ptr().cast::<T>(), self.len);
        for value in values {
            assert!(len < MAX_OPERANDS, "a kernel has at most {MAX_OPERANDS} operands");
            // SAFETY: the place is within the array.
            unsafe { places.add(len).write(value) };
            len += 1;
        }
        self.len = len;
    }
}

impl<T: Copy> Deref for PerOperand<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: `push` has written the first `len` values, and checked that they fit.
        unsafe { slice::from_raw_parts(self.values.as_ptr().cast(), self.len) }
    }
}

impl<T: Copy> DerefMut for PerOperand<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: `push` has written the first `len` values, and checked that they fit.
        unsafe { slice::from_raw_parts_mut(self.values.as_mut_ptr().cast(), self.len) }
    }
}

/// A list of up to `N` values in place; more are moved to the heap.
pub(crate) struct Stack<T: Copy, const N: usize> {
    inline: MaybeUninit<[T; N]>,
    len: usize,
    /// Holds everything once there are more than `N` values; empty before.
    heap: Vec<T>,
}

/// One value an axis.
pub(crate) type PerAxis<T> = Stack<T, 6>;

impl<T: Copy, const N: usize> Stack<T, N> {
    #[inline(always)]
    pub(crate) fn new() -> Self {
        let mut list = MaybeUninit::<Self>::uninit();
        // SAFETY: these are what a list without values has; as for `PerOperand`.
        unsafe {
            (&raw mut (*list.as_mut_ptr()).len).write(0);
            (&raw mut (*list.as_mut_ptr()).heap).write(Vec::new());
            list.assume_init()
        }
    }

    #[inline(always)]
    pub(crate) fn push(&mut self, value: T) {
        if self.len < N {
            // SAFETY: the place is within the array.
            unsafe { self.inline.as_mut_ptr().cast::<T>().add(self.len).write(value) };
            self.len += 1;
        } else {
            self.push_to_heap(value);
        }
    }

    /// Leaves the first `len` values, or all where there are fewer.
    pub(crate) fn truncate(&mut self, len: usize) {
        if self.heap.is_empty() {
            self.len = self.len.min(len);
        } else if len > N {
            self.heap.truncate(len);
        } else {
            let heap = std::mem::take(&mut self.heap);
            self.len = 0;
            self.extend(heap.into_iter().take(len));
        }
    }

    #[cold]
    #[inline(never)]
    fn push_to_heap(&mut self, value: T) {
        if self.heap.is_empty() {
            let mut heap = Vec::with_capacity(4 * N);
            heap.extend_from_slice(self);
            self.heap = heap;
        }
        self.heap.push(value);
    }
}

impl<T: Copy, const N: usize> Extend<T> for Stack<T, N> {
    #[inline(always)]
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.push(value));
    }
}

impl<T: Copy, const N: usize> FromIterator<T> for Stack<T, N> {
    #[inline(always)]
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut stack = Self::new();
        stack.extend(values);
        stack
    }
}

impl<T: Copy, const N: usize> Deref for Stack<T, N> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        if self.heap.is_empty() {
            // SAFETY: `push` has written the first `len` values, and checked that they fit.
            unsafe { slice::from_raw_parts(self.inline.as_ptr().cast(), self.len) }
        } else {
            &self.heap
        }
    }
}

impl<T: Copy, const N: usize> DerefMut for Stack<T, N> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        if self.heap.is_empty() {
            // SAFETY: `push` has written the first `len` values, and checked that they fit.
            unsafe { slice::from_raw_parts_mut(self.inline.as_mut_ptr().cast(), self.len) }
        } else {
            &mut self.heap
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Stack;

    #[test]
    fn spills_to_the_heap_in_order() {
        let mut stack = Stack::<usize, 3>::new();
        for n in 0..20 {
            assert_eq!(&stack[..], (0..n).collect::<Vec<_>>());
            stack.push(n);
        }
        stack[19] = 7;
        assert_eq!(stack.last(), Some(&7));
    }

    #[test]
    fn what_is_left_is_where_the_next_value_follows() {
        for len in [0, 2, 3, 4, 9] {
            for left in 0..12 {
                let mut stack = Stack::<usize, 3>::new();
                stack.extend(0..len);
                stack.truncate(left);
                stack.push(70);
                assert_eq!(&stack[..], (0..len.min(left)).chain([70]).collect::<Vec<_>>(), "{left} of {len}");
            }
        }
    }
}
