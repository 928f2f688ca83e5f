use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] table: &[f64]) -> f64 {
    for v in table {
        *v += x;
    }
    x
}

fn main() {}
