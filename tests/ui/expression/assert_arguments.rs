use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    assert!();
    assert_eq!(x);
    x
}

fn main() {}
