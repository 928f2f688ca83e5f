use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] table: &mut [f64]) -> f64 {
    table[0] += x;
    table[0]
}

fn main() {}
