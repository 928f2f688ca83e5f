use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let mut n = x;
    for i in (0..9).step_by(2).rev() {
        n += i;
    }
    for i in (0..9).rev().rev() {
        n += i;
    }
    for (i, j) in (0..9).enumerate() {
        n += j;
    }
    for i in (0..9).filter(|i| i % 2 == 0) {
        n += i;
    }
    n
}

fn main() {}
