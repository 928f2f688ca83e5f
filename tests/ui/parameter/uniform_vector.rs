use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] table: &Vec<f64>, #[uniform] other: Vec<f64>) -> f64 {
    x + table[0] + other[0]
}

fn main() {}
