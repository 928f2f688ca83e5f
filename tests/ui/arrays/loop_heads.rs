use ndarray::ArrayView2;
use ufunc::prelude::*;

#[jit]
fn two_axes(x: ArrayView2<f64>) -> u32 {
    let mut n = 0;
    for v in x {
        if *v > 0.0 {
            n += 1;
        }
    }
    n
}

#[jit]
fn windows(x: &[f64], out: &mut [f64]) {
    for (w, o) in x.windows(2).zip(out) {
        *o = w[0] + w[1];
    }
}

#[jit]
fn no_pairs(x: &[f64], out: &mut [f64]) {
    for pair in x.iter().zip(out.iter_mut()) {
        *pair.1 = *pair.0;
    }
}

#[jit]
fn closed_range(x: &[f64], out: &mut [f64]) {
    for (i, v) in (0..=9).zip(x.iter()) {
        out[i] = *v;
    }
}

#[jit]
fn start_missing(x: &[f64], out: &mut [f64]) {
    for (i, v) in (..9).zip(x.iter()) {
        out[i] = *v;
    }
}

#[jit]
fn stepped_elements(x: &[f64], out: &mut [f64]) {
    for (i, v) in x.iter().step_by(2).enumerate() {
        out[i] = *v;
    }
}

#[jit]
fn reversed_pairs(x: &[f64], out: &mut [f64]) {
    for (o, v) in out.iter_mut().zip(x).rev() {
        *o = *v;
    }
}

fn main() {}
