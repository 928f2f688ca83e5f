use ufunc::vectorize;

#[vectorize(float64(float64), int32(int32))]
fn k<T>(x: T) -> T {
    x
}

fn main() {}
