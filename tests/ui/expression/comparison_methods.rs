use ufunc::vectorize;

#[vectorize]
fn k(x: f64, y: f64) -> f64 {
    if x.lt(&y) { x } else { y }
}

fn main() {}
