use ufunc::vectorize;

#[vectorize]
fn positive(x: f64) -> bool {
    x > 0.0
}

#[vectorize]
fn k(x: f64, y: f64) -> f64 {
    x + y
}

fn main() {
    let mut x = vec![1.0, 2.0];
    positive::inplace(&mut x);
    positive::with(&mut x).inplace();
    k::inplace(&x, 1.0);
    k::with(&x, 1.0).inplace();
    k::with(1.0, &mut x).inplace();
}
