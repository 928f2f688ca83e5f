use ufunc::prelude::*;

#[jit]
fn on_a_statement(x: &[f64], out: &mut [f64]) {
    #[scalar]
    let n = x.len();
    for i in 0..n {
        out[i] = x[i];
    }
}

#[jit]
fn with_arguments(x: &[f64], out: &mut [f64]) {
    #[scalar(4)]
    for i in 0..x.len() {
        out[i] = x[i];
    }
}

#[jit]
fn on_a_prange(x: &[f64], out: &mut [f64]) {
    #[scalar]
    for i in prange(0..x.len()) {
        out[i] = x[i];
    }
}

#[vectorize]
fn in_a_kernel(x: f64) -> f64 {
    let mut y = x;
    #[scalar]
    for _ in 0..3 {
        y *= x;
    }
    y
}

fn main() {}
