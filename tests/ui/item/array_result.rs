use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> [f64; 2] {
    [x, x]
}

#[vectorize]
fn l(x: f64) -> (f64, (f64, bool)) {
    (x, (x, true))
}

fn main() {}
