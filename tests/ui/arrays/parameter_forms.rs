use ndarray::ArrayView1;
use ufunc::jit;

#[jit]
fn generic<T>(x: &[T], n: usize) -> usize {
    x.len() + n
}

struct Grid;

impl Grid {
    #[jit]
    fn method(&self, x: &[f64]) -> usize {
        x.len()
    }
}

#[jit]
fn marked(x: &[f64], #[uniform] n: usize) -> usize {
    x.len() + n
}

#[jit]
fn taken_apart(x: &[f64], (a, b): (f64, f64)) -> f64 {
    a + b + x[0]
}

#[jit]
fn by_reference(x: &[f64], ref n: usize) -> usize {
    x.len() + n
}

#[jit]
async fn later(x: ArrayView1<'_, f64>) -> usize {
    x.len()
}

fn main() {}
