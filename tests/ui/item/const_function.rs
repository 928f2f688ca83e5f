use ufunc::vectorize;

#[vectorize]
const fn k(x: f64) -> f64 {
    x
}

fn main() {}
