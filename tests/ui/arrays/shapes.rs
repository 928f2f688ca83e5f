use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2, Axis};
use ufunc::jit;

#[jit]
fn extents(x: ArrayView2<f64>, axis: usize) -> usize {
    x.len_of(Axis(2)) + x.len_of(Axis(axis)) + x.shape()[3]
}

#[jit]
fn whole_shape(x: ArrayView2<f64>) -> usize {
    let shape = x.shape();
    shape[0]
}

#[jit]
fn one_index(x: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    for i in 0..x.nrows() {
        out[i] = x[i];
    }
}

#[jit]
fn two_indices(x: ArrayView1<f64>, out: &mut [f64]) {
    for i in 0..x.len() {
        out[i] = x[[i, 0]];
    }
}

#[jit]
fn no_rows(x: ArrayView1<f64>) -> usize {
    x.nrows()
}

fn main() {}
