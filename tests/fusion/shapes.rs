//! Views of parameters as operands: slices, rows, columns, transposes, broadcasts.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis, s};
use ufunc::prelude::*;

use crate::harness::{matrices, same, vectors};

#[jit]
fn differences(x: ArrayView1<f64>) -> Array1<f64> {
    &x.slice(s![1..]) - &x.slice(s![..-1])
}

#[jit]
fn symmetric(x: ArrayView2<f64>) -> Array2<f64> {
    let n = x.nrows().min(x.ncols());
    let square = x.slice(s![..n, ..n]);
    (&square + &square.t()) * 0.5
}

#[jit]
fn corner(x: ArrayView2<f64>) -> Array1<f64> {
    let row = x.row(0);
    let (first, last) = (x[[0, 0]], x[(0, x.ncols() - 1)]);
    (&row - first) * (&x.index_axis(Axis(0), x.nrows() - 1) + last)
}

#[jit]
fn trace(x: ArrayView2<f64>) -> f64 {
    x.diag().mapv(|v| v + 1.0).sum()
}

#[jit]
fn spread(x: ArrayView1<f64>, n: usize) -> Array2<f64> {
    let wide: ArrayView2<f64> = x.broadcast((n, x.len())).unwrap();
    &wide * 2.0 + x.broadcast((n, x.len())).unwrap()
}

#[jit]
fn column_sums(x: ArrayView2<f64>) -> Array1<f64> {
    let mut sums = Array1::<f64>::zeros(x.ncols());
    for j in 0..x.ncols() {
        sums[j] = x.column(j).mapv(|v| v * v).sum();
    }
    sums
}

#[test]
fn views_are_operands() {
    vectors::<f64>(|x| {
        if !x.is_empty() {
            same!(0.0, differences(x));
        }
        same!(0.0, spread(x, 3));
    });
    matrices::<f64>(|x| {
        same!(0.0, symmetric(x));
        same!(1e3, trace(x));
        same!(1e3, column_sums(x));
        if !x.is_empty() {
            same!(0.0, corner(x));
        }
    });
}
