use ufunc::vectorize;

#[vectorize(identity = 0, reorderable)]
fn k(x: f64, y: f64) -> f64 {
    x + y
}

#[vectorize(reorderable, identity = 0)]
fn l(x: f64, y: f64) -> f64 {
    x + y
}

#[vectorize(identity = 0, identity = 1)]
fn m(x: f64, y: f64) -> f64 {
    x + y
}

fn main() {}
