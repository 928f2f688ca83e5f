use ndarray::{Array1, Array2, Array3, ArrayView1, ArrayView2, array};
use ufunc::prelude::*;

#[guvectorize("(n),()->(n)")]
fn add_to_row(x: &[i64], y: i64, out: &mut [i64]) {
    for i in 0..x.len() {
        out[i] = x[i] + y;
    }
}

#[guvectorize("(n),(n)->()")]
fn inner1d(x: ArrayView1<f64>, y: ArrayView1<f64>, out: &mut f64) {
    let mut total = 0.0;
    for i in 0..x.len() {
        total += x[i] * y[i];
    }
    *out = total;
}

#[guvectorize("(3,3)->()")]
fn det3(a: ArrayView2<f64>, out: &mut f64) {
    *out = a[[0, 0]] * (a[[1, 1]] * a[[2, 2]] - a[[1, 2]] * a[[2, 1]])
        - a[[0, 1]] * (a[[1, 0]] * a[[2, 2]] - a[[1, 2]] * a[[2, 0]])
        + a[[0, 2]] * (a[[1, 0]] * a[[2, 1]] - a[[1, 1]] * a[[2, 0]]);
}

#[test]
fn in_one_core() {
    assert_eq!(add_to_row::LANES, "core or batch");
    assert_eq!(add_to_row::SIGNATURE, "(n),()->(n)");
    let x = Array2::from_shape_fn((3, 37), |(i, j)| (i * 100 + j) as i64);
    let y = array![1, 2, 3];
    let result: Array2<i64> = add_to_row(&x, &y);
    assert_eq!(result, Array2::from_shape_fn((3, 37), |(i, j)| (i * 100 + j + i + 1) as i64));
    let result: Array2<i64> = add_to_row(&x, 5);
    assert_eq!(result[[2, 36]], 241);
    let result: Vec<i64> = add_to_row(&[1, 2, 3], 5);
    assert_eq!(result, [6, 7, 8]);
    // Columns as cores.
    let result: Array2<i64> = add_to_row(x.t(), 5);
    assert_eq!(result, (&x + 5).t());
}

#[test]
fn across_the_batch() {
    assert_eq!(det3::LANES, "batch");
    for items in [0, 1, 2, 15, 16, 17, 100, 1000] {
        let a = Array3::from_shape_fn((items, 3, 3), |(i, j, k)| ((i * 31 + j * 7 + k * k * 5) % 17) as f64 - 8.0);
        let result: Array1<f64> = det3(&a);
        let expected: Vec<f64> = a
            .outer_iter()
            .map(|a| {
                let mut out = 0.0;
                det3::scalar(a, &mut out);
                out
            })
            .collect();
        assert_eq!(result.to_vec(), expected);
    }
    let one: f64 = det3(&Array2::eye(3));
    assert_eq!(one, 1.0);
}

#[test]
fn sums_in_order_are_across_the_batch() {
    assert_eq!(inner1d::LANES, "batch");
    let dot: f64 = inner1d(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]);
    assert_eq!(dot, 32.0);
    let x = Array2::from_shape_fn((50, 20), |(i, j)| (i + j) as f64 / 3.0);
    let y = Array1::from_shape_fn(20, |j| j as f64 / 7.0);
    let result: Array1<f64> = inner1d(&x, &y);
    for (i, result) in result.iter().enumerate() {
        let mut out = 0.0;
        inner1d::scalar(x.row(i), y.view(), &mut out);
        assert_eq!(*result, out);
    }
    // So large that lanes go to the operands themselves.
    let x = Array2::from_shape_fn((3, 100_000), |(i, j)| ((i + j) % 10) as f64);
    let y = Array1::ones(100_000);
    assert_eq!(inner1d(&x, &y), array![450_000.0, 450_000.0, 450_000.0]);
    assert_eq!(inner1d(&y, &y), 100_000.0);
}
