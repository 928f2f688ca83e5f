use ufunc::vectorize;

#[vectorize]
fn k(n: u32, step: u32) -> u32 {
    let mut sum = 0;
    for i in (0..n).step_by(step as usize) {
        sum += i;
    }
    sum
}

fn main() {}
