use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] #[uniform] y: f64) -> f64 {
    x + y
}

fn main() {}
