use ufunc::vectorize;

#[vectorize]
fn k(x: f64, y: f64) -> f64 {
    x + y
}

fn main() {
    let y = k(&[1.0]);
}
