use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    (|y: f64| y * y)(x)
}

fn main() {}
