use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] table: &[f64]) -> f64 {
    let part = &table[1..3];
    x + part[0]
}

fn main() {}
