//! One element of the result for one of each array.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2};
use ufunc::prelude::*;

use crate::harness::{check, exact, lengths, near};

#[jit]
fn saxpy(a: f32, x: &[f32], y: &mut [f32]) {
    for i in 0..x.len() {
        y[i] += a * x[i];
    }
}

#[jit]
fn saxpy_views(a: f64, x: ArrayView1<f64>, mut y: ArrayViewMut1<f64>) {
    for (y, x) in y.iter_mut().zip(x) {
        *y = a * x + *y;
    }
}

/// Horner's scheme for each element.
#[jit]
fn polynomial(x: ArrayView1<f64>, coefficients: &[f64], out: &mut [f64]) {
    for i in 0..x.len() {
        let mut value = 0.0;
        for k in (0..coefficients.len()).rev() {
            value = value * x[i] + coefficients[k];
        }
        out[i] = value;
    }
}

#[jit]
fn softmax_terms(x: ArrayView1<f64>, out: &mut [f64]) {
    for (i, v) in x.iter().enumerate() {
        out[i] = (v - 1.0).exp() + v.sin();
    }
}

#[jit]
fn negate_in_place(x: &mut [i32]) {
    for v in x.iter_mut() {
        *v = -*v;
    }
}

#[jit]
fn clip(x: ArrayView2<f32>, low: f32, high: f32, mut out: ArrayViewMut2<f32>) {
    for i in 0..x.nrows() {
        for j in 0..x.ncols() {
            let v = x[[i, j]];
            out[[i, j]] = if v < low {
                low
            } else if v > high {
                high
            } else {
                v
            };
        }
    }
}

/// Only some elements are written.
#[jit]
fn replace_negative(x: &[f64], out: &mut [f64]) -> usize {
    let mut kept = 0;
    for i in 0..x.len() {
        if x[i] < 0.0 {
            out[i] = 0.0;
            continue;
        }
        kept += 1;
    }
    kept
}

#[jit]
fn reversed(x: &[u8], out: &mut [u8]) {
    let n = x.len();
    for i in 0..n {
        out[i] = x[n - 1 - i];
    }
}

#[jit]
fn backwards(x: ArrayView1<i64>, mut out: ArrayViewMut1<i64>) {
    for i in (0..x.len()).rev() {
        out[i] = x[i] ^ i as i64;
    }
}

#[jit]
fn every_third(x: &[f32], out: &mut [f32]) {
    for i in (1..x.len()).step_by(3) {
        out[i] = 2.0 * x[i - 1];
    }
}

#[jit]
fn every_kth(x: ArrayView1<f64>, k: usize, out: &mut [f64]) {
    for i in (0..x.len()).rev().step_by(k) {
        out[i / k] = x[i];
    }
}

#[jit]
fn transpose(x: ArrayView2<f32>, mut out: ArrayViewMut2<f32>) {
    for i in 0..x.nrows() {
        for j in 0..x.ncols() {
            out[[j, i]] = x[[i, j]];
        }
    }
}

/// A diagonal has a distance of both strides.
#[jit]
fn diagonal(x: ArrayView2<i32>, out: &mut [i32]) {
    for i in 0..x.nrows().min(x.ncols()) {
        out[i] = x[(i, i)];
    }
}

/// The upper triangle, whose rows begin further on each.
#[jit]
fn upper(x: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    for i in 0..x.nrows() {
        for j in i..x.ncols() {
            out[[i, j]] = x[[i, j]];
        }
    }
}

#[jit]
fn masks(x: &[f64], bound: f64, out: &mut [bool]) {
    for i in 0..x.len() {
        out[i] = x[i] > bound && x[i].is_finite();
    }
}

#[jit]
fn invert(flags: ArrayView1<bool>, mut out: ArrayViewMut1<bool>) {
    for i in 0..flags.len() {
        out[i] = !flags[i] ^ (i % 3 == 0);
    }
}

/// A pick by an index array, which may point anywhere.
#[jit]
fn take(x: ArrayView1<f32>, index: &[u32], out: &mut [f32]) {
    for i in 0..index.len() {
        out[i] = x[index[i] as usize];
    }
}

/// A permutation: of one place twice the later one counts, as it does in order.
#[jit]
fn put(x: &[f64], index: &[usize], mut out: ArrayViewMut1<f64>) {
    for i in 0..index.len() {
        out[index[i]] = x[i];
    }
}

/// Arrays that own their elements.
#[jit]
fn scale(factor: f64, x: &Array2<f64>, row: &Array1<f64>, out: &mut Array2<f64>) {
    for i in 0..x.nrows() {
        for j in 0..x.ncols() {
            out[[i, j]] = factor * x[[i, j]] * row[j];
        }
    }
}

/// Fixed lengths.
#[jit]
fn rotate(angles: &[f32; 21], out: &mut [f32; 21]) {
    for i in 0..21 {
        out[i] = angles[i] * angles[20 - i];
    }
}

