use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> () {
    assert!(x > 0.0);
}

fn main() {}
