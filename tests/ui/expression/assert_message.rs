use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    const MESSAGE: &str = "message";
    assert!(x > 0.0, MESSAGE);
    x
}

fn main() {}
