//! Elements one by one, beside whole arrays.

use ndarray::{Array1, Array2, ArrayView1, Zip, azip};
use ufunc::prelude::*;

#[jit]
fn loops(x: &Array1<f64>) -> Array1<f64> {
    let mut y = x * 2.0;
    for i in 0..y.len() {
        y[i] += 1.0;
    }
    y
}

#[jit]
fn iterators(x: ArrayView1<f64>) -> f64 {
    let high = x.iter().cloned().fold(f64::NEG_INFINITY, f64::max);
    (&x - high).exp().sum()
}

#[jit]
fn zips(x: &Array1<f64>, y: &mut Array1<f64>) {
    *y *= 2.0;
    azip!((y in &mut *y, &x in x) *y += x);
    Zip::from(y).and(x).for_each(|y, &x| *y -= x);
}

#[jit]
fn rows(x: &Array2<f64>) -> f64 {
    let mut total = (x * 2.0).sum();
    for row in x.rows() {
        total += row[0];
    }
    total
}

#[jit]
fn inner(x: &Array1<f64>, y: &Array1<f64>) -> Array1<f64> {
    x.mapv(|v| v * y[0])
}

fn main() {}
