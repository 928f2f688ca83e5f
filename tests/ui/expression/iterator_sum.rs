use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] table: &[f64]) -> f64 {
    x + table.iter().map(|t| t * x).sum::<f64>()
}

fn main() {}
