use ufunc::vectorize;

#[vectorize]
fn k(x: impl Into<f64>, f: &dyn Fn(f64) -> f64) -> f64 {
    f(x.into())
}

fn main() {}
