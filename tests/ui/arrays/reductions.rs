use ufunc::jit;

#[jit]
fn sum(x: &[f64]) -> f64 {
    let mut total = 0.0;
    for &v in x {
        total += v;
    }
    total
}

#[jit]
fn product(x: &[f32]) -> f32 {
    let mut total = 1.0;
    for &v in x {
        total *= v;
    }
    total
}

#[jit]
fn two_ways(x: &[i32]) -> i32 {
    let mut total = 0;
    for &v in x {
        total += v;
        total *= 3;
    }
    total
}

#[jit]
fn recurrence(x: &[f64], out: &mut [f64]) {
    let mut state = 0.0;
    for i in 0..x.len() {
        state = 0.9 * state + 0.1 * x[i];
        out[i] = state;
    }
}

#[jit]
fn running_maximum(x: &[i32], out: &mut [i32]) {
    let mut high = i32::MIN;
    for i in 0..x.len() {
        high = high.max(x[i]);
        out[i] = high;
    }
}

#[jit]
fn quotient(x: &[f64]) -> f64 {
    let mut left = 1.0;
    for &v in x {
        left /= v;
    }
    left
}

/// Something to fill that is declared once.
#[jit]
fn buffer(x: &[f64], out: &mut [f64]) {
    let mut last = [0.0; 2];
    for i in 0..x.len() {
        last[0] = x[i];
        last[1] = x[i] * 2.0;
        out[i] = last[0] + last[1];
    }
}

/// Two axes are not gone through as one.
#[jit]
fn elements(mut a: ndarray::ArrayViewMut2<f64>) {
    for v in a.iter_mut() {
        *v *= 2.0;
    }
}

fn main() {}
