//! The functions of the cases, as a user writes them.

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2};
use ufunc::prelude::*;

#[guvectorize("(m?,n),(n,p?)->(m?,p?)")]
pub(super) fn matmul(a: ArrayView2<f64>, b: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    for i in 0..a.nrows() {
        for j in 0..b.ncols() {
            let mut total = 0.0;
            #[scalar]
            for k in 0..a.ncols() {
                total += a[[i, k]] * b[[k, j]];
            }
            out[[i, j]] = total;
        }
    }
}

#[guvectorize("(n),(n)->()")]
pub(super) fn vecdot(x: &[f64], y: &[f64], out: &mut f64) {
    *out = 0.0;
    for (&a, &b) in x.iter().zip(y) {
        *out += a * b;
    }
}

#[guvectorize("(n),(n)->()", lanes = "core", reassoc)]
pub(super) fn inner1d(x: &[f64], y: &[f64], out: &mut f64) {
    let mut total = 0.0;
    for i in 0..x.len() {
        total += x[i] * y[i];
    }
    *out = total;
}

#[guvectorize("(3),(3)->(3)")]
pub(super) fn cross(a: ArrayView1<f64>, b: ArrayView1<f64>, mut out: ArrayViewMut1<f64>) {
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

#[guvectorize("(m),(n)->(m,n)")]
pub(super) fn outer(x: &[f64], y: &[f64], mut out: ArrayViewMut2<f64>) {
    for i in 0..x.len() {
        for j in 0..y.len() {
            out[[i, j]] = x[i] * y[j];
        }
    }
}

#[guvectorize("(m),(n)->(p)", dims(p = (m + n - 1).max(0)))]
pub(super) fn convolve(x: &[f64], y: &[f64], out: &mut [f64]) {
    for k in 0..out.len() {
        let mut total = 0.0;
        for i in 0..x.len() {
            if k >= i && k - i < y.len() {
                total += x[i] * y[k - i];
            }
        }
        out[k] = total;
    }
}

#[guvectorize("(n,d)->(p)", dims(p = n * (n - 1) / 2), lanes = "batch")]
pub(super) fn euclidean_pdist(x: ArrayView2<f64>, out: &mut [f64]) {
    let mut place = 0;
    for i in 0..x.nrows() {
        for j in i + 1..x.nrows() {
            let mut total = 0.0;
            for k in 0..x.ncols() {
                let difference = x[[i, k]] - x[[j, k]];
                total += difference * difference;
            }
            out[place] = total.sqrt();
            place += 1;
        }
    }
}

#[guvectorize("(n)->()")]
pub(super) fn nanmean(x: &[f64], out: &mut f64) {
    let (mut total, mut count) = (0.0, 0);
    for &value in x {
        if !value.is_nan() {
            total += value;
            count += 1;
        }
    }
    *out = total / count as f64;
}

#[guvectorize("(n),()->(n)")]
pub(super) fn moving_mean(x: &[f64], width: i64, out: &mut [f64]) {
    let mut total = 0.0;
    for i in 0..x.len() {
        let at = i as i64;
        total += x[i];
        if at >= width {
            total -= x[(at - width) as usize];
        }
        out[i] = total / width.min(at + 1) as f64;
    }
}

#[guvectorize("(n)->(n)")]
pub(super) fn cumsum(x: &[f64], out: &mut [f64]) {
    let mut total = 0.0;
    for i in 0..x.len() {
        total += x[i];
        out[i] = total;
    }
}

#[guvectorize("(n)->(n)", lanes = "core", reassoc)]
pub(super) fn softmax(x: &[f64], out: &mut [f64]) {
    let mut top = f64::NEG_INFINITY;
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

#[guvectorize("(2,2)->()")]
pub(super) fn det2(a: ArrayView2<f64>, out: &mut f64) {
    *out = a[[0, 0]] * a[[1, 1]] - a[[0, 1]] * a[[1, 0]];
}

#[guvectorize("(3,3)->()")]
pub(super) fn det3(a: ArrayView2<f64>, out: &mut f64) {
    *out = a[[0, 0]] * (a[[1, 1]] * a[[2, 2]] - a[[1, 2]] * a[[2, 1]])
        + a[[0, 1]] * (a[[1, 2]] * a[[2, 0]] - a[[1, 0]] * a[[2, 2]])
        + a[[0, 2]] * (a[[1, 0]] * a[[2, 1]] - a[[1, 1]] * a[[2, 0]]);
}

/// Elimination with the largest pivot, which differs from item to item.
macro_rules! elimination {
    ($n:literal, $det:ident, $inv:ident, $solve:ident, $core:literal, $one:literal, $system:literal) => {
        #[guvectorize($one)]
        pub(super) fn $det(a: ArrayView2<f64>, out: &mut f64) {
            let mut m = [[0.0; $n]; $n];
            for i in 0..$n {
                for j in 0..$n {
                    m[i][j] = a[[i, j]];
                }
            }
            let mut det = 1.0;
            for k in 0..$n {
                let mut pivot = k;
                for i in k + 1..$n {
                    if m[i][k].abs() > m[pivot][k].abs() {
                        pivot = i;
                    }
                }
                if pivot != k {
                    det = -det;
                    for j in 0..$n {
                        let swapped = m[pivot][j];
                        m[pivot][j] = m[k][j];
                        m[k][j] = swapped;
                    }
                }
                det *= m[k][k];
                for i in k + 1..$n {
                    let factor = m[i][k] / m[k][k];
                    for j in 0..$n {
                        m[i][j] -= factor * m[k][j];
                    }
                }
            }
            *out = det;
        }

        #[guvectorize($core)]
        pub(super) fn $inv(a: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
            let mut m = [[0.0; $n]; $n];
            for i in 0..$n {
                for j in 0..$n {
                    m[i][j] = a[[i, j]];
                    out[[i, j]] = if i == j { 1.0 } else { 0.0 };
                }
            }
            for k in 0..$n {
                let mut pivot = k;
                for i in k + 1..$n {
                    if m[i][k].abs() > m[pivot][k].abs() {
                        pivot = i;
                    }
                }
                let scale = 1.0 / m[pivot][k];
                for j in 0..$n {
                    let (row, result) = (m[pivot][j] * scale, out[[pivot, j]] * scale);
                    m[pivot][j] = m[k][j];
                    out[[pivot, j]] = out[[k, j]];
                    m[k][j] = row;
                    out[[k, j]] = result;
                }
                for i in 0..$n {
                    if i != k {
                        let factor = m[i][k];
                        for j in 0..$n {
                            m[i][j] -= factor * m[k][j];
                            out[[i, j]] -= factor * out[[k, j]];
                        }
                    }
                }
            }
        }

        #[guvectorize($system)]
        pub(super) fn $solve(a: ArrayView2<f64>, b: ArrayView1<f64>, mut out: ArrayViewMut1<f64>) {
            let mut m = [[0.0; $n]; $n];
            for i in 0..$n {
                for j in 0..$n {
                    m[i][j] = a[[i, j]];
                }
                out[i] = b[i];
            }
            for k in 0..$n {
                let mut pivot = k;
                for i in k + 1..$n {
                    if m[i][k].abs() > m[pivot][k].abs() {
                        pivot = i;
                    }
                }
                let scale = 1.0 / m[pivot][k];
                let value = out[pivot] * scale;
                out[pivot] = out[k];
                out[k] = value;
                for j in 0..$n {
                    let row = m[pivot][j] * scale;
                    m[pivot][j] = m[k][j];
                    m[k][j] = row;
                }
                for i in 0..$n {
                    if i != k {
                        let factor = m[i][k];
                        out[i] -= factor * out[k];
                        for j in 0..$n {
                            m[i][j] -= factor * m[k][j];
                        }
                    }
                }
            }
        }
    };
}

elimination!(2, elimination2, inv2, solve2, "(2,2)->(2,2)", "(2,2)->()", "(2,2),(2)->(2)");
elimination!(3, elimination3, inv3, solve3, "(3,3)->(3,3)", "(3,3)->()", "(3,3),(3)->(3)");
elimination!(4, det4, inv4, solve4, "(4,4)->(4,4)", "(4,4)->()", "(4,4),(4)->(4)");
