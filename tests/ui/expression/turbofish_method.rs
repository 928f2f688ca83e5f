use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    x.sqrt::<f64>()
}

fn main() {}
