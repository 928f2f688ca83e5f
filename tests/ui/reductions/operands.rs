use ufunc::vectorize;

#[vectorize(identity = 0)]
fn add(x: f64, y: f64) -> f64 {
    x + y
}

fn main() {
    add::reduce(1.0, 0);
    add::reduce_all(&[1, 2]);
    add::reduceat(&[1.0, 2.0], &[0_i64, 1], 0);
    add::at(&[1.0, 2.0], &[0], 1.0);
}
