use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let ref y = x;
    *y
}

fn main() {}
