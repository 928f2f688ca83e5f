use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let p = &raw const x;
    x
}

fn main() {}
