use ufunc::vectorize;

const LIMIT: f64 = 1.0;
static mut COUNT: u32 = 0;

#[vectorize]
fn k(x: f64) -> f64 {
    LIMIT = x;
    COUNT += 1;
    x
}

fn main() {}
