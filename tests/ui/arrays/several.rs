use ndarray::Array1;
use ufunc::jit;

#[jit(fast)]
fn k(x: Array1<f64>, y: &[f64], out: &mut [f64]) -> Vec<f64> {
    for i in 0..y.len() {
        out[i] = y.first();
    }
    for i in 0..y.len() {
        out[i] = format!("{i}");
    }
}

#[jit]
fn caller(y: &[f64], out: &mut [f64]) -> f64 {
    let mut total = 0.0;
    for i in 0..y.len() {
        total += y[i];
        out[i] = out[0];
    }
    total
}

fn main() {}
