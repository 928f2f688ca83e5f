//! Functions that compute with whole arrays, against their twins, which are plain ndarray.
#![allow(missing_docs, unreachable_pub, clippy::all, reason = "functions are written as users write them")]

use ndarray::{Array1, ArrayView2, ArrayViewMut2, s};
use ufunc::prelude::*;

#[jit(parallel)]
fn stacked(x: &Array1<f64>) -> Array1<f64> {
    x.asin().exp()
}

#[jit]
fn step(u: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    out.slice_mut(s![1..-1, 1..-1]).assign(
        &(0.25
            * (&u.slice(s![..-2, 1..-1])
                + &u.slice(s![2.., 1..-1])
                + u.slice(s![1..-1, ..-2])
                + u.slice(s![1..-1, 2..]))),
    );
}

#[jit]
fn norm(x: &Array1<f64>, y: &Array1<f64>) -> f64 {
    (x * y).sum().sqrt()
}

#[jit]
fn spread(x: ArrayView2<f64>) -> f64 {
    let centre = &x - x.mean().unwrap();
    (&centre * &centre).sum() / x.len() as f64
}

#[test]
fn some() {
    let x = Array1::linspace(-0.9, 0.9, 1000);
    let (a, b) = (stacked(&x), stacked::scalar(&x));
    assert!((&a - &b).mapv(f64::abs).sum() < 1e-9);
    let y = x.exp();
    assert!((norm(&x, &y) - norm::scalar(&x, &y)).abs() < 1e-9);
    let u = x.to_shape((20, 50)).unwrap().to_owned();
    let (mut one, mut two) = (u.clone(), u.clone());
    step(u.view(), one.view_mut());
    step::scalar(u.view(), two.view_mut());
    assert_eq!(one, two);
    assert!((spread(u.view()) - spread::scalar(u.view())).abs() < 1e-12);
    assert!((spread(u.t()) - spread::scalar(u.t())).abs() < 1e-12);
}
