use ufunc::vectorize;

#[vectorize]
unsafe fn k(x: f64) -> f64 {
    x
}

fn main() {}
