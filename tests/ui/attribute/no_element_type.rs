use ufunc::vectorize;

#[vectorize(i128(i128), f64(str))]
fn k<T>(x: T) -> T {
    x
}

fn main() {}
