use ufunc::vectorize;

#[vectorize]
fn k(x: (f64, f64), y: [f64; 2]) -> f64 {
    x.0 + x.1 + y[0] + y[1]
}

fn main() {}
