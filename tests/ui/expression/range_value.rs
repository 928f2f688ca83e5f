use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let r = 0..x;
    (0..=9).contains(&x) as u32
}

fn main() {}
