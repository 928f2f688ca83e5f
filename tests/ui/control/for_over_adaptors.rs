use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] a: &[f64], #[uniform] b: &[f64]) -> f64 {
    let mut sum = x;
    for v in a.iter().map(|v| v * 2.0) {
        sum += v;
    }
    for (v, w) in a.iter().zip(b) {
        sum += v * w;
    }
    for v in a.windows(2) {
        sum += v[0];
    }
    for v in a.iter().skip(1) {
        sum += v;
    }
    sum
}

fn main() {}
