use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let (y, over) = x.overflowing_add(1);
    if x.checked_mul(2) == None { y } else { x }
}

fn main() {}
