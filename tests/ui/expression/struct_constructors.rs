use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let mut v = Vec::with_capacity(x as usize);
    v.push(x);
    let d = f64::default();
    let e: f64 = Default::default();
    let s = String::from("x");
    x
}

fn main() {}
