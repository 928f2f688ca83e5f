use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let (a, ..) = (x, x, x);
    let [b, .., c] = [x, x, x];
    a + b + c
}

fn main() {}
