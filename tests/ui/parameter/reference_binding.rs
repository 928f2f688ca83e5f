use ufunc::vectorize;

#[vectorize]
fn k(ref x: f64) -> f64 {
    *x
}

fn main() {}
