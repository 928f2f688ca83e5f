use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let &y = &x;
    match &x {
        &1 => y,
        _ => 0,
    }
}

fn main() {}
