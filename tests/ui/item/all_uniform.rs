use ufunc::vectorize;

#[vectorize]
fn k(#[uniform] x: f64) -> f64 {
    x
}

#[vectorize]
fn l() -> f64 {
    1.0
}

fn main() {}
