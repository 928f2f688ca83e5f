//! [`Private`]: an array that the parts of a parallel loop combine elements of, each in a copy of its own.

use crate::lanes::Element;

use super::operation::Operation;
use super::view_mut::ViewMut;

/// A part's own copy of an array, of which every element begins as what changes nothing.
#[derive(Debug)]
pub struct Private<T, const N: usize> {
    elements: Vec<T>,
    extents: [usize; N],
}

impl<T: Element, const N: usize> Private<T, N> {
    /// The copy of an array with these extents.
    pub fn identities<O: Operation<T>>(extents: [usize; N]) -> Self {
        Self { elements: vec![O::identity(); extents.iter().product()], extents }
    }

    /// The copy, to be read and written.
    pub fn view_mut(&mut self) -> ViewMut<'_, T, N> {
        let mut strides = [1; N];
        for axis in (1..N).rev() {
            strides[axis - 1] = strides[axis] * self.extents[axis] as isize;
        }
        // SAFETY: the elements lie one after the other, as many as the extents' product, and are borrowed for as long as the view is.
        unsafe { ViewMut::new(self.elements.as_mut_ptr(), self.extents, strides) }
    }

    /// Two parts' copies as one, element by element.
    #[must_use]
    pub fn combined<O: Operation<T>>(mut self, other: Self) -> Self {
        for (a, b) in self.elements.iter_mut().zip(other.elements) {
            *a = O::scalars(*a, b);
        }
        self
    }

    /// Combines the array itself with the copy.
    ///
    /// # Panics
    /// When the array has not the extents that the copy was made for.
    pub fn add_to<O: Operation<T>>(mut self, array: &ViewMut<'_, T, N>) {
        let extents: [usize; N] = std::array::from_fn(|axis| array.extent(axis));
        assert!(extents == self.extents, "a copy of {:?} elements is no copy of {extents:?}", self.extents);
        let copy = self.view_mut();
        let mut index = [0; N];
        for _ in 0..copy.len() {
            array.set(index, O::scalars(array.get(index), copy.get(index)));
            for axis in (0..N).rev() {
                index[axis] += 1;
                if index[axis] < extents[axis] {
                    break;
                }
                index[axis] = 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AsViewMut, Sum};
    use super::Private;

    #[test]
    fn copies_are_combined_in_their_order_and_added() {
        let mut parts = (0..3).map(|part| {
            let mut copy = Private::<i32, 2>::identities::<Sum>([2, 3]);
            let view = copy.view_mut();
            view.set([1, part], 10);
            view.set([0, 0], view.get([0, 0]) + 1);
            copy
        });
        let (a, b, c) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let mut array = [1, 1, 1, 1, 1, 1];
        let mut flat = Private::<i32, 1>::identities::<Sum>([6]);
        flat.view_mut().set([5], 7);
        flat.add_to::<Sum>(&AsViewMut::<1>::as_view_mut(&mut array));
        assert_eq!(array, [1, 1, 1, 1, 1, 8]);
        let mut all = a.combined::<Sum>(b).combined::<Sum>(c);
        let view = all.view_mut();
        assert_eq!([view.get([0, 0]), view.get([0, 1]), view.get([1, 0]), view.get([1, 2])], [3, 0, 10, 10]);
    }

    #[test]
    #[should_panic(expected = "a copy of [2] elements is no copy of [3]")]
    fn a_copy_is_of_one_array() {
        Private::<i32, 1>::identities::<Sum>([2]).add_to::<Sum>(&AsViewMut::<1>::as_view_mut(&mut [0; 3]));
    }
}
