use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let 0 = x;
    x
}

fn main() {}
