use ndarray::{Array1, Array2, ArrayView1};
use ufunc::jit;

#[jit]
fn total(x: ArrayView1<i64>) -> i64 {
    let mut total = 0;
    for &v in x {
        total += v;
    }
    total
}

fn main() {
    let matrix = Array2::<i64>::zeros((2, 3));
    let floats = Array1::<f64>::zeros(3);
    total(matrix.view());
    total(floats.view());
    total(&[1, 2]);
}
