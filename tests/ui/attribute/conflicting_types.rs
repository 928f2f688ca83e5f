use ufunc::vectorize;

#[vectorize(f64(f64, f32))]
fn k<T>(x: T, y: T) -> T {
    x + y
}

fn main() {}
