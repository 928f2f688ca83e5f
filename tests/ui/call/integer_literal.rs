use ufunc::vectorize;

#[vectorize]
fn k(x: f64, y: f64) -> f64 {
    x + y
}

fn main() {
    let a = ndarray::Array1::<f64>::zeros(3);
    let y = k(&a, 1);
}
