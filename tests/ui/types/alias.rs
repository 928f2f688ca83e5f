use ufunc::vectorize;

type Real = f64;

#[vectorize]
fn k(x: Real) -> f64 {
    x
}

fn main() {}
