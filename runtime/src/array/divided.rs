//! [`Divided`]: an array that the parts of a parallel loop write, each its own indices.

use crate::lanes::Element;

use super::view_mut::ViewMut;

/// The arrays that a parallel loop writes: tuples of [`Divided`].
pub trait Writes: Send + Sized {
    /// What iterations `from..middle` may touch, and what `middle..to` may.
    fn divide(self, from: usize, middle: usize, to: usize) -> (Self, Self);
}

/// An array that a parallel loop writes: iteration `i` may touch no other index of one axis than `i` plus an offset.
pub struct Divided<'a, T, const N: usize> {
    view: ViewMut<'a, T, N>,
    axis: usize,
    offset: isize,
}

impl<'a, T: Element, const N: usize> Divided<'a, T, N> {
    /// Iteration `i` may touch index `i + offset` of the axis.
    ///
    /// # Panics
    /// When there is no such axis.
    #[inline]
    pub fn new(view: ViewMut<'a, T, N>, axis: usize, offset: isize) -> Self {
        assert!(axis < N, "an array of {N} axes has no axis {axis}");
        Self { view, axis, offset }
    }

    /// The view, for the iterations of this part.
    #[inline(always)]
    pub fn view(&self) -> &ViewMut<'a, T, N> {
        &self.view
    }

    /// The index that iteration `i` may touch; those in front of the array's first one are 0.
    fn index(&self, iteration: usize) -> usize {
        let index = iteration as i128 + self.offset as i128;
        usize::try_from(index.max(0)).unwrap_or(usize::MAX)
    }

    fn divide(self, from: usize, middle: usize, to: usize) -> (Self, Self) {
        let Self { axis, offset, .. } = self;
        let (from, middle, to) = (self.index(from), self.index(middle), self.index(to));
        let (_, view) = self.view.split_at(axis, from);
        let (view, _) = view.split_at(axis, to);
        let (low, high) = view.split_at(axis, middle);
        (Self { view: low, axis, offset }, Self { view: high, axis, offset })
    }
}

macro_rules! tuples {
    ($($($t:ident $n:ident $k:tt),*;)*) => {$(
        impl<$($t: Element, const $n: usize),*> Writes for ($(Divided<'_, $t, $n>,)*) {
            #[inline]
            #[allow(clippy::unused_unit, unused_variables, reason = "the empty tuple")]
            fn divide(self, from: usize, middle: usize, to: usize) -> (Self, Self) {
                let parts = ($(self.$k.divide(from, middle, to),)*);
                (($(parts.$k.0,)*), ($(parts.$k.1,)*))
            }
        }
    )*};
}

tuples! {
    ;
    A I 0;
    A I 0, B J 1;
    A I 0, B J 1, C K 2;
    A I 0, B J 1, C K 2, D L 3;
    A I 0, B J 1, C K 2, D L 3, E M 4;
    A I 0, B J 1, C K 2, D L 3, E M 4, F O 5;
    A I 0, B J 1, C K 2, D L 3, E M 4, F O 5, G P 6;
    A I 0, B J 1, C K 2, D L 3, E M 4, F O 5, G P 6, H Q 7;
}
