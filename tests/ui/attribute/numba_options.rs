use ufunc::{jit, vectorize};

#[vectorize(nopython, cache = true, nogil)]
fn k(x: f64) -> f64 {
    x
}

#[vectorize(nopython = True)]
fn l(x: f64) -> f64 {
    x
}

#[vectorize(target = "parallel", boundscheck = true)]
fn m(x: f64) -> f64 {
    x
}

#[jit(inline = "always", error_model = "numpy", forceobj)]
fn n(x: f64) -> f64 {
    x
}

fn main() {}
