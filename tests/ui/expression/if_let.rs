use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let mut n = x;
    if let 1 = x {
        n += 1;
    }
    while let 2 = n {
        n += 1;
    }
    if x > 2 && let 3 = x {
        n += 1;
    }
    n
}

fn main() {}
