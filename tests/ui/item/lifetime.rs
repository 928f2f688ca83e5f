use ufunc::vectorize;

#[vectorize]
fn k<'a>(x: f64, #[uniform] table: &'a [f64]) -> f64 {
    x + table[0]
}

fn main() {}
