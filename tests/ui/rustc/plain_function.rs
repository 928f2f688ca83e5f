use ufunc::vectorize;

fn square(x: f64) -> f64 {
    x * x
}

#[vectorize]
fn k(x: f64) -> f64 {
    square(x)
}

fn main() {}
