use ufunc::vectorize;

#[vectorize]
fn k(x: &f64) -> f64 {
    *x
}

#[vectorize]
fn l(x: f64) -> Option<f64> {
    Some(x)
}

#[vectorize]
fn uses(x: f64) -> f64 {
    k(x) + 1.0
}

fn main() {
    let y = k(&1.0);
    let z: Vec<f64> = k(&vec![1.0]);
    let o = l(y);
}
