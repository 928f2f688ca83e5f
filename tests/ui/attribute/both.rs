use ufunc::vectorize;

#[vectorize]
#[ufunc::jit]
fn k(x: f64) -> f64 {
    x
}

fn main() {}
