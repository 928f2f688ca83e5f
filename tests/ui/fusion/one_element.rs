use ndarray::{Array1, ArrayView1, ArrayViewMut1};
use ufunc::jit;

#[jit]
fn assigned(x: ArrayView1<f64>, y: ArrayView1<f64>, mut out: ArrayViewMut1<f64>) -> Array1<f64> {
    out[0] = x + y;
    x.exp()
}

#[jit]
fn added(x: ArrayView1<f64>, mut out: ArrayViewMut1<f64>) -> Array1<f64> {
    out[0] += x * 2.0;
    x.exp()
}

fn main() {}
