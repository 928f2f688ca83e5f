use ndarray::ArrayView2;
use ufunc::jit;

#[jit]
fn writes_before(x: &[f64], out: &mut [f64]) {
    for i in 0..x.len() {
        out[i] = x[i];
        if x[i] < 0.0 {
            break;
        }
    }
}

#[jit]
fn may_panic_before(x: &[i32], y: &[i32]) -> usize {
    let mut at = x.len();
    for i in 0..x.len() {
        if x[i] / y[i] == 3 {
            at = i;
            break;
        }
    }
    at
}

#[jit]
fn two_ways_out(x: &[i32]) -> i32 {
    for i in 0..x.len() {
        if x[i] < 0 {
            return -1;
        }
        if x[i] > 99 {
            return 1;
        }
    }
    0
}

#[jit]
fn next_row(x: ArrayView2<i32>, out: &mut [i32]) {
    'rows: for i in 0..x.nrows() {
        for j in 0..x.ncols() {
            out[j] += 1;
            if x[[i, j]] < 0 {
                continue 'rows;
            }
        }
    }
}

#[jit]
fn result_used_elsewhere(x: &[i32]) -> i32 {
    let mut last = 0;
    for i in 0..x.len() {
        if x[i] > 7 {
            last = x[i] + last;
            break;
        }
    }
    last
}

#[jit]
fn passed_over_first(x: &[i32], wanted: i32, y: &mut [i32]) {
    for i in 0..x.len() {
        if x[i] < 0 {
            continue;
        }
        if x[i] == wanted {
            break;
        }
        y[i] = 1;
    }
}

fn main() {}
