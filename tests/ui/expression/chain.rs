use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] table: &[f64]) -> f64 {
    let longest = table.iter().copied().fold(0.0, f64::max);
    let whole = x.to_string().parse::<f64>().unwrap();
    x + longest + whole
}

fn main() {}
