//! Where lanes are when nobody says so: for small functions as they are usually written.

use ndarray::{Array, Array1, Array2, Array3, ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2, Dimension, array};
use ufunc::Level;
use ufunc::prelude::*;

#[guvectorize("(m,m)->()")]
fn determinant(a: ArrayView2<f64>, out: &mut f64) {
    *out = a[[0, 0]] * (a[[1, 1]] * a[[2, 2]] - a[[1, 2]] * a[[2, 1]])
        + a[[0, 1]] * (a[[1, 2]] * a[[2, 0]] - a[[1, 0]] * a[[2, 2]])
        + a[[0, 2]] * (a[[1, 0]] * a[[2, 1]] - a[[1, 1]] * a[[2, 0]]);
}

/// By cofactors, in loops.
#[guvectorize("(3,3)->(3,3)")]
fn inverse(a: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    let mut det = 0.0;
    for j in 0..3 {
        let (k, l) = ((j + 1) % 3, (j + 2) % 3);
        det += a[[0, j]] * (a[[1, k]] * a[[2, l]] - a[[1, l]] * a[[2, k]]);
    }
    for i in 0..3 {
        for j in 0..3 {
            let (i1, i2, j1, j2) = ((i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3);
            out[[j, i]] = (a[[i1, j1]] * a[[i2, j2]] - a[[i1, j2]] * a[[i2, j1]]) / det;
        }
    }
}

#[guvectorize("(n),(n)->(n)")]
fn cross(a: &[f64], b: &[f64], out: &mut [f64]) {
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

/// Quaternions, the real part first.
#[guvectorize("(4),(4)->(4)")]
fn hamilton(p: ArrayView1<f32>, q: ArrayView1<f32>, mut out: ArrayViewMut1<f32>) {
    out[0] = p[0] * q[0] - p[1] * q[1] - p[2] * q[2] - p[3] * q[3];
    out[1] = p[0] * q[1] + p[1] * q[0] + p[2] * q[3] - p[3] * q[2];
    out[2] = p[0] * q[2] - p[1] * q[3] + p[2] * q[0] + p[3] * q[1];
    out[3] = p[0] * q[3] + p[1] * q[2] - p[2] * q[1] + p[3] * q[0];
}

/// Of real matrices with real eigenvalues, the lesser one first.
#[guvectorize("(2,2)->(2)")]
fn eigenvalues(a: ArrayView2<f64>, out: &mut [f64]) {
    let half = 0.5 * (a[[0, 0]] + a[[1, 1]]);
    let det = a[[0, 0]] * a[[1, 1]] - a[[0, 1]] * a[[1, 0]];
    let root = (half * half - det).max(0.0).sqrt();
    out[0] = half - root;
    out[1] = half + root;
}

#[guvectorize("(m,n),(n,p)->(m,p)")]
fn product(a: ArrayView2<f64>, b: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    for i in 0..a.nrows() {
        for j in 0..b.ncols() {
            let mut total = 0.0;
            for k in 0..a.ncols() {
                total += a[[i, k]] * b[[k, j]];
            }
            out[[i, j]] = total;
        }
    }
}

/// Coefficients from the constant on.
#[guvectorize("(n),()->()")]
fn horner(coefficients: &[f64], x: f64, out: &mut f64) {
    let mut y = 0.0;
    for &c in coefficients.iter().rev() {
        y = y * x + c;
    }
    *out = y;
}

#[guvectorize("(n)->()")]
fn nanmean(x: &[f32], out: &mut f32) {
    let (mut total, mut count) = (0.0, 0);
    for &value in x {
        if !value.is_nan() {
            total += value;
            count += 1;
        }
    }
    *out = total / count as f32;
}

/// The same in any order.
#[guvectorize("(n)->()", reassoc)]
fn nanmean_in_any_order(x: &[f32], out: &mut f32) {
    let (mut total, mut count) = (0.0, 0);
    for &value in x {
        if !value.is_nan() {
            total += value;
            count += 1;
        }
    }
    *out = total / count as f32;
}

#[guvectorize("(n),()->(n)")]
fn moving_average(x: &[f64], width: usize, out: &mut [f64]) {
    let mut total = 0.0;
    for i in 0..x.len() {
        total += x[i];
        if i >= width {
            total -= x[i - width];
        }
        out[i] = total / width.min(i + 1) as f64;
    }
}

/// Two coefficients forward and two back.
#[guvectorize("(n),(2),(2)->(n)")]
fn iir(x: &[f64], b: &[f64], a: &[f64], out: &mut [f64]) {
    for i in 0..x.len() {
        let mut y = b[0] * x[i];
        if i >= 1 {
            y += b[1] * x[i - 1] - a[0] * out[i - 1];
        }
        if i >= 2 {
            y -= a[1] * out[i - 2];
        }
        out[i] = y;
    }
}

#[guvectorize("(n)->(n)")]
fn cumulative_product(x: &[f64], out: &mut [f64]) {
    let mut total = 1.0;
    for i in 0..x.len() {
        total *= x[i];
        out[i] = total;
    }
}

#[guvectorize("(n)->(n)", reassoc)]
fn softmax(x: &[f32], out: &mut [f32]) {
    let mut top = f32::NEG_INFINITY;
    for &value in x {
        top = top.max(value);
    }
    let mut total = 0.0;
    for i in 0..x.len() {
        let power = (x[i] - top).exp();
        out[i] = power;
        total += power;
    }
    for i in 0..x.len() {
        out[i] /= total;
    }
}

/// Its length is known beforehand, and long.
#[guvectorize("(64)->()", reassoc)]
fn norm64(x: &[f32], out: &mut f32) {
    let mut total = 0.0;
    for &value in x {
        total += value * value;
    }
    *out = total.sqrt();
}

/// A loop that is marked is still lanes where each lane has a core.
#[guvectorize("(n)->()")]
fn marked(x: &[f64], out: &mut f64) {
    let mut total = 0.0;
    #[scalar]
    for &value in x {
        total += value;
    }
    *out = total;
}

/// Numbers that look like nothing in particular, the same every time.
fn numbers<D: Dimension>(shape: impl ndarray::ShapeBuilder<Dim = D>) -> Array<f64, D> {
    let mut state = 7_u32;
    Array::from_shape_simple_fn(shape, || {
        state = state.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
        f64::from(state >> 12) / 262_144.0 - 2.0
    })
}

fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}

#[test]
fn small_cores_are_across_the_batch() {
    assert_eq!(determinant::LANES, "batch");
    assert_eq!(inverse::LANES, "batch");
    assert_eq!(cross::LANES, "batch");
    assert_eq!(hamilton::LANES, "batch");
    assert_eq!(eigenvalues::LANES, "batch");
    assert_eq!(horner::LANES, "batch");
    assert_eq!(nanmean::LANES, "batch");
    assert_eq!(marked::LANES, "batch");
}

#[test]
fn loops_that_carry_values_are_across_the_batch() {
    assert_eq!(moving_average::LANES, "batch");
    assert_eq!(iir::LANES, "batch");
    assert_eq!(cumulative_product::LANES, "batch");
}

#[test]
fn lengths_decide_where_both_are_right() {
    let small = numbers((50, 4, 4));
    let large = numbers((3, 40, 40));
    assert_eq!(product::LANES, "core or batch");
    assert_eq!(product::with(&small, &small).lanes(), Ok("batch"));
    assert_eq!(product::with(&large, &large).lanes(), Ok("core"));
    // Few columns, but a core that is large all the same.
    assert_eq!(product::with(&numbers((400, 100)), &numbers((100, 4))).lanes(), Ok("core"));
    let rows = |n: usize| numbers((20, n)).mapv(|x| x as f32);
    assert_eq!(nanmean_in_any_order::with(&rows(5)).lanes(), Ok("batch"));
    assert_eq!(nanmean_in_any_order::with(&rows(16)).lanes(), Ok("batch"));
    assert_eq!(nanmean_in_any_order::with(&rows(17)).lanes(), Ok("core"));
    assert_eq!(softmax::with(&rows(64)).lanes(), Ok("core"));
    assert_eq!(softmax::with(&rows(3)).lanes(), Ok("batch"));
    // Which axis is meant counts, not which one is last.
    assert_eq!(softmax::with(&rows(64)).axis(0).lanes(), Ok("core"));
    assert_eq!(softmax::with(rows(64).slice(ndarray::s![..4, ..])).axis(0).lanes(), Ok("batch"));
    assert!(product::with(&small, &large).lanes().is_err());
    assert_eq!(norm64::LANES, "core");
}

#[test]
fn results_are_those_of_the_twins() {
    for items in [1, 5, 16, 40] {
        let a = numbers((items, 3, 3));
        let (x, y) = (numbers((items, 3)), numbers((items, 3)).mapv(|x| x + 0.5));
        for level in levels() {
            let det: Array1<f64> = determinant::with(&a).level(level).eval();
            let inv: Array3<f64> = inverse::with(&a).level(level).eval();
            let cross: Array2<f64> = cross::with(&x, &y).level(level).eval();
            let eigen: Array2<f64> = eigenvalues::with(a.slice(ndarray::s![.., ..2, ..2])).level(level).eval();
            let horner: Array1<f64> = horner::with(&numbers((items, 8)), &numbers(items)).level(level).eval();
            let quaternions = numbers((items, 4)).mapv(|x| x as f32);
            let hamilton: Array2<f32> = hamilton::with(&quaternions, array![0.5, 0.25, -2.0, 1.0]).level(level).eval();
            for i in 0..items {
                let a = a.index_axis(ndarray::Axis(0), i);
                let (mut one, mut nine, mut three, mut two) = (0.0, Array2::zeros((3, 3)), [0.0; 3], [0.0; 2]);
                determinant::scalar(a, &mut one);
                inverse::scalar(a, nine.view_mut());
                cross::scalar(x.row(i).as_slice().unwrap(), y.row(i).as_slice().unwrap(), &mut three);
                eigenvalues::scalar(a.slice(ndarray::s![..2, ..2]), &mut two);
                assert_eq!(det[i], one);
                assert_eq!(inv.index_axis(ndarray::Axis(0), i), nine);
                assert_eq!(cross.row(i).to_vec(), three);
                assert_eq!(eigen.row(i).to_vec(), two);
                horner::scalar(numbers((items, 8)).row(i).as_slice().unwrap(), numbers(items)[i], &mut one);
                assert_eq!(horner[i], one);
                let mut four = Array1::zeros(4);
                hamilton::scalar(quaternions.row(i), array![0.5, 0.25, -2.0, 1.0].view(), four.view_mut());
                assert_eq!(hamilton.row(i), four);
            }
        }
    }
}

#[test]
fn both_ways_give_the_twins_results() {
    for level in levels() {
        for n in [0, 1, 2, 5, 16, 17, 33] {
            let (a, b) = (numbers((7, n, 3)), numbers((7, 3, n)));
            let out: Array3<f64> = product::with(&a, &b).level(level).eval();
            let back: Array3<f64> = product::with(&b, &a).level(level).eval();
            for i in 0..7 {
                let (a, b) = (a.index_axis(ndarray::Axis(0), i), b.index_axis(ndarray::Axis(0), i));
                let (mut expected, mut other) = (Array2::zeros((n, n)), Array2::zeros((3, 3)));
                product::scalar(a, b, expected.view_mut());
                product::scalar(b, a, other.view_mut());
                assert_eq!(out.index_axis(ndarray::Axis(0), i), expected, "{n} at {level}");
                assert_eq!(back.index_axis(ndarray::Axis(0), i), other, "{n} at {level}");
            }
        }
    }
}

/// A core has the same results whatever it is computed with.
#[test]
fn a_core_alone_has_the_bits_that_it_has_among_others() {
    for n in [5, 16, 17, 64, 100] {
        let rows = numbers((40, n)).mapv(|x| x as f32);
        let (all, means) = (softmax(&rows), nanmean_in_any_order(&rows));
        for level in levels().filter(|level| *level != Level::Sse2) {
            for i in [0, 15, 16, 39] {
                let alone: Array1<f32> = softmax::with(rows.row(i)).level(level).eval();
                assert_eq!(alone, all.row(i), "row {i} of {n} at {level}");
                let mean: f32 = nanmean_in_any_order::with(rows.row(i)).level(level).eval();
                assert_eq!(mean.to_bits(), means[i].to_bits(), "row {i} of {n} at {level}");
            }
        }
    }
}
