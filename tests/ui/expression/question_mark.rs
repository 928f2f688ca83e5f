use ufunc::vectorize;

fn maybe(x: u32) -> Option<u32> {
    Some(x)
}

#[vectorize]
fn k(x: u32) -> u32 {
    let y = maybe(x)?;
    x.checked_add(y)?
}

fn main() {}
