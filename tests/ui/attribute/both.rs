use ufunc::{jit, vectorize};

#[vectorize]
#[jit]
fn k(x: f64) -> f64 {
    x
}

fn main() {}
