use ufunc::vectorize;

#[vectorize]
extern "C" fn k(x: f64) -> f64 {
    x
}

fn main() {}
