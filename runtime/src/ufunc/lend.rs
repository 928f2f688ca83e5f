//! Operands given by value lend their memory to the results: the call computes in place, and returns what was an
//! operand's. Nothing else about the result shows where its memory comes from.

use std::any::{Any, TypeId};
use std::mem;

use super::operand::Operand;
use super::view::View;
use crate::lanes::Element;

/// The memory of an operand that was given by value: see [`Operand::lend`].
#[derive(Debug)]
pub struct Lent<T> {
    memory: Vec<T>,
    start: usize,
}

impl<T> Lent<T> {
    /// Memory, and where the operand's elements start in it.
    #[inline]
    pub fn new(memory: Vec<T>, start: usize) -> Self {
        Self { memory, start }
    }
}

/// An operand of a call whose operands may lend their memory.
#[derive(Debug)]
pub enum Slot<A, T> {
    /// The operand as it was given.
    Kept(A),
    /// Its elements, within memory that is no result's: there is more of it than a result needs.
    Part(Lent<T>),
    /// They are in the memory of the result with this number.
    Moved(usize),
}

impl<T: Element, A: Operand<T>> Slot<A, T> {
    /// The operand's memory as that of a result with elements of type `U`, where it has `len` such elements and no more.
    fn lend<U: Element>(&mut self, output: usize, len: usize) -> Option<Vec<U>> {
        if !A::LENDS || TypeId::of::<T>() != TypeId::of::<U>() || !matches!(self, Self::Kept(_)) {
            return None;
        }
        let Self::Kept(operand) = mem::replace(self, Self::Moved(output)) else { return None };
        match operand.lend() {
            Ok(lent) if lent.start == 0 && lent.memory.len() == len => {
                let mut memory = Some(lent.memory);
                (&mut memory as &mut dyn Any).downcast_mut::<Option<Vec<U>>>().and_then(Option::take)
            }
            Ok(lent) => {
                *self = Self::Part(lent);
                None
            }
            Err(operand) => {
                *self = Self::Kept(operand);
                None
            }
        }
    }

    /// The operand's memory, which lies as that of the results does where the operand has given it away.
    ///
    /// # Panics
    /// When the operand has given away less than its elements.
    pub(crate) fn view<'a>(&'a self, results: &[View<'a>]) -> View<'a> {
        match self {
            Self::Kept(operand) => operand.strided().view(),
            Self::Part(Lent { memory, start }) => {
                let len: usize = results[0].shape().iter().product();
                results[0].at(memory[*start..][..len].as_ptr().cast_mut().cast())
            }
            Self::Moved(output) => results[*output],
        }
    }
}

/// A tuple of [`Slot`]s.
///
/// # Safety
/// There is one view for each operand, in order, and of its type.
pub unsafe trait Slots {
    /// One [`View`] an operand.
    type Views<'a>: AsRef<[View<'a>]>
    where
        Self: 'a;

    /// Memory of `len` elements for a result, from one of the operands in the set `fits`.
    fn lend<U: Element>(&mut self, fits: Positions, output: usize, len: usize) -> Option<Vec<U>>;

    /// The operands as the engine takes them, once the results have their memory.
    fn views<'a>(&'a self, results: &[View<'a>]) -> Self::Views<'a>;
}

/// A set of operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Positions(u16);

impl Positions {
    /// Those for which it is true.
    #[inline]
    pub(crate) const fn of(are: &[bool]) -> Self {
        let (mut set, mut k) = (0, 0);
        while k < are.len() {
            set |= (are[k] as u16) << k;
            k += 1;
        }
        Self(set)
    }

    #[inline]
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[inline]
    pub(crate) const fn contains(self, position: usize) -> bool {
        self.0 >> position & 1 == 1
    }

    /// Those for which it is true as well.
    #[inline]
    pub(crate) fn filter(self, mut is: impl FnMut(usize) -> bool) -> Self {
        let mut set = 0;
        let mut left = self.0;
        while left != 0 {
            let position = left.trailing_zeros();
            set |= u16::from(is(position as usize)) << position;
            left &= left - 1;
        }
        Self(set)
    }
}

macro_rules! slots {
    ($($op:ident $t:ident $k:tt),*) => {
        // SAFETY: one view for each operand, typed by `Strided`, or of memory of its type.
        unsafe impl<$($op: Operand<$t>, $t: Element),*> Slots for ($(Slot<$op, $t>,)*) {
            type Views<'a> = [View<'a>; [$($k),*].len()] where Self: 'a;

            #[inline]
            fn lend<Out: Element>(&mut self, fits: Positions, output: usize, len: usize) -> Option<Vec<Out>> {
                $(if fits.contains($k) && let Some(memory) = self.$k.lend(output, len) {
                    return Some(memory);
                })*
                None
            }

            #[inline]
            fn views<'a>(&'a self, results: &[View<'a>]) -> Self::Views<'a> {
                [$(self.$k.view(results)),*]
            }
        }
    };
}

slots!(A T 0);
slots!(A T 0, B U 1);
slots!(A T 0, B U 1, C V 2);
slots!(A T 0, B U 1, C V 2, D W 3);
slots!(A T 0, B U 1, C V 2, D W 3, E X 4);
slots!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5);
slots!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6);
slots!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7);
slots!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8);
slots!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9);
slots!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9, K T4 10);
slots!(A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9, K T4 10, L T5 11);
