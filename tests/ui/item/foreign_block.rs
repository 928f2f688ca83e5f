use ufunc::vectorize;

#[vectorize]
unsafe extern "C" {
    safe fn k(x: f64) -> f64;
}

fn main() {}
