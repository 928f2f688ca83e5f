use ufunc::{jit, vectorize};

#[jit]
fn square(x: f64) -> f64 {
    x * x
}

#[vectorize]
fn k(x: f64) -> f64 {
    square::<f64>(x)
}

fn main() {}
