use ufunc::jit;

#[jit(parallel)]
fn k(x: f64) -> f64 {
    x
}

fn main() {}
