use ufunc::vectorize;

#[vectorize]
fn k((x, y): (f64, f64), _: f64, [a, b]: [f64; 2]) -> f64 {
    x + y + a + b
}

fn main() {}
