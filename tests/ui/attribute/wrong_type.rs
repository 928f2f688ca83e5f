use ufunc::vectorize;

#[vectorize(f64(f32))]
fn k(x: f64) -> f64 {
    x
}

fn main() {}
