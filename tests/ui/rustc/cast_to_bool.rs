use ufunc::vectorize;

#[vectorize]
fn k(x: i32) -> bool {
    x as bool
}

fn main() {}
