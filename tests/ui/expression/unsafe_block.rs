use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] table: &[f64]) -> f64 {
    x + unsafe { *table.get_unchecked(0) }
}

fn main() {}
