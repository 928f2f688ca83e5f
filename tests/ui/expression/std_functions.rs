use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let a = std::cmp::max(1, 2);
    let b = f64::max(x, 1.0, 2.0);
    let c = f64::hypo(x, x);
    x + b
}

fn main() {}
