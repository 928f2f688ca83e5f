use ufunc::vectorize;

#[vectorize(f32(f32), f64(f64))]
fn k<T>(x: T) -> T {
    x + x
}

fn main() {
    let a: Vec<i32> = vec![1];
    let y: Vec<i32> = k(&a);
}
