//! Variables of array expressions: they have the values of where they are declared, wherever they are computed.

use ndarray::{Array1, Array2, ArrayView1, s};
use ufunc::prelude::*;

use crate::harness::{same, same_writes, vectors};

#[jit]
fn number_changes(x: ArrayView1<f64>) -> Array1<f64> {
    let mut k = 1.5;
    let t = &x * k;
    k += 1.0;
    t + k
}

#[jit]
fn array_changes(out: &mut Array1<f64>, x: &Array1<f64>) {
    let before = &*out + x;
    out.fill(1.0);
    *out *= &before;
    let doubled = &*out * 2.0;
    std::mem::swap(out, &mut x.to_owned());
    out.assign(&(doubled - 1.0));
}

#[jit]
fn shadows(x: ArrayView1<f64>, y: ArrayView1<f64>) -> Array1<f64> {
    let t = &x - 1.0;
    let x = y;
    &x * &t
}

#[jit]
fn in_branches(out: &mut Array1<f64>, x: &Array1<f64>, add: bool) {
    let t = x.mapv(|v| v * v);
    if add {
        *out += &t;
    } else {
        out.assign(&(&t - 1.0));
    }
}

#[jit]
fn in_loops(out: &mut Array1<f64>, x: &Array1<f64>) {
    let t = x.abs();
    for k in 0..3 {
        *out += &(&t * k as f64);
    }
}

#[jit]
fn asked(x: ArrayView1<f64>) -> (usize, Option<f64>) {
    let t = &x * 3.0;
    let n = t.len() + format!("{}", t.ndim()).len();
    (n, t.mean())
}

#[jit]
fn views_of_computed(x: ArrayView1<f64>) -> Array1<f64> {
    let t = x.mapv(|v| v + 0.5);
    let n = t.len() / 2;
    &t.slice(s![..n]) * &t.slice(s![n..2 * n])
}

#[jit]
fn deep(x: ArrayView1<f64>, y: ArrayView1<f64>) -> f64 {
    const SCALE: f64 = 0.25;
    let a = &x + &y;
    let b = &a * &a - SCALE;
    let c = &b * &a + x.sum();
    (&c - &b).abs().sum()
}

#[jit]
fn same_names(v: ArrayView1<f64>, k: f64) -> Array1<f64> {
    v.mapv(|v| v * k).mapv(|k| k + 1.0)
        + v.mapv(|x| {
            let v = x * 2.0;
            if v > k { v } else { k }
        })
}

#[jit(fastmath(contract))]
fn contracted(x: ArrayView1<f64>, y: ArrayView1<f64>) -> Array1<f64> {
    &x * &y + 1.0
}

#[jit]
fn borrowed<'a>(x: &'a Array2<f64>, unit: &mut f64) -> ArrayView1<'a, f64> {
    *unit = x.mapv(|v| v * v).sum().sqrt();
    x.row(0)
}

#[test]
fn values_are_those_of_the_declaration() {
    vectors::<f64>(|x| {
        let y = x.mapv(|v| 0.5 - v);
        same!(0.0, number_changes(x));
        same!(0.0, shadows(x, y.view()));
        same!(0.0, views_of_computed(x));
        same!(1e3, deep(x, y.view()));
        same!(0.0, same_names(x, 0.25));
        same!(1.0, contracted(x, x));
        let (n, mean) = asked(x);
        let (twin_n, twin_mean) = asked::scalar(x);
        assert_eq!(n, twin_n);
        assert!(
            mean.zip(twin_mean).is_none_or(|(a, b)| (a - b).abs() < 1e-12) && mean.is_some() == twin_mean.is_some()
        );
        let (out, x) = (y.clone(), x.to_owned());
        same_writes!(0.0, array_changes(out, &x));
        same_writes!(0.0, in_branches(out, &x, true));
        same_writes!(0.0, in_branches(out, &x, false));
        same_writes!(0.0, in_loops(out, &x));
    });
    let x = Array2::from_shape_fn((3, 4), |(i, j)| (i + j) as f64);
    let mut unit = 0.0;
    assert_eq!(borrowed(&x, &mut unit), x.row(0));
    assert!((unit * unit - x.mapv(|v| v * v).sum()).abs() < 1e-12);
}
