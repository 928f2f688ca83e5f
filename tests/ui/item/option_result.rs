use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> Option<f64> {
    if x > 0.0 { Some(x) } else { None }
}

fn main() {}
