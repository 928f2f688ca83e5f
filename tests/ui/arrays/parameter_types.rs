use ndarray::{Array1, Array2, ArrayD, ArrayView, ArrayView0, ArrayView1, ArrayView2, ArrayViewD, ArrayViewMut1, IxDyn};
use ufunc::jit;

#[jit]
fn owned(x: Array1<f64>, y: Vec<f64>) -> usize {
    x.len() + y.len()
}

#[jit]
fn borrowed_view(x: &ArrayView1<f64>, y: &mut ArrayViewMut1<f64>) -> usize {
    x.len() + y.len()
}

#[jit]
fn axes(a: ArrayViewD<f64>, b: ArrayView0<f64>, c: ArrayView<f64, IxDyn>, d: &ArrayD<f64>) -> usize {
    a.len() + b.len() + c.len() + d.len()
}

#[jit]
fn elements(a: &[(f64, f64)], b: &[[f64; 3]], c: ArrayView2<String>, d: &[u128]) -> usize {
    a.len() + b.len() + c.len() + d.len()
}

#[jit]
fn scalar_reference(x: &[f64], _n: &mut f64) -> usize {
    x.len()
}

#[jit]
fn nested(x: &[&[f64]], y: &Array2<f64>) -> usize {
    x.len() + y.len()
}

fn main() {}
