use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> ! {
    panic!("{x}")
}

fn main() {}
