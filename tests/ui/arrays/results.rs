use ufunc::jit;

#[jit]
fn vector(x: &[f64]) -> Vec<f64> {
    x.to_vec()
}

#[jit]
fn option(x: &[f64]) -> Option<f64> {
    x.first().copied()
}

fn main() {}
