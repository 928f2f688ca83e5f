use ndarray::{Array1, Array2};
use ufunc::prelude::*;

#[guvectorize("(n),()->(n)", f32(f32, f32), f64(f64, f64))]
fn scale<T>(x: &[T], factor: T, out: &mut [T]) {
    for i in 0..x.len() {
        out[i] = x[i] * factor;
    }
}

fn main() {
    // No signature has these types.
    let _ = scale(&Array1::<i64>::ones(2), 1);
    // One type for all.
    let _ = scale(&Array1::<f32>::ones(2), &Array1::<f64>::ones(2));
    let mut out = Array2::<f32>::zeros((2, 2));
    scale::into(&Array2::<f64>::ones((2, 2)), 1.0, &mut out);
    scale::scalar(&[1_i32], 1, &mut [0]);
}
