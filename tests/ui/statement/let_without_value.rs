use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let (a, b);
    (a, b) = (x, x);
    a + b
}

fn main() {}
