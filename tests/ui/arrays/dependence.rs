use ndarray::{ArrayView1, ArrayViewMut2};
use ufunc::jit;

#[jit]
fn prefix(x: &mut [f64]) {
    for i in 1..x.len() {
        x[i] += x[i - 1];
    }
}

#[jit]
fn shift(x: &mut [i32], by: usize) {
    for i in 0..x.len() - by {
        x[i] = x[i + by];
    }
}

#[jit]
fn one_place_and_read(x: ArrayView1<f64>, out: &mut [f64]) {
    for i in 0..x.len() {
        out[0] = x[i];
        out[1] = out[0];
    }
}

#[jit]
fn reverse(x: &mut [f64]) {
    let n = x.len();
    for i in 0..n / 2 {
        let t = x[i];
        x[i] = x[n - 1 - i];
        x[n - 1 - i] = t;
    }
}

#[jit]
fn two_scatters(index: &[usize], out: &mut [f64]) {
    for i in 0..index.len() {
        out[index[i]] = 1.0;
        out[index[i] + 1] = 2.0;
    }
}

#[jit]
fn integral(mut x: ArrayViewMut2<f64>) {
    for i in 1..x.nrows() {
        for j in 1..x.ncols() {
            x[[i, j]] += x[[i - 1, j]] + x[[i, j - 1]] - x[[i - 1, j - 1]];
        }
    }
}

fn main() {}
