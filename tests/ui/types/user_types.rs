use ufunc::vectorize;

struct Point(f64, f64);

#[vectorize]
fn k(x: f64) -> f64 {
    let p: Point = Point(x, x);
    p.0
}

fn main() {}