/// Elements of different widths meet in the same lanes.
#[jit]
fn widths(a: &[u8], b: &[i16], c: &[f32], d: &[f64], out: &mut [f64]) {
    for i in 0..a.len() {
        out[i] = a[i] as f64 + b[i] as f64 * c[i] as f64 - d[i];
    }
}

#[test]
fn linear() {
    check(lengths(), true, |case| {
        let x = case.slice(case.n);
        let y = case.slice(case.n + case.n % 2);
        exact!(case, saxpy(0.5, x.slice(), y.slice_mut()) writes y);
        let x = case.array(case.n);
        let y = case.array(case.n);
        exact!(case, saxpy_views(-1.5, x.view(), y.view_mut()) writes y);
        let (x, c) = (case.array(case.n), case.slice(case.n % 9));
        let out = case.slice(case.n);
        exact!(case, polynomial(x.view(), c.slice(), out.slice_mut()) writes out);
        let (a, b, c, d) = (case.slice(case.n), case.slice(case.n), case.slice(case.n), case.slice(case.n));
        let out = case.slice(case.n);
        exact!(case, widths(a.slice(), b.slice(), c.slice(), d.slice(), out.slice_mut()) writes out);
    });
}

#[test]
fn math_functions() {
    check(lengths(), true, |case| {
        let x = case.array(case.n);
        let out = case.slice(case.n);
        near!(case, 1e-15, math, softmax_terms(x.view(), out.slice_mut()) writes out);
    });
}

#[test]
fn conditions() {
    check(lengths(), true, |case| {
        let x = case.slice(case.n);
        exact!(case, negate_in_place(x.slice_mut()) writes x);
        let x = case.matrix(1 + case.n % 4, case.n);
        let out = case.matrix(1 + case.n % 4, case.n);
        exact!(case, clip(x.view(), -0.5, 0.25, out.view_mut()) writes out);
        let x = case.slice(case.n);
        let out = case.slice(case.n);
        exact!(case, replace_negative(x.slice(), out.slice_mut()) writes out);
        let x = case.slice(case.n);
        let out = case.slice(case.n);
        exact!(case, masks(x.slice(), 0.25, out.slice_mut()) writes out);
        let x = case.array(case.n);
        let out = case.array(case.n);
        exact!(case, invert(x.view(), out.view_mut()) writes out);
    });
}

#[test]
fn directions() {
    check(lengths(), true, |case| {
        let x = case.slice(case.n);
        let out = case.slice(case.n);
        exact!(case, reversed(x.slice(), out.slice_mut()) writes out);
        let x = case.array(case.n);
        let out = case.array(case.n);
        exact!(case, backwards(x.view(), out.view_mut()) writes out);
        let x = case.slice(case.n);
        let out = case.slice(case.n);
        exact!(case, every_third(x.slice(), out.slice_mut()) writes out);
        let x = case.array(case.n);
        for k in [1, 2, 5] {
            let out = case.slice(case.n);
            exact!(case, every_kth(x.view(), k, out.slice_mut()) writes out);
        }
    });
}

#[test]
fn matrices() {
    check(lengths(), true, |case| {
        let x = case.matrix(case.n, 1 + case.n % 9);
        let out = case.matrix(1 + case.n % 9, case.n);
        exact!(case, transpose(x.view(), out.view_mut()) writes out);
        let x = case.matrix(case.n, case.n + 1);
        let out = case.slice(case.n);
        exact!(case, diagonal(x.view(), out.slice_mut()) writes out);
        let x = case.matrix(case.n.min(50), case.n);
        let out = case.matrix(case.n.min(50), case.n);
        exact!(case, upper(x.view(), out.view_mut()) writes out);
    });
}

#[test]
fn indices() {
    check(lengths(), true, |case| {
        let x = case.array(case.n + 1);
        let n = case.n;
        let index = case.slice_of(case.n, |random, _| random.below(n + 1) as u32);
        let out = case.slice(case.n);
        exact!(case, take(x.view(), index.slice(), out.slice_mut()) writes out);
        let x = case.slice(case.n);
        let index = case.slice_of(case.n, |random, _| random.below(n / 2 + 1));
        let out = case.array(case.n + 1);
        exact!(case, put(x.slice(), index.slice(), out.view_mut()) writes out);
    });
}

#[test]
fn owned_and_fixed() {
    check([1, 2, 17, 40], false, |case| {
        let x = case.matrix(case.n, 23).view().to_owned();
        let row = case.array(23).view().to_owned();
        let mut out = Array2::zeros((case.n, 23));
        scale::at(case.level, 2.0, &x, &row, &mut out);
        let mut twin = Array2::zeros((case.n, 23));
        scale::scalar(2.0, &x, &row, &mut twin);
        assert_eq!(out, twin, "at {}", case.level);
        let angles = std::array::from_fn(|i| (i * case.n) as f32);
        let (mut out, mut twin) = ([0.0; 21], [0.0; 21]);
        rotate::at(case.level, &angles, &mut out);
        rotate::scalar(&angles, &mut twin);
        assert_eq!(out, twin, "at {}", case.level);
    });
}
