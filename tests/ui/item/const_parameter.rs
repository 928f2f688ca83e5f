use ufunc::vectorize;

#[vectorize]
fn k<const N: usize>(x: f64) -> f64 {
    x * N as f64
}

fn main() {}
