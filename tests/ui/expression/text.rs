use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let name = "x";
    let byte = b"x";
    let letter = 'x';
    x
}

fn main() {}
