use ufunc::vectorize;

#[vectorize]
fn k(x: f64, x: f64) -> f64 {
    x
}

fn main() {}
