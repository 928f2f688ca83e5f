use ndarray::ArrayViewMut2;
use ufunc::prelude::*;

#[jit]
fn histogram(x: &[u8], bins: &mut [u32]) {
    for i in prange(0..x.len()) {
        bins[x[i] as usize] = bins[0] + 1;
    }
}

#[jit]
fn neighbours(x: &mut [f64]) {
    for i in prange(1..x.len()) {
        x[i] = 0.5 * x[i - 1];
    }
}

#[jit]
fn both_axes(mut x: ArrayViewMut2<f64>) {
    for i in prange(0..x.nrows()) {
        for j in 0..x.ncols() {
            x[[i, j]] = x[[j, i]];
        }
    }
}

#[jit]
fn every_second(x: &[f64], out: &mut [f64]) {
    for i in prange(0..x.len()) {
        out[2 * i] = x[i];
    }
}

#[jit]
fn one_place(x: &[f64], out: &mut [f64]) {
    for i in prange(0..x.len()) {
        out[0] = x[i];
    }
}

fn main() {}
