//! Views: single elements, and neighbours in lanes.

use ndarray::{Array1, Array2, Array3, ArrayView1, ArrayView2, s};
use ufunc::array::{AsView, AsViewMut, View};
use ufunc::lanes::{Mask, Simd, Vector};

use crate::values::{Values, masks, message, values};
use crate::{at_every_level, for_every_type};

/// What lanes `at`, `at + 1`, .. hold, and the first of those that are on and out of bounds.
fn neighbours<T: Values>(line: &[T], at: usize, on: u64, lanes: usize) -> (Vec<T>, Option<usize>) {
    let mut wanted = vec![T::default(); lanes];
    let mut outside = None;
    for lane in (0..lanes).filter(|lane| on >> lane & 1 != 0) {
        match line.get(at.wrapping_add(lane)) {
            Some(value) => wanted[lane] = *value,
            None => outside = outside.or(Some(at.wrapping_add(lane))),
        }
    }
    (wanted, outside)
}

/// Starts of gangs: in front of an array, within it and at its end.
fn starts(len: usize, lanes: usize) -> Vec<usize> {
    let mut starts =
        vec![0_usize.wrapping_sub(1), 0_usize.wrapping_sub(lanes), 0, 1, 2, len / 2, len - 1, len, len + 1];
    if len > lanes {
        starts.extend([len - lanes, len - lanes + 1]);
    }
    starts
}

fn loads<T: Values, S: Simd>(simd: S, line: &[T], view: View<'_, T, 1>) {
    assert_eq!((view.extent(0), view.len(), view.is_empty()), (line.len(), line.len(), line.is_empty()));
    for (k, value) in line.iter().enumerate() {
        assert_eq!(view.get([k]), *value);
    }
    for at in starts(line.len(), S::LANES) {
        for on in masks(S::LANES) {
            let (wanted, outside) = neighbours(line, at, on, S::LANES);
            let mut got = None;
            let panic = message(|| got = Some(view.load(simd, [at], 0, Mask::with_bits(simd, on)).to_array()));
            let len = line.len();
            assert_eq!(panic, outside.map(|k| format!("index out of bounds: the len is {len} but the index is {k}")));
            if let Some(got) = got {
                assert_eq!(got[..S::LANES], wanted, "{} at {at}, {on:b}", T::NAME);
            }
        }
    }
}

fn stores<T: Values, S: Simd>(simd: S, stride: isize, len: usize) {
    let reach = len * stride.unsigned_abs();
    for at in starts(len, S::LANES) {
        for on in masks(S::LANES) {
            let mask = Mask::with_bits(simd, on);
            let lanes = values::<T>(300);
            let value = Vector::from_slice(simd, &lanes[50..]);
            let mut got = Array1::from_elem(reach, T::default());
            let mut wanted = got.clone();
            let (_, outside) = neighbours(&vec![T::default(); len], at, on, S::LANES);
            let panic = message(|| {
                let view = got.slice_mut(s![..;stride]).as_view_mut();
                view.store([at], 0, mask, value);
            });
            assert_eq!(panic, outside.map(|k| format!("index out of bounds: the len is {len} but the index is {k}")));
            if outside.is_none() {
                let mut wanted = wanted.slice_mut(s![..;stride]);
                for lane in (0..S::LANES).filter(|lane| on >> lane & 1 != 0) {
                    wanted[at.wrapping_add(lane)] = lanes[50 + lane];
                }
            }
            assert_eq!(got, wanted, "{} at {at}, {on:b}, stride {stride}", T::NAME);
        }
    }
}

