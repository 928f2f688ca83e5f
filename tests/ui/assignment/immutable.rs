use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let y = 1.0;
    y = x;
    x = y;
    x
}

fn main() {}
