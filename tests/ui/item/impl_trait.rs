use ufunc::vectorize;

#[vectorize]
fn k(x: impl Into<f64>) -> f64 {
    x.into()
}

fn main() {}
