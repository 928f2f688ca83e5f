//! Types that must be seen.

use ndarray::{Array1, Array2, ArrayD};
use ufunc::prelude::*;

fn made() -> i64 {
    3
}

#[jit]
fn numbers(x: &Array1<f64>) -> Array1<f64> {
    let n = made();
    x.mapv(|v| v * n as f64)
}

#[jit]
fn closures(x: &Array1<f64>) -> Array1<f64> {
    let twice = |v: f64| v * 2.0;
    x.mapv(twice)
}

#[jit]
fn called(x: &Array1<f64>) -> Array1<f64> {
    let y = closures(x);
    x * y
}

#[jit]
fn axes(x: ArrayD<f64>) -> f64 {
    (&x * 2.0).sum()
}

#[jit]
fn generic<T>(x: &Array2<T>) -> Array2<T> {
    x * x
}

fn main() {}
