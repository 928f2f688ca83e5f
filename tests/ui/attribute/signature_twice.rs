use ufunc::vectorize;

#[vectorize(f32(f32), f64(f64), f32(f32))]
fn k<T>(x: T) -> T {
    x
}

fn main() {}
