use ufunc::vectorize;

#[vectorize]
fn k(#[varying] x: f64, #[unused] y: f64, #[uniform(1)] z: f64) -> f64 {
    x + y + z
}

fn main() {}
