use ufunc::jit;

#[jit(identity = 0)]
fn k(x: f64, y: f64) -> f64 {
    x + y
}

#[jit(identity)]
fn l(x: f64, y: f64) -> f64 {
    x + y
}

#[jit(reorderable)]
fn m(x: f64, y: f64) -> f64 {
    x + y
}

fn main() {}
