//! Calls of one item, which have a way of their own: the results are those of the same item among others, and so are the errors.

use ndarray::{Array1, Array2, Array3, ArrayView1, ArrayViewMut1, ArrayViewMut2, Axis, array, s};
use ufunc::prelude::*;
use ufunc::{ErrorKind, Level};

#[guvectorize("(n),(n)->(n),()")]
fn sums(x: &[f64], y: &[f64], out: &mut [f64], count: &mut i64) {
    for i in 0..x.len() {
        out[i] = x[i] + y[i];
    }
    *count = x.len() as i64;
}

/// Each sum so far.
#[guvectorize("(n)->(n)", lanes = "batch")]
fn running(x: &[f64], out: &mut [f64]) {
    let mut total = 0.0;
    for i in 0..x.len() {
        total += x[i];
        out[i] = total;
    }
}

/// The first elements; the others are kept.
#[guvectorize("(3),()->(3)")]
fn first_of(x: ArrayView1<f32>, count: i64, mut out: ArrayViewMut1<f32>) {
    for i in 0..3 {
        if (i as i64) < count {
            out[i] = x[i];
        }
    }
}

#[guvectorize("(m),(n)->(m,n)")]
fn products(x: ArrayView1<f64>, y: ArrayView1<f64>, mut out: ArrayViewMut2<f64>) {
    for i in 0..x.len() {
        for j in 0..y.len() {
            out[[i, j]] = x[i] * y[j];
        }
    }
}

#[guvectorize("(m)->(n)")]
fn stretched(x: ArrayView1<f64>, mut out: ArrayViewMut1<f64>) {
    for i in 0..out.len() {
        out[i] = x[0];
    }
}

fn levels() -> impl Iterator<Item = Level> {
    [Level::Scalar, Level::Sse2, Level::Avx2, Level::Avx512].into_iter().filter(|level| level.is_available())
}

#[test]
fn cores_of_all_lengths_and_steps() {
    for level in levels() {
        for len in [0, 1, 2, 3, 8, 37] {
            let x = Array1::from_shape_fn(2 * len, |i| i as f64);
            let y = Array1::from_shape_fn(len, |i| 100.0 * i as f64);
            let (even, backwards) = (x.slice(s![..;2]), y.slice(s![..;-1]));
            let (out, count): (Array1<f64>, i64) = sums::with(even, backwards).level(level).eval();
            assert_eq!((out, count), (&even + &backwards, len as i64), "{level}");
            let mut total = 0.0;
            let expected = even.mapv(|x| {
                total += x;
                total
            });
            let found: Array1<f64> = running::with(even).level(level).eval();
            assert_eq!(found, expected, "{level}");
            let found: Array2<f64> = products::with(even, backwards).level(level).eval();
            assert_eq!(found, Array2::from_shape_fn((len, len), |(i, j)| even[i] * backwards[j]), "{level}");
        }
    }
}

#[test]
fn loop_dimensions_of_length_one() {
    let (x, y) = (array![[[1.0, 2.0, 3.0]]], array![10.0, 20.0, 30.0]);
    for level in levels() {
        let mut out = Array3::zeros((1, 3, 1));
        let mut count = Array2::zeros((1, 1));
        let rows = out.view_mut().permuted_axes([0, 2, 1]);
        sums::with(&x, &y).level(level).into((rows, &mut count));
        assert_eq!((&out, &count), (&array![[[11.0], [22.0], [33.0]]], &array![[3]]), "{level}");
        let (out, count): (Array3<f64>, Array2<i64>) = sums::with(&x, &y).level(level).eval();
        assert_eq!((out, count), (array![[[11.0, 22.0, 33.0]]], array![[3]]), "{level}");
    }
}

#[test]
fn what_is_not_written_is_kept_or_zero() {
    let x = array![1.0, 2.0, 3.0];
    for level in levels() {
        let fresh: Array1<f32> = first_of::with(&x, 2).level(level).eval();
        assert_eq!(fresh, array![1.0, 2.0, 0.0], "{level}");
        let mut kept = array![7.0, 7.0, 7.0, 7.0, 7.0];
        first_of::with(&x, 1).level(level).into(kept.slice_mut(s![..;-2]));
        assert_eq!(kept, array![7.0, 7.0, 7.0, 7.0, 1.0], "{level}");
    }
}

#[test]
fn errors_are_those_of_all_calls() {
    let x = array![1.0, 2.0, 3.0];
    let kind = |result: Result<(), ufunc::Error>| result.expect_err("the shapes do not fit").kind();
    let (mut out, mut count) = (Array1::zeros(3), 0);
    let short = sums::with(&x, &array![1.0]).try_into((&mut out, &mut count));
    assert_eq!(kind(short), ErrorKind::ShapeMismatch);
    let long = sums::with(&x.view().insert_axis(Axis(0)), &x).try_into((&mut out, &mut count));
    assert_eq!(kind(long), ErrorKind::OutputShape);
    let mut other = Array1::zeros(4);
    assert_eq!(kind(sums::with(&x, &x).try_into((&mut other, &mut count))), ErrorKind::OutputShape);
    let error = stretched::with(&x).try_eval().expect_err("no length is known");
    assert_eq!(error.kind(), ErrorKind::OutputShape);
    stretched::with(&x).into(&mut other);
    assert_eq!(other, array![1.0, 1.0, 1.0, 1.0]);
}
