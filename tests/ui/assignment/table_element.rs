use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] table: &[[f64; 2]], #[uniform] pair: &[f64; 2]) -> f64 {
    table[0][1] = x;
    pair[0] = x;
    x
}

fn main() {}
