use ndarray::ArrayView1;
use ufunc::jit;

#[jit]
fn immutable(x: &[f64], out: &[f64]) {
    for i in 0..x.len() {
        out[i] = x[i];
    }
}

#[jit]
fn other_type(x: &[f32], out: &mut [f64]) {
    for i in 0..x.len() {
        out[i] = x[i];
    }
}

#[jit]
fn view_not_mutable(x: ArrayView1<f64>) {
    for i in 0..x.len() {
        x[i] = 0.0;
    }
}

fn main() {}
