use ufunc::vectorize;

#[vectorize]
fn k(x: f64, #[uniform] offset: f64, #[uniform] pair: (f64, f64)) -> f64 {
    offset = x;
    (_, pair.0) = (x, 1.0);
    pair.1 += x;
    x
}

fn main() {}
