use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] a: &[f64]) -> f64 {
    let mut sum = x;
    for (i, v) in a.iter().rev().enumerate() {
        sum += v * i as f64;
    }
    for (i, v) in a.iter().enumerate().rev() {
        sum += v * i as f64;
    }
    sum
}

fn main() {}
