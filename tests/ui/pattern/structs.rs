use ufunc::vectorize;

struct Point {
    x: f64,
}

#[vectorize]
fn k(x: f64) -> f64 {
    let Point { x: y } = Point { x };
    match x {
        Wrapped(z) => z,
        _ => y,
    }
}

fn main() {}
