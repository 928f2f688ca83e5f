use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    let mut n = x;
    while n > 0 {
        n -= 1;
        'a: {
            if n == 3 {
                continue 'a;
            }
            n += 1;
        }
    }
    n
}

fn main() {}
