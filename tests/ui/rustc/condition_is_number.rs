use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    if x { 1.0 } else { 2.0 }
}

fn main() {}
