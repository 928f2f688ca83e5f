use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let v = Vec::new();
    let d = f64::default();
    let e: f64 = Default::default();
    let s = String::from("x");
    x
}

fn main() {}
