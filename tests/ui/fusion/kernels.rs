//! What the language of kernels refuses in a closure, and too much for one pass.

use ndarray::Array1;
use ufunc::prelude::*;

#[jit]
fn text(x: &Array1<f64>) -> Array1<f64> {
    x.mapv(|v| v.to_string().len() as f64)
}

#[jit]
#[allow(clippy::too_many_arguments)]
fn many(
    a: &Array1<f64>, b: &Array1<f64>, c: &Array1<f64>, d: &Array1<f64>, e: &Array1<f64>, f: &Array1<f64>, g: &Array1<f64>,
    h: &Array1<f64>, i: &Array1<f64>, j: &Array1<f64>, k: &Array1<f64>, l: &Array1<f64>, m: &Array1<f64>,
) -> Array1<f64> {
    a + b + c + d + e + f + g + h + i + j + k + l + m
}

fn main() {}
