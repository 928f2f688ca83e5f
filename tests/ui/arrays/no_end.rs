use ufunc::prelude::*;

#[jit]
fn k(out: &mut [f64]) {
    for (i, j) in (0..).zip(1..) {
        out[i] = j as f64;
    }
}

fn main() {}
