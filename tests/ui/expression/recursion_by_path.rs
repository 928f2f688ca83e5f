use ufunc::vectorize;

#[vectorize]
fn k(n: u32) -> u32 {
    if n == 0 { 1 } else { n * self::k(n - 1) + k::scalar(n - 1) }
}

fn main() {}
