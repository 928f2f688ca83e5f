use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    x > 0.0
}

fn main() {}
