use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    x
}

fn main() {
    let mut out = vec![0.0_f32; 2];
    k::into(&[1.0, 2.0], &mut out);
    k::into(&[1.0, 2.0], out);
}
