use ndarray::{ArrayView1, ArrayViewMut1};
use ufunc::jit;

#[jit]
fn value(x: ArrayView1<f64>, y: ArrayView1<f64>, mut out: ArrayViewMut1<f64>) {
    for i in 0..out.len() {
        out[i] = x + y;
    }
}

#[jit]
fn method(x: ArrayView1<f64>, out: &mut [f64]) {
    for i in 0..out.len() {
        out[i] = x.swap_axes(0, 0);
    }
}

#[jit]
fn assigned(x: &[f64], mut out: &mut [f64]) {
    out = x;
}

#[jit]
fn passed_on(x: &[f64], out: &mut [f64]) {
    for i in 0..out.len() {
        out[i] = helper(x, i);
    }
}

fn helper(x: &[f64], i: usize) -> f64 {
    x[i]
}

fn main() {}
