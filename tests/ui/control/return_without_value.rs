use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    if x > 0.0 {
        return;
    }
    x
}

fn main() {}
