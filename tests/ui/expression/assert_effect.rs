use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    assert!(x > 0.0, "{}", if x < 1.0 { return 0.0 } else { x });
    x
}

fn main() {}
