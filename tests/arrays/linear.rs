//! Linear algebra: products of matrices, dense and sparse, and least squares.

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2};
use ufunc::prelude::*;

use crate::harness::{check, exact, near};

/// The sums are in order: of the rows and columns, the columns become lanes.
#[jit]
fn product(a: ArrayView2<f64>, b: ArrayView2<f64>, mut c: ArrayViewMut2<f64>) {
    for i in 0..a.nrows() {
        for j in 0..b.ncols() {
            let mut total = 0.0;
            for k in 0..a.ncols() {
                total += a[[i, k]] * b[[k, j]];
            }
            c[[i, j]] = total;
        }
    }
}

#[jit]
fn product_by_rows(a: ArrayView2<f32>, b: ArrayView2<f32>, mut c: ArrayViewMut2<f32>) {
    for i in 0..a.nrows() {
        for j in 0..b.ncols() {
            c[[i, j]] = 0.0;
        }
        for k in 0..a.ncols() {
            let factor = a[[i, k]];
            for j in 0..b.ncols() {
                c[[i, j]] += factor * b[[k, j]];
            }
        }
    }
}

#[jit(reassoc)]
fn product_with_vector(a: ArrayView2<f64>, x: ArrayView1<f64>, mut y: ArrayViewMut1<f64>) {
    for i in 0..a.nrows() {
        let mut total = 0.0;
        for j in 0..a.ncols() {
            total += a[[i, j]] * x[j];
        }
        y[i] = total;
    }
}

#[jit]
fn outer(x: ArrayView1<i64>, y: &[i64], mut out: ArrayViewMut2<i64>) {
    for i in 0..x.len() {
        for j in 0..y.len() {
            out[[i, j]] = x[i] * y[j];
        }
    }
}

/// A sparse matrix in compressed rows: each lane has a row, which it goes through in order.
#[jit]
fn sparse(starts: &[usize], columns: &[u32], values: &[f64], x: &[f64], y: &mut [f64]) {
    for i in 0..y.len() {
        let mut total = 0.0;
        for k in starts[i]..starts[i + 1] {
            total += values[k] * x[columns[k] as usize];
        }
        y[i] = total;
    }
}

/// The gradient of the squared error of a line.
#[jit(reassoc)]
fn regression(x: ArrayView1<f64>, y: ArrayView1<f64>, slope: f64, offset: f64) -> (f64, f64) {
    let n = x.len() as f64;
    let (mut by_slope, mut by_offset) = (0.0, 0.0);
    for i in 0..x.len() {
        let error = slope * x[i] + offset - y[i];
        by_slope += error * x[i];
        by_offset += error;
    }
    (2.0 * by_slope / n, 2.0 * by_offset / n)
}

/// A lower triangle solved for many right-hand sides: they are lanes.
#[jit]
fn solve_lower(l: ArrayView2<f64>, mut b: ArrayViewMut2<f64>) {
    for i in 0..l.nrows() {
        for k in 0..i {
            for j in 0..b.ncols() {
                b[[i, j]] -= l[[i, k]] * b[[k, j]];
            }
        }
        for j in 0..b.ncols() {
            b[[i, j]] /= l[[i, i]];
        }
    }
}

/// The greatest absolute sum of a row.
#[jit]
fn norm_of_rows(a: ArrayView2<i32>) -> i32 {
    let mut greatest = 0;
    for i in 0..a.nrows() {
        let mut total = 0;
        for j in 0..a.ncols() {
            total += a[[i, j]].wrapping_abs();
        }
        greatest = greatest.max(total);
    }
    greatest
}

#[test]
fn dense() {
    check((0..40).chain([70]), true, |case| {
        let (rows, inner) = (case.n % 5, case.n % 13);
        let (a, b, c) = (case.matrix(rows, inner), case.matrix(inner, case.n), case.matrix(rows, case.n));
        exact!(case, product(a.view(), b.view(), c.view_mut()) writes c);
        let (a, b, c) = (case.matrix(rows, inner), case.matrix(inner, case.n), case.matrix(rows, case.n));
        exact!(case, product_by_rows(a.view(), b.view(), c.view_mut()) writes c);
        let (x, y, out) = (case.array(case.n), case.slice(inner), case.matrix(case.n, inner));
        exact!(case, outer(x.view(), y.slice(), out.view_mut()) writes out);
        let (l, b) = (case.matrix(rows, rows), case.matrix(rows, case.n));
        exact!(case, solve_lower(l.view(), b.view_mut()) writes b);
        let a = case.matrix(rows, case.n);
        exact!(case, norm_of_rows(a.view()));
    });
    check((0..71).chain([300]), false, |case| {
        let (a, x, y) = (case.matrix(3, case.n), case.array(case.n), case.array(3));
        near!(case, 1e-14, order, product_with_vector(a.view(), x.view(), y.view_mut()) writes y);
        let (x, y) = (case.array(case.n), case.array(case.n));
        near!(case, 1e-14, order, regression(x.view(), y.view(), 0.3, -0.2));
    });
}

#[test]
fn compressed_rows() {
    check((0..71).chain([300]), true, |case| {
        let mut at = 0;
        // Rows of very different lengths, some of them empty.
        let starts = case.slice_of(case.n + 1, |random, i| {
            at += if i == 0 { 0 } else { random.below(5) * random.below(3) };
            at
        });
        let n = case.n;
        let columns = case.slice_of(at, |random, _| random.below(n) as u32);
        let (values, x, y) = (case.slice(at), case.slice(n), case.slice(n));
        exact!(case, sparse(starts.slice(), columns.slice(), values.slice(), x.slice(), y.slice_mut()) writes y);
    });
}
