//! [`InPlace`]: the operands of a call whose results replace its first operand.

use super::operand::Operand;
use super::target::Target;
use super::view::View;
use crate::lanes::Element;

/// A call's operands where the first one takes the results as well: a tuple with a [`Target`] of the first
/// type in the tuple `Inputs`, and one [`Operand`] for each other type. `Outputs` is the first type alone.
///
/// # Safety
/// There is one view for each type in `Inputs`, in order, and of that type; the first is of memory that is
/// borrowed mutably, and `Outputs` is a tuple of its type alone.
#[diagnostic::on_unimplemented(
    message = "results of types `{Outputs}` cannot replace the first operand of `{Self}`",
    label = "the first operand cannot take the results",
    note = "a call in place is of a kernel with one result, of the type of its first operand `{Inputs}`; that operand is a \
            `&mut [T]`, `&mut Vec<T>`, `&mut T`, `&mut Array<T, D>` or `ArrayViewMut<T, D>`"
)]
pub unsafe trait InPlace<Inputs, Outputs> {
    /// One [`View`] an operand.
    type Views<'a>: AsRef<[View<'a>]>
    where
        Self: 'a;

    /// The operands as the engine takes them.
    fn views(&mut self) -> Self::Views<'_>;
}

macro_rules! in_place {
    ($first:ident $t:ident $(, $op:ident $u:ident $k:tt)*) => {
        // SAFETY: one view for each type, typed by `StridedMut` and `Strided`.
        unsafe impl<$first: Target<$t>, $t: Element, $($op: Operand<$u>, $u: Element),*> InPlace<($t, $($u,)*), ($t,)>
            for ($first, $($op,)*)
        {
            type Views<'a> = [View<'a>; [0, $($k),*].len()] where Self: 'a;

            #[inline]
            fn views(&mut self) -> Self::Views<'_> {
                [self.0.strided_mut().view() $(, self.$k.strided().view())*]
            }
        }
    };
}

in_place!(A T);
in_place!(A T, B U 1);
in_place!(A T, B U 1, C V 2);
in_place!(A T, B U 1, C V 2, D W 3);
in_place!(A T, B U 1, C V 2, D W 3, E X 4);
in_place!(A T, B U 1, C V 2, D W 3, E X 4, F Y 5);
in_place!(A T, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6);
in_place!(A T, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7);
in_place!(A T, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8);
in_place!(A T, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9);
in_place!(A T, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9, K T4 10);
in_place!(A T, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H T1 7, I T2 8, J T3 9, K T4 10, L T5 11);
