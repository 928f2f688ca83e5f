//! [`Walk`]: several arrays gone over together, for reductions of array expressions.

use crate::lanes::Element;

use super::view::View;

/// The extents and the strides of an array.
pub type Layout<'a> = (&'a [usize], &'a [isize]);

/// How arrays that broadcast with one another are gone over: in the order in which the first ones lie in memory, forwards, with axes
/// that follow each other without a gap merged into one. Merged axes leave axes of extent 1 in front.
#[derive(Clone, Copy, Debug)]
pub struct Walk<const N: usize> {
    /// The joint shape, of the axes as they were.
    shape: [usize; N],
    /// The axes as they are gone over.
    extents: [usize; N],
    /// The old axis at each place, outermost first.
    order: [usize; N],
    /// Whether an old axis is gone over backwards.
    backwards: [bool; N],
    /// The first old place that is merged into the new axis at each place; an empty range for the axes in front.
    merged: [(usize, usize); N],
}

impl<const N: usize> Walk<N> {
    /// The way over arrays, each with the name that messages have for it.
    ///
    /// # Panics
    /// When their shapes do not broadcast, with a message that begins with `name`.
    #[track_caller]
    pub fn over(name: &str, arrays: &[(&str, Layout<'_>)]) -> Self {
        let shape = joint(name, arrays);
        // The arrays' strides along an axis, as often as they repeat.
        let stride = |array: usize, axis: usize| stride(arrays[array].1, &shape, axis);
        let mut backwards = [false; N];
        for (axis, backwards) in backwards.iter_mut().enumerate() {
            let first = (0..arrays.len()).map(|array| stride(array, axis)).find(|stride| *stride != 0);
            *backwards = first.is_some_and(|stride| stride < 0);
        }
        let mut order = [0; N];
        for (place, axis) in order.iter_mut().enumerate() {
            *axis = place;
        }
        // Few axes: each is put behind those that step further, and behind those that have one index and do not step.
        for place in 1..N {
            for at in (1..=place).rev() {
                let (outer, inner) = (order[at - 1], order[at]);
                let further = match (shape[outer], shape[inner]) {
                    (1, _) => false,
                    (_, 1) => true,
                    _ => (0..arrays.len())
                        .map(|array| (stride(array, outer).unsigned_abs(), stride(array, inner).unsigned_abs()))
                        .find(|(outer, inner)| outer != inner)
                        .is_some_and(|(outer, inner)| outer < inner),
                };
                if further {
                    order.swap(at - 1, at);
                }
            }
        }
        let signed =
            |array: usize, axis: usize| if backwards[axis] { -stride(array, axis) } else { stride(array, axis) };
        let mut extents = [1; N];
        let mut merged = [(0, 0); N];
        let (mut to, mut from) = (N, N);
        while from > 0 {
            let until = from;
            from -= 1;
            let mut extent = shape[order[from]];
            while from > 0 {
                let (outer, inner) = (order[from - 1], order[from]);
                let follows =
                    |array| shape[outer] == 1 || signed(array, outer) == signed(array, inner) * shape[inner] as isize;
                if !(0..arrays.len()).all(follows) {
                    break;
                }
                from -= 1;
                extent *= shape[outer];
            }
            to -= 1;
            (extents[to], merged[to]) = (extent, (from, until));
        }
        Self { shape, extents, order, backwards, merged }
    }

    /// How many elements there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The way along one axis, if all are merged into that.
    pub fn flat(&self) -> Option<Flat<N>> {
        self.extents[..N - 1].iter().all(|extent| *extent == 1).then_some(Flat(*self))
    }

    /// An array that is one of those which the walk is over.
    ///
    /// # Panics
    /// When its shape is another one, which does not broadcast to that of all.
    #[track_caller]
    pub fn of<'a, T: Element, const M: usize>(&self, view: View<'a, T, M>) -> View<'a, T, N> {
        let (extents, _) = view.layout();
        assert!(
            fits(extents, &self.shape),
            "an array of shape {extents:?} is none of those of a walk over {:?}",
            self.shape
        );
        let along = |axis| stride(view.layout(), &self.shape, axis);
        let mut offset = 0;
        for axis in 0..N {
            if self.backwards[axis] && !self.is_empty() {
                offset += along(axis) * (self.shape[axis] as isize - 1);
            }
        }
        let mut strides = [0; N];
        for (stride, (from, until)) in strides.iter_mut().zip(self.merged) {
            // Axes of extent 1 step nowhere; of the others the innermost one tells the stride.
            let steps = self.order[from..until].iter().rev().find(|axis| self.shape[**axis] != 1);
            *stride = steps.map_or(0, |axis| if self.backwards[*axis] { -along(*axis) } else { along(*axis) });
        }
        assert!(self.is_along(&along), "an array lies otherwise than those that the walk is over");
        // SAFETY: each index of the new axes is that of one element of the array, repeated where it has extent 1: axes that are gone
        // over backwards begin at their last index, and a merged axis goes through all indices of its own axes in order, since
        // each of these steps as far as the next one inside it is long, of this array too.
        unsafe { view.rearranged(offset, self.extents, strides) }
    }

