use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let f = f64::sqrt;
    f(x)
}

fn main() {}
