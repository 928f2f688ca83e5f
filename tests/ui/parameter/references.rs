use ufunc::vectorize;

#[vectorize]
fn k(x: &f64, y: &mut f64, z: &[f64]) -> f64 {
    *y += *x;
    *y + z[0]
}

fn main() {}
