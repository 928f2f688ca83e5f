use ndarray::{Array1, ArrayView1};
use ufunc::vectorize;

#[vectorize]
fn k(x: &Array1<f64>, y: ArrayView1<f64>) -> f64 {
    x[0] + y[0]
}

fn main() {}
