use ufunc::vectorize;

#[vectorize(i32(i32))]
pub fn k<T>(x: T) -> T {
    x
}

#[vectorize(f32(f32), of = k)]
pub fn public<T>(x: T) -> T {
    x
}

#[vectorize(of = k)]
fn without_type_parameter(x: f64) -> f64 {
    x
}

fn main() {
    k(&[1.0_f32]);
}
