//! From arrays of all kinds to views.

use ndarray::{ArcArray, Array, Array1, ArrayD, CowArray, Ix1, Ix2, Ix3, Ix4, Ix5, Ix6, IxDyn, s};
use ufunc::array::{AsView, AsViewMut, View, ViewMut};

use crate::values::values;

fn sum<const N: usize>(view: View<'_, i64, N>, index: [usize; N]) -> (i64, usize) {
    (view.get(index), view.len())
}

fn set<const N: usize>(view: ViewMut<'_, i64, N>, index: [usize; N], value: i64) {
    view.set(index, value);
}

#[test]
fn slices() {
    let mut array = [1_i64, 2, 3];
    assert_eq!((sum(array.as_view(), [1]), sum(array[1..].as_view(), [1])), ((2, 3), (3, 2)));
    set(array.as_view_mut(), [0], 5);
    set(array[1..].as_mut().as_view_mut(), [1], 6);
    let mut vec = array.to_vec();
    assert_eq!(sum((&vec).as_view(), [2]), (6, 3));
    set((&mut vec).as_view_mut(), [1], 7);
    assert_eq!(vec, [5, 7, 6]);
}

#[test]
fn arrays() {
    macro_rules! check {
        ($($ix:ident $shape:expr, $last:expr, $len:literal;)*) => {$({
            let mut array: Array<i64, $ix> =
                ArrayD::from_shape_vec(IxDyn(&$shape), values($len)).unwrap().into_dimensionality().unwrap();
            let wanted = (*array.last().unwrap(), $len);
            assert_eq!(sum((&array).as_view(), $last), wanted);
            assert_eq!(sum(array.view().as_view(), $last), wanted);
            assert_eq!(sum((&ArcArray::from(array.clone())).as_view(), $last), wanted);
            assert_eq!(sum((&CowArray::from(array.view())).as_view(), $last), wanted);
            set((&mut array).as_view_mut(), $last, -1);
            assert_eq!(*array.last().unwrap(), -1);
            set(array.view_mut().as_view_mut(), $last, -2);
            set((&mut array.view_mut()).as_view_mut(), [0; $last.len()], -3);
            assert_eq!((*array.last().unwrap(), *array.first().unwrap()), (-2, -3));
        })*};
    }
    check! {
        Ix1 [7], [6], 7;
        Ix2 [2, 3], [1, 2], 6;
        Ix3 [2, 3, 2], [1, 2, 1], 12;
        Ix4 [2, 1, 3, 2], [1, 0, 2, 1], 12;
        Ix5 [1, 2, 1, 3, 2], [0, 1, 0, 2, 1], 12;
        Ix6 [2, 1, 2, 1, 3, 2], [1, 0, 1, 0, 2, 1], 24;
    }
}

/// A shared array is copied before it is written, as ndarray does.
#[test]
fn shared_arrays() {
    let shared = ArcArray::from(Array1::from(values::<i64>(10)));
    let mut part = shared.clone();
    part.slice_collapse(s![2..8;3]);
    set((&mut part).as_view_mut(), [1], 77);
    assert_eq!((part[0], part[1], shared[5]), (shared[2], 77, 6));
}

/// Views go to other threads, those to write by moving.
#[test]
fn threads() {
    let mut array = Array1::from(values::<i64>(10));
    std::thread::scope(|scope| {
        let view = array.as_view_mut();
        scope.spawn(move || view.set([3], 40));
    });
    let view = (&array).as_view();
    let got = std::thread::scope(|scope| [3, 4].map(|k| scope.spawn(move || view.get([k])).join().unwrap()));
    assert_eq!(got, [40, 5]);
}
