use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    debug_assert!(x > 0.0);
    debug_assert_eq!(x, x);
    x
}

fn main() {}
