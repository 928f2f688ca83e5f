use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let mut n = x;
    'outer: while n > 0 {
        loop {
            n -= 1;
            if n == 3 {
                break 'outr;
            }
            continue 'out;
        }
    }
    n
}

fn main() {}
