use ndarray::{ArrayView1, ArrayView2};
use ufunc::prelude::*;

#[guvectorize("(n)->(n)")]
fn not_mutable(x: &[f64], out: &[f64]) {
    for i in 0..x.len() {
        out[i] = x[i];
    }
}

#[guvectorize("(n)->(n)")]
fn not_mutable_view(x: ArrayView1<f64>, mut out: ArrayView1<f64>) {
    out[0] = x[0];
}

#[guvectorize("()->()")]
fn by_value(x: f64, out: f64) {
    out = x;
}

#[guvectorize("(n),(n)->()")]
fn too_mutable(x: &[f64], y: &mut [f64], out: &mut f64) {
    *out = x[0] + y[0];
}

#[guvectorize("(n)->()")]
fn returned(x: &[f64]) -> f64 {
    x[0]
}

#[guvectorize("(n),(k)->()")]
fn uniform(x: &[f64], #[uniform] table: &[f64], out: &mut f64) {
    *out = x[0] + table[0];
}

#[guvectorize("(n)->(),()")]
fn pair(x: &[f64], out: &mut (f64, f64)) {
    *out = (x[0], x[1]);
}

#[guvectorize("(n)>(n)")]
fn arrow(x: &[f64], out: &mut [f64]) {
    out[0] = x[0];
}

#[guvectorize("(n->()")]
fn parenthesis(x: &[f64], out: &mut f64) {
    *out = x[0];
}

#[guvectorize("(n)->(n+1)")]
fn computed(x: &[f64], out: &mut [f64]) {
    out[0] = x[0];
}

#[guvectorize("")]
fn empty(x: &[f64], out: &mut f64) {
    *out = x[0];
}

#[guvectorize((n) -> ())]
fn bare(x: &[f64], out: &mut f64) {
    *out = x[0];
}

#[guvectorize(f64(f64), "(n)->()")]
fn behind(x: &[f64], out: &mut f64) {
    *out = x[0];
}

#[guvectorize("(m,n)->()")]
fn flat(x: &[f64], out: &mut f64) {
    *out = x[0];
}

#[guvectorize("(n)->()")]
fn deep(x: ArrayView2<f64>, out: &mut f64) {
    *out = x[[0, 0]];
}

fn main() {}
