use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    match x.checked_add(1) {
        Some(y) => y,
        None => 0,
    }
}

fn main() {}
