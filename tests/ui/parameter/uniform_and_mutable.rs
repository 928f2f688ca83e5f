use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] mut factor: f64) -> f64 {
    factor *= 2.0;
    x * factor
}

fn main() {}
