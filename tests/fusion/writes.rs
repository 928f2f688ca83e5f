//! Functions that write to arrays: `assign`, compound assignment, `mapv_inplace`, loops of whole steps.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2, s};
use ufunc::prelude::*;

use crate::harness::{matrices, other_order, same_writes, vectors};

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

#[jit(parallel)]
fn add(out: &mut Array2<f64>, x: ArrayView2<f64>, factor: f64) {
    *out += &(&x * factor);
    *out -= 0.125;
    *out *= &x;
    *out /= 3.0;
}

#[jit]
fn rows(out: &mut Array2<f64>, weights: ArrayView1<f64>) {
    *out += &(&weights * 2.0);
    out.mapv_inplace(|v| if v > 1.0 { v - 1.0 } else { v * 0.5 });
}

#[jit]
fn axpy(out: &mut Array1<f64>, a: f64, x: &Array1<f64>) {
    out.scaled_add(a, &(x + 1.0));
}

#[jit]
fn again(out: &mut Array1<f64>) {
    let t = &*out * 2.0;
    out.mapv_inplace(|v| v + 1.0);
    *out += &t;
    *out = &*out - 0.5;
}

#[jit]
fn replaced(out: &mut Array1<f64>, x: &Array1<f64>) {
    *out = x.sqrt() + 1.0;
}

#[jit]
fn itself(out: &mut Array1<f64>, x: &Array1<f64>) {
    *out += &(&*out * 2.0 + x);
}

#[jit]
fn bits(out: &mut Array1<i32>, x: &Array1<i32>) {
    *out |= &(x & 0x0f);
    *out ^= 5;
    *out <<= 1;
}

#[jit]
fn diffused(out: &mut Array1<f64>, steps: usize, rate: f64) {
    for _ in 0..steps {
        let bend = &out.slice(s![..-2]) - 2.0 * &out.slice(s![1..-1]) + out.slice(s![2..]);
        out.slice_mut(s![1..-1]).scaled_add(rate, &bend);
    }
}

#[jit]
fn jacobi(out: &mut Array2<f64>, steps: usize) -> f64 {
    let mut next = out.clone();
    let mut change = 0.0;
    for _ in 0..steps {
        next.slice_mut(s![1..-1, 1..-1]).assign(
            &((&out.slice(s![..-2, 1..-1])
                + &out.slice(s![2.., 1..-1])
                + out.slice(s![1..-1, ..-2])
                + out.slice(s![1..-1, 2..]))
                * 0.25),
        );
        change = (&next - &*out).mapv(|d| (d > 0.5) as i32).sum() as f64;
        std::mem::swap(out, &mut next);
    }
    change
}

#[jit]
fn by_row(out: &mut Array2<f64>, scale: ArrayView1<f64>) {
    for i in 0..out.nrows() {
        let mut row = out.row_mut(i);
        row *= scale[i];
        row.mapv_inplace(|v| v + i as f64);
    }
}

#[jit]
fn filled(out: &mut Array2<f64>, x: ArrayView2<f64>) {
    out.fill(2.0);
    out.row_mut(0).assign(&(&x.row(0) * &x.row(1)));
    out.column_mut(1).assign(&x.column(0));
    out.index_axis_mut(ndarray::Axis(0), 1).mapv_inplace(f64::abs);
}

#[test]
fn vectors_are_written() {
    vectors::<f64>(|x| {
        let (out, x) = (x.mapv(|v| v * 7.0), x.to_owned());
        same_writes!(0.0, axpy(out, 0.3, &x));
        same_writes!(0.0, again(out));
        same_writes!(0.0, replaced(out, &x));
        same_writes!(0.0, itself(out, &x));
        if out.len() >= 2 {
            same_writes!(0.0, diffused(out, 5, 0.2));
        }
    });
    vectors::<i32>(|x| {
        let (out, x) = (x.to_owned(), x.mapv(|v| v / 5));
        same_writes!(0.0, bits(out, &x));
    });
}

#[test]
fn matrices_are_written() {
    matrices::<f64>(|x| {
        for out in [x.mapv(|v| v * 3.0 - 1.0), other_order(&x)] {
            same_writes!(0.0, add(out, x, 0.5));
            let weights = Array1::linspace(0.0, 1.0, x.ncols());
            same_writes!(0.0, rows(out, weights.view()));
            let scale = Array1::linspace(0.5, 1.5, x.nrows());
            same_writes!(0.0, by_row(out, scale.view()));
            if x.nrows() > 1 && x.ncols() > 1 {
                same_writes!(0.0, jacobi(out, 4));
                same_writes!(0.0, filled(out, x));
                let (mut twin, mut fused) = (out.clone(), out.clone());
                step::scalar(x, twin.view_mut());
                step(x, fused.view_mut());
                assert_eq!(twin, fused);
                step(x, fused.slice_mut(s![.., ..;-1]));
                step::scalar(x, twin.slice_mut(s![.., ..;-1]));
                assert_eq!(twin, fused);
            }
        }
    });
}

#[test]
#[should_panic(expected = "axpy")]
fn shapes_that_do_not_fit() {
    axpy(&mut Array1::zeros(3), 1.0, &Array1::zeros(4));
}
