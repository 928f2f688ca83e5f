use ndarray::{ArrayView1, ArrayView2, ArrayViewMut1};
use ufunc::prelude::*;

#[guvectorize("(n)->(n)")]
fn whole(x: ArrayView1<f64>, mut out: ArrayViewMut1<f64>) {
    out.assign(&x.mapv(|v| v * 2.0));
}

#[guvectorize("(n),(n)->()")]
fn product(x: ArrayView1<f64>, y: ArrayView1<f64>, out: &mut f64) {
    *out = x.dot(&y);
}

#[guvectorize("(n)->()")]
fn from_the_end(x: &[f64], out: &mut f64) {
    *out = x[-1];
}

#[guvectorize("(n)->()")]
fn added(x: &[f64], out: &mut f64) {
    out += x[0];
}

#[guvectorize("(n)->()")]
fn assigned(x: &[f64], out: &mut f64) {
    out = x[0];
}

#[guvectorize("(n)->()")]
fn indexed(x: &[f64], out: &mut f64) {
    out[0] = x[0];
}

#[guvectorize("(n)->(n)")]
fn copied(x: &[f64], out: &mut [f64]) {
    *out = x;
}

#[guvectorize("(n)->()")]
fn length(x: &[f64], out: &mut f64) {
    *out = x[0] / n as f64;
}

#[guvectorize("(m,n)->()")]
fn lengths(x: ArrayView2<f64>, out: &mut f64) {
    for i in 0..m {
        for j in 0..n {
            *out += x[[i, j]];
        }
    }
}

#[guvectorize("(n)->()", lanes = "core")]
fn no_loop(x: &[f64], out: &mut f64) {
    *out = x[0];
}

fn main() {}
