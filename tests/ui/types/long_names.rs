use ufunc::vectorize;

#[vectorize]
fn k(x: std::primitive::f64) -> f64 {
    x as ::std::primitive::f64
}

fn main() {}
