use ufunc::{jit, vectorize};

#[vectorize]
fn k(x: f64, y: f64) -> f64 {
    let f = |a: f64| a + y;
    f(x)
}

#[vectorize]
fn uses(x: f64) -> f64 {
    k(x, 1.0) + 1.0
}

#[jit]
fn device(x: f64, #[uniform] table: &[f64]) -> f64 {
    x + unsafe { *table.get_unchecked(0) }
}

#[vectorize]
fn uses_device(x: f64, #[uniform] table: &[f64]) -> f64 {
    device(x, table)
}

fn main() {
    let y: Vec<f64> = k(&[1.0, 2.0][..], 3.0);
    let z: f64 = k::scalar(1.0, 2.0);
    let mut out = vec![0.0; 2];
    k::into(&y, z, &mut out);
    k::with(&y, z).parallel(true).eval();
    uses::par(&y);
}
