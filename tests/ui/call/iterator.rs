use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    x
}

fn main() {
    let y = k((0..3).map(f64::from));
    let z = k("text");
}
