use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    x.count_ones() as f64
}

fn main() {}
