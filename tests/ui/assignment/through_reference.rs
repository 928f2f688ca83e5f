use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let mut a = x;
    let r = &mut a;
    *r = 1.0;
    *r += 1.0;
    a
}

fn main() {}