at_every_level! {
    /// Of all strides and element types, with all lanes or some, within bounds and beyond.
    fn neighbours_are_loaded<S>(simd) {
        macro_rules! check {
            ($($t:ident)*) => {$({
                for len in [1, S::LANES, 2 * S::LANES + 3] {
                    let memory = Array1::from(values::<$t>(2 * len));
                    for step in [1, 2, -1, -2] {
                        let strided = memory.slice(s![..;step]);
                        loads(simd, &strided.to_vec(), strided.as_view());
                    }
                    let one = memory.slice(s![1..2]);
                    let repeated = one.broadcast(len).unwrap();
                    loads(simd, &repeated.to_vec(), repeated.as_view());
                }
            })*};
        }
        for_every_type!(check);
    }

    fn neighbours_are_stored<S>(simd) {
        macro_rules! check {
            ($($t:ident)*) => {$(
                for stride in [1, 2, -1, -2] {
                    stores::<$t, S>(simd, stride, 2 * S::LANES + 3);
                }
                stores::<$t, S>(simd, 1, 2);
            )*};
        }
        for_every_type!(check);
    }

    /// Along either axis of arrays in both memory orders; the other axis's index is checked where a lane is on.
    fn axes_of_matrices<S>(simd) {
        let (rows, columns) = (S::LANES + 2, S::LANES + 5);
        let dense = Array2::from_shape_vec((rows, columns), values::<i32>(rows * columns)).unwrap();
        let mut turned = Array2::<i32>::zeros((columns, rows)).reversed_axes();
        turned.assign(&dense);
        for array in [dense.view(), turned.view(), dense.slice(s![..;-1, ..])] {
            let view = array.as_view();
            assert_eq!((view.extent(0), view.extent(1), view.len()), (rows, columns, rows * columns));
            for on in masks(S::LANES) {
                let mask = Mask::with_bits(simd, on);
                for (axis, at) in [(0, [1, 3]), (0, [2, columns - 1]), (1, [3, 4]), (1, [rows - 1, 0])] {
                    let line: ArrayView1<'_, i32> = array.index_axis(ndarray::Axis(1 - axis), at[1 - axis]);
                    let (wanted, outside) = neighbours(&line.to_vec(), at[axis], on, S::LANES);
                    assert_eq!(outside, None);
                    assert_eq!(view.load(simd, at, axis, mask).to_array()[..S::LANES], wanted);
                }
                for (axis, at) in [(0, [0, columns]), (1, [rows, 0])] {
                    let len = array.shape()[1 - axis];
                    let wanted = (on != 0).then(|| {
                        format!("index out of bounds: the len of axis {} is {len} but the index is {len}", 1 - axis)
                    });
                    assert_eq!(message(|| view.load(simd, at, axis, mask)), wanted);
                }
            }
        }
        let mut array = dense.clone();
        array.as_view_mut().store([1, 3], 0, Mask::with_bits(simd, 0b101), Vector::splat(simd, -7));
        let mut wanted = dense.clone();
        (wanted[[1, 3]], wanted[[3, 3]]) = (-7, -7);
        assert_eq!(array, wanted);
    }
}

#[test]
fn elements_of_many_axes() {
    let mut array = Array3::from_shape_vec((2, 3, 4), values::<f32>(24)).unwrap();
    let view = array.as_view();
    assert_eq!(([0, 1, 2].map(|axis| view.extent(axis)), view.len()), ([2, 3, 4], 24));
    for ((i, j, k), value) in array.indexed_iter() {
        assert_eq!(view.get([i, j, k]), *value);
    }
    let wanted = array[[1, 2, 3]];
    let mut view = array.view_mut().permuted_axes([2, 0, 1]).as_view_mut();
    view.set([3, 1, 2], view.get([3, 1, 2]) + 0.5);
    view.reborrow().set([0, 0, 0], -1.0);
    assert_eq!(view.as_view().get([3, 1, 2]), wanted + 0.5);
    assert_eq!((array[[1, 2, 3]], array[[0, 0, 0]]), (wanted + 0.5, -1.0));
}

/// The messages are Rust's, and name the axis where there are several; the place is the caller's.
#[test]
fn elements_out_of_bounds() {
    let line = [1_u8, 2, 3];
    let rust = message(|| line[std::hint::black_box(3)]);
    assert_eq!(rust, Some("index out of bounds: the len is 3 but the index is 3".to_owned()));
    assert_eq!(message(|| line.as_view().get([3])), rust);
    assert_eq!(message(|| line.clone().as_view_mut().get([3])), rust);
    assert_eq!(message(|| line.clone().as_view_mut().set([3], 0)), rust);
    let array = ArrayView2::from_shape((1, 3), &line).unwrap();
    let wanted = |axis, len, index: usize| {
        Some(format!("index out of bounds: the len of axis {axis} is {len} but the index is {index}"))
    };
    assert_eq!(message(|| array.as_view().get([1, 0])), wanted(0, 1, 1));
    assert_eq!(message(|| array.as_view().get([0, usize::MAX])), wanted(1, 3, usize::MAX));
    let nothing: &[f64] = &[];
    assert_eq!(
        message(|| nothing.as_view().get([0])),
        Some("index out of bounds: the len is 0 but the index is 0".to_owned())
    );
}
