use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    x + 1.0 = 2.0;
    1.0 = x;
    x.sqrt() += 1.0;
    x
}

fn main() {}
