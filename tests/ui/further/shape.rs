use ufunc::vectorize;

#[vectorize(i32(i32))]
pub fn k<T>(x: T) -> T {
    x
}

#[vectorize(bool(f32), of = k)]
fn other_result<T>(x: T) -> bool {
    x > 0.0
}

#[vectorize(f64(f64, f64), of = k)]
fn other_parameters<T>(x: T, y: T) -> T {
    x + y
}

#[vectorize(i8(i8), of = k)]
fn other_type_parameters<T, U>(x: T) -> U {
    x
}

fn main() {}
