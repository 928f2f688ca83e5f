use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    x + const { 1.0 + 2.0 }
}

fn main() {}
