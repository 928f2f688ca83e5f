use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    x.sqrt(2.0) + x.max()
}

fn main() {}
