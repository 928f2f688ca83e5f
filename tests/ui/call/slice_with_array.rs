use ufunc::vectorize;

#[vectorize]
fn k(x: f64, y: f64) -> f64 {
    x + y
}

fn main() {
    let a = ndarray::Array1::<f64>::zeros(3);
    let y = k(&a, &[1.0, 2.0, 3.0]);
    let z: Vec<f64> = k(&a, 1.0);
}
