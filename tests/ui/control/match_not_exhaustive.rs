use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> f64 {
    match x {
        0 => 1.0,
        1..=9 => 2.0,
    }
}

fn main() {}
