use ufunc::vectorize;

#[vectorize(identity)]
fn nothing(x: f64, y: f64) -> f64 {
    x + y
}

#[vectorize(identity = 1 - 1)]
fn expression(x: f64, y: f64) -> f64 {
    x + y
}

#[vectorize(identity = "reorderable")]
fn text(x: f64, y: f64) -> f64 {
    if x > y { x } else { y }
}

#[vectorize(reorderable = true)]
fn value(x: f64, y: f64) -> f64 {
    if x > y { x } else { y }
}

fn main() {}
