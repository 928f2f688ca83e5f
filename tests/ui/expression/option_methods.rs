use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    x.checked_add(1).unwrap_or(0)
}

fn main() {}
