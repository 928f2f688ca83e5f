use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let mut n = 0;
    for i in x {
        n += i;
    }
    n
}

fn main() {}
