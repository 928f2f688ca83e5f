//! [`Results`]: what a call returns, from the kernel's output types and the operands' kind.

use super::kind::Kind;
use super::lend::{Positions, Slots};
use super::view::View;
use crate::lanes::Element;

/// A tuple of element types as results: allocated, computed, returned.
///
/// # Safety
/// There is one view for each type, in order, of that type, and of memory that nothing else accesses and
/// that has no gaps.
pub unsafe trait Results {
    /// What a call returns: the array itself where there is one result, a tuple where there are several.
    type Evaluated<K: Kind>;
    /// The results before their elements have been computed.
    type Uninit<K: Kind>;
    /// One [`View`] a result.
    type Views<'a>: AsRef<[View<'a>]>;

    /// Allocates the results; see [`Kind::uninit`].
    fn uninit<K: Kind>(shape: &[usize], axes: &[usize]) -> Self::Uninit<K>;

    /// Takes the results' memory from operands in the set `fits` as far as they lend it, and allocates the others'.
    fn uninit_in<K: Kind, L: Slots>(
        operands: &mut L,
        fits: Positions,
        shape: &[usize],
        axes: &[usize],
    ) -> Self::Uninit<K>;

    /// The memory of results that are being computed.
    fn views<K: Kind>(uninit: &mut Self::Uninit<K>) -> Self::Views<'_>;

    /// The results, once computed.
    ///
    /// # Safety
    /// Every element of each has been written.
    unsafe fn assume_init<K: Kind>(uninit: Self::Uninit<K>) -> Self::Evaluated<K>;
}

/// One array stays itself; several become a tuple.
macro_rules! evaluated {
    ($one:ty) => { $one };
    ($($each:ty),*) => { ($($each),*) };
}

macro_rules! evaluated_value {
    ($one:expr) => { $one };
    ($($each:expr),*) => { ($($each),*) };
}

macro_rules! results {
    ($($t:ident $k:tt),*) => {
        // SAFETY: one view for each type, of the memory that `Kind` has allocated for it.
        unsafe impl<$($t: Element),*> Results for ($($t,)*) {
            type Evaluated<Q: Kind> = evaluated!($(Q::Array<$t>),*);
            type Uninit<Q: Kind> = ($(Q::Uninit<$t>,)*);
            type Views<'a> = [View<'a>; [$($k),*].len()];

            #[inline]
            fn uninit<Q: Kind>(shape: &[usize], axes: &[usize]) -> Self::Uninit<Q> {
                ($(Q::uninit::<$t>(shape, axes),)*)
            }

            fn uninit_in<Q: Kind, Lenders: Slots>(
                operands: &mut Lenders,
                fits: Positions,
                shape: &[usize],
                axes: &[usize],
            ) -> Self::Uninit<Q> {
                let len = shape.iter().product();
                ($(match operands.lend::<$t>(fits, $k, len) {
                    Some(memory) => Q::uninit_in(memory, shape, axes),
                    None => Q::uninit::<$t>(shape, axes),
                },)*)
            }

            #[inline]
            fn views<Q: Kind>(uninit: &mut Self::Uninit<Q>) -> Self::Views<'_> {
                [$(Q::view::<$t>(&mut uninit.$k)),*]
            }

            #[inline]
            unsafe fn assume_init<Q: Kind>(uninit: Self::Uninit<Q>) -> Self::Evaluated<Q> {
                // SAFETY: the caller has written each result.
                unsafe { evaluated_value!($(Q::assume_init::<$t>(uninit.$k)),*) }
            }
        }
    };
}

results!(A 0);
results!(A 0, B 1);
results!(A 0, B 1, C 2);
results!(A 0, B 1, C 2, D 3);
results!(A 0, B 1, C 2, D 3, E 4);
results!(A 0, B 1, C 2, D 3, E 4, F 5);
results!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
results!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
results!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
results!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
results!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
results!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
