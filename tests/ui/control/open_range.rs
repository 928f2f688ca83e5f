use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let mut n = 0;
    for i in 0.. {
        if i > x {
            break;
        }
        n += i;
    }
    n
}

fn main() {}
