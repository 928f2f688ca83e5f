use ufunc::prelude::*;

#[jit]
fn reversed(x: &[f64], out: &mut [f64]) {
    for i in prange(0..x.len()).rev() {
        out[i] = x[i];
    }
}

#[jit]
fn stepped(x: &[f64], out: &mut [f64]) {
    for i in prange((0..x.len()).step_by(2)) {
        out[i] = x[i];
    }
}

#[jit]
fn elements(x: &[f64]) -> f64 {
    let mut total: f64 = 0.0;
    for v in prange(x) {
        total += v;
    }
    total
}

#[vectorize]
fn kernel(x: f64, #[uniform] n: usize) -> f64 {
    let mut y = x;
    for i in prange(0..n) {
        y += i as f64;
    }
    y
}

fn main() {}
