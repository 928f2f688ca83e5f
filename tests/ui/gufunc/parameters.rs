use ndarray::{ArrayView2, ArrayViewMut2};
use ufunc::prelude::*;

#[guvectorize("(n),(n)->()")]
fn too_few(x: &[f64], out: &mut f64) {
    *out = x[0];
}

#[guvectorize("(n)->()")]
fn too_many(x: &[f64], table: &[f64], out: &mut f64) {
    *out = x[0] + table[0];
}

#[guvectorize("(n)->(n)")]
fn no_output(x: &[f64]) -> f64 {
    x[0]
}

#[guvectorize("(m,n)->(n)")]
fn ranks(x: &[f64], mut out: ArrayViewMut2<f64>) {
    out[[0, 0]] = x[0];
}

#[guvectorize("(n),()->()")]
fn single(x: ArrayView2<f64>, y: &f64, out: &mut [f64]) {
    out[0] = x[[0, 0]] + y;
}

#[guvectorize("(n)->()")]
fn uniform(x: &[f64], #[uniform] table: &mut [f64], out: &mut f64) {
    *out = x[0] + table[0];
}

#[guvectorize("(n)->()")]
fn generic<T>(x: &[f64], out: &mut f64) {
    *out = x[0];
}

fn main() {}
