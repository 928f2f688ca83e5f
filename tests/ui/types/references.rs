use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let r: &f64 = &x;
    let s: &[f64] = &[x, x];
    *r + s[0]
}

fn main() {}
