use ufunc::vectorize;

/// The kernel.
#[vectorize(i32(i32))]
pub fn k<T>(x: T) -> T {
    x
}

#[vectorize(f32(f32), of = k, parallel)]
fn parallel<T>(x: T) -> T {
    x
}

#[vectorize(f64(f64), of = "k")]
fn quoted<T>(x: T) -> T {
    x
}

#[vectorize(of)]
fn nothing(x: f64) -> f64 {
    x
}

fn main() {}
