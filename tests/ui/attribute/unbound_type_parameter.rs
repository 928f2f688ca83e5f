use ufunc::vectorize;

#[vectorize(f64(f64))]
fn k<T, U>(x: T) -> T {
    let y: U = x;
    y
}

fn main() {}
