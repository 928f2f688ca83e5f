use ufunc::vectorize;

fn plain(x: i32) -> i32 {
    x
}

#[vectorize(i32(i32))]
pub fn k<T>(x: T) -> T {
    x
}

#[vectorize(f32(f32), of = plain)]
fn of_no_kernel<T>(x: T) -> T {
    x
}

#[vectorize(f64(f64), of = missing)]
fn of_nothing<T>(x: T) -> T {
    x
}

#[vectorize(i32(i32), of = k)]
fn the_same_types<T>(x: T) -> T {
    -x
}

fn main() {
    plain(1);
}
