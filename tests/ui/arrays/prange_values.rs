use ufunc::prelude::*;

#[jit]
fn counter(x: &[f64], out: &mut [f64]) {
    let mut last: f64 = 0.0;
    for i in prange(0..x.len()) {
        out[i] = last;
        last = x[i];
    }
}

#[jit]
fn last_of_equals(x: &[i32]) -> usize {
    let mut best: i32 = i32::MIN;
    let mut at: usize = 0;
    for i in prange(0..x.len()) {
        if x[i] >= best {
            best = x[i];
            at = i;
        }
    }
    at
}

#[jit]
fn narrow_counter(n: i32, out: &mut [i32]) {
    for i in prange(0..n) {
        out[i as usize] = i;
    }
}

#[jit]
fn left(x: &[f64]) -> u32 {
    let mut n: u32 = 0;
    for i in prange(0..x.len()) {
        if x[i] > 1e3 {
            break;
        }
        n += 1;
    }
    n
}

fn main() {}
