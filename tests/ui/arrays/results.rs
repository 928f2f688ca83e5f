use ndarray::{Array1, ArrayView1};
use ufunc::jit;

#[jit]
fn array(x: ArrayView1<f64>) -> Array1<f64> {
    x.to_owned()
}

#[jit]
fn vector(x: &[f64]) -> Vec<f64> {
    x.to_vec()
}

#[jit]
fn option(x: &[f64]) -> Option<f64> {
    x.first().copied()
}

fn main() {}
