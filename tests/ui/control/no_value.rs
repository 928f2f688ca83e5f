use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    x + 1.0;
}

fn main() {}
