use ufunc::{jit, vectorize};

#[jit]
fn square(x: f32) -> f32 {
    x * x
}

#[vectorize]
fn k(x: f64) -> f64 {
    square(x)
}

fn main() {}
