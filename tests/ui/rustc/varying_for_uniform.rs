use ufunc::{jit, vectorize};

#[jit]
fn nth(x: f64, #[uniform] n: i32) -> f64 {
    x * n as f64
}

#[vectorize]
fn k(x: f64, n: i32) -> f64 {
    nth(x, n)
}

fn main() {}
