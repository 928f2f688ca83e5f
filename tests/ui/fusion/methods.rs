//! Methods of arrays that are no one pass.

use ndarray::{Array1, Array2, Axis};
use ufunc::prelude::*;

#[jit]
fn along(x: &Array2<f64>) -> Array1<f64> {
    x.exp().sum_axis(Axis(0))
}

#[jit]
fn deviation(x: &Array1<f64>) -> Array1<f64> {
    x / x.std(1.0)
}

#[jit]
fn matrices(x: &Array2<f64>, y: &Array2<f64>) -> Array2<f64> {
    x.dot(y) * 2.0
}

#[jit]
fn parts(x: &Array1<f64>) -> Array1<f64> {
    (x * 2.0).slice(ndarray::s![1..]).mapv(|v| v + 1.0)
}

#[jit]
fn unknown(x: &Array1<f64>) -> Array1<f64> {
    x.exponential()
}

#[jit]
fn early(x: &Array1<f64>) -> Array1<f64> {
    x.mapv(|v| {
        if v > 0.0 {
            return v;
        }
        -v
    })
}

#[jit]
fn folded(x: &Array1<f64>) -> f64 {
    x.fold(0.0, |last, &v| last * 0.5 + v) + x.sum()
}

fn main() {}
