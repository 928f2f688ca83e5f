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

#[vectorize]
fn table(x: f64, table: &[f64]) -> f64 {
    x + table[0]
}

fn main() {
    let y: Vec<f64> = k(&vec![1.0]);
    let z: Vec<f64> = table(&y, &[1.0, 2.0]);
    let _: f64 = table::scalar(1.0, &z);
}
