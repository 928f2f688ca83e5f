use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] table: &[f64]) -> f64 {
    table[0] = x;
    table[1] += x;
    x
}

fn main() {}