    /// Whether axes with these strides may be merged as those of the walk are.
    fn is_along(&self, along: &impl Fn(usize) -> isize) -> bool {
        let signed = |axis: usize| if self.backwards[axis] { -along(axis) } else { along(axis) };
        self.merged.iter().all(|(from, until)| {
            let axes = &self.order[*from..*until];
            axes.windows(2).all(|pair| {
                self.shape[pair[0]] == 1 || signed(pair[0]) == signed(pair[1]) * self.shape[pair[1]] as isize
            })
        })
    }
}

/// A [`Walk`] whose axes are merged into one.
#[derive(Clone, Copy, Debug)]
pub struct Flat<const N: usize>(Walk<N>);

impl<const N: usize> Flat<N> {
    /// An array that is one of those which the walk is over.
    ///
    /// # Panics
    /// When its shape is another one, which does not broadcast to that of all.
    #[track_caller]
    #[inline]
    pub fn of<'a, T: Element, const M: usize>(&self, view: View<'a, T, M>) -> View<'a, T, 1> {
        self.0.of(view).last_axis()
    }
}

/// How far an array of the joint shape steps along an axis: nowhere where it repeats.
fn stride((extents, strides): Layout<'_>, shape: &[usize], axis: usize) -> isize {
    match (axis + extents.len()).checked_sub(shape.len()) {
        Some(own) if extents[own] != 1 => strides[own],
        _ => 0,
    }
}

/// Whether an array of these extents can be repeated to fill a shape.
fn fits(extents: &[usize], shape: &[usize]) -> bool {
    extents.len() <= shape.len()
        && extents.iter().zip(&shape[shape.len() - extents.len()..]).all(|(own, joint)| own == joint || *own == 1)
}

