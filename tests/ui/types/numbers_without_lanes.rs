use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let a: i128 = 1;
    let b = x as u128;
    let c: char = 'c';
    x + a as f64 + b as f64 + (c as u32) as f64
}

fn main() {}
