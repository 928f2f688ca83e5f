use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let r = &x;
    *r
}

fn main() {}
