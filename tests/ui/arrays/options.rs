use ufunc::jit;

#[jit(reorderable, parallel = true)]
fn k(x: &[f64], y: &mut [f64]) {
    for i in 0..x.len() {
        y[i] = x[i];
    }
}

#[jit(identity = 0, resassoc)]
fn l(x: &[f64], y: &mut [f64]) {
    for i in 0..x.len() {
        y[i] = x[i];
    }
}

#[jit(f64(f64))]
fn m(x: &[f64], y: &mut [f64]) {
    for i in 0..x.len() {
        y[i] = x[i];
    }
}

#[jit(reassoc)]
fn device(x: f64, y: f64) -> f64 {
    x + y
}

fn main() {}
