use ufunc::vectorize;

#[vectorize]
fn k<T>(x: T) -> T {
    x
}

fn main() {}
