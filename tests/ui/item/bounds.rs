use ufunc::vectorize;

#[vectorize(f64(f64))]
fn k<T: Copy>(x: T) -> T {
    x
}

#[vectorize(f64(f64))]
fn l<T>(x: T) -> T
where
    T: Copy,
{
    x
}

fn main() {}
