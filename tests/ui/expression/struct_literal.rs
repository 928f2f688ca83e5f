use ufunc::vectorize;

struct Point {
    x: f64,
    y: f64,
}

#[vectorize]
fn k(x: f64) -> f64 {
    let p = Point { x, y: x };
    p.x + p.y
}

fn main() {}