#[track_caller]
fn joint<const N: usize>(name: &str, arrays: &[(&str, Layout<'_>)]) -> [usize; N] {
    let mut shape = [1; N];
    for (position, (operand, (extents, _))) in arrays.iter().enumerate() {
        assert!(extents.len() <= N, "{name}: `{operand}` has more than {N} axes");
        for (joint, own) in shape[N - extents.len()..].iter().zip(*extents) {
            if joint != own && *joint != 1 && *own != 1 {
                mismatch(name, position, operand, extents, &shape);
            }
        }
        for (joint, own) in shape[N - extents.len()..].iter_mut().zip(*extents) {
            if *own != 1 {
                *joint = *own;
            }
        }
    }
    shape
}

#[cold]
#[track_caller]
fn mismatch(name: &str, position: usize, operand: &str, extents: &[usize], shape: &[usize]) -> ! {
    let number = position + 1;
    panic!("{name}: operand {number} `{operand}` has shape {extents:?}, which does not broadcast with {shape:?}")
}

/// What `dot` asks of its arrays.
///
/// # Panics
/// When they have different lengths, with a message that begins with `name`.
#[track_caller]
pub fn same_length(name: &str, x: usize, y: usize) {
    assert!(x == y, "{name}: `dot` of {x} and {y} elements: both must have the same length");
}

#[cfg(all(test, feature = "ndarray"))]
mod tests {
    use super::super::AsView;
    use super::*;
    use ndarray::{Array, Array1, Array2, Array3, ArrayView2, Axis, Ix3, ShapeBuilder, s};

    fn elements<const N: usize>(view: &View<'_, i32, N>) -> Vec<i32> {
        let mut found = Vec::new();
        let extents: [usize; N] = std::array::from_fn(|axis| view.extent(axis));
        let count: usize = extents.iter().product();
        for k in 0..count {
            let mut left = k;
            let mut index = [0; N];
            for axis in (0..N).rev() {
                (index[axis], left) = (left % extents[axis], left / extents[axis]);
            }
            found.push(view.get(index));
        }
        found
    }

    fn cube() -> Array3<i32> {
        Array::from_iter(0..24).into_shape_with_order((2, 3, 4)).expect("24 elements")
    }

    #[test]
    fn arrays_in_one_order_are_flat() {
        let cube = cube();
        for (view, order) in [
            (cube.view(), "row-major"),
            (cube.t(), "column-major"),
            (cube.slice(s![..;-1, ..;-1, ..;-1]), "backwards"),
            (cube.view().permuted_axes([1, 0, 2]), "permuted"),
            (cube.slice(s![..;-1, .., ..]), "one axis backwards"),
        ] {
            let own = view.as_view();
            let walk = Walk::<3>::over("f", &[("x", own.layout())]);
            let flat = walk.flat().unwrap_or_else(|| panic!("{order} is no flat walk")).of(own);
            let mut found = elements(&flat);
            if order == "one axis backwards" {
                found.sort_unstable();
            }
            assert_eq!(found, (0..24).collect::<Vec<_>>(), "{order}");
        }
    }

    #[test]
    fn elements_that_belong_together_meet() {
        let cube = cube();
        let column: Array2<i32> = Array::from_iter([100, 200, 300]).insert_axis(Axis(1));
        let row = Array1::from_iter([7, 8, 9, 10]);
        for view in [cube.view(), cube.slice(s![.., ..;-1, 1..;2]), cube.slice(s![1..1, .., ..])] {
            let joined = view.broadcast(view.raw_dim()).expect("its own shape");
            let row = row.slice(s![..view.dim().2]);
            let views = (joined.as_view(), column.as_view(), row.as_view());
            let walk =
                Walk::<3>::over("f", &[("x", views.0.layout()), ("c", views.1.layout()), ("r", views.2.layout())]);
            let (x, c, r) = (elements(&walk.of(views.0)), elements(&walk.of(views.1)), elements(&walk.of(views.2)));
            let mut found: Vec<_> = x.into_iter().zip(c).zip(r).collect();
            let (c, r) = (column.broadcast(view.raw_dim()).unwrap(), row.broadcast(view.raw_dim()).unwrap());
            let mut expected: Vec<_> = view.iter().copied().zip(c.iter().copied()).zip(r.iter().copied()).collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn axes_of_extent_one_are_nothing() {
        let cube = Array::<i32, Ix3>::from_shape_vec((1, 5, 1), (0..5).collect()).expect("5 elements");
        let view = cube.as_view();
        let flat = Walk::<3>::over("f", &[("x", view.layout())]).flat().expect("one axis").of(view);
        assert_eq!(elements(&flat), [0, 1, 2, 3, 4]);
        let gaps: ArrayView2<'_, i32> = ArrayView2::from_shape((1, 1), &[3]).expect("one element");
        let view = gaps.as_view();
        let flat = Walk::<2>::over("f", &[("x", view.layout())]).flat().expect("one element").of(view);
        assert_eq!(elements(&flat), [3]);
    }

    #[test]
    #[should_panic(expected = "f: operand 2 `y` has shape [4], which does not broadcast with [3]")]
    fn shapes_that_do_not_fit_are_named() {
        let (x, y) = (vec![0; 3], vec![0; 4]);
        let (x, y) = (x.as_view(), y.as_view());
        Walk::<1>::over("f", &[("x", x.layout()), ("y", y.layout())]);
    }

    #[test]
    #[should_panic(expected = "lies otherwise")]
    fn an_array_of_other_strides_is_none_of_the_walk() {
        let cube = cube();
        let other = Array3::<i32>::zeros(cube.raw_dim().f());
        let walk = Walk::<3>::over("f", &[("x", cube.as_view().layout())]);
        walk.of(other.as_view());
    }
}
