use ndarray::{Array1, Array2, ArrayView2};
use ufunc::prelude::*;

#[guvectorize("(m,n),()->()")]
fn trace(a: ArrayView2<f64>, scale: f64, out: &mut f64) {
    *out = a[[0, 0]] * scale;
}

fn main() {
    let matrix = Array2::<f64>::ones((2, 2));
    // A row has too few axes.
    let _ = trace(&Array1::<f64>::ones(2), 1.0);
    // A number is no core.
    let _ = trace(1.0, 1.0);
    // Elements are not converted.
    let _ = trace(&matrix, 1);
    let _: f64 = trace(&matrix, 1.0);
}
