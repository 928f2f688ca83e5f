use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let mut n = x;
    while n > 0 {
        n -= 1;
        break n;
    }
    n
}

fn main() {}
