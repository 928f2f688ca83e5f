use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let (mut a, mut b) = (x, x);
    [a, b] = [b, a];
    a + b
}

fn main() {}
