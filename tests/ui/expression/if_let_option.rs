use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    if let Some(y) = x.checked_add(1) { y } else { 0 }
}

fn main() {}
