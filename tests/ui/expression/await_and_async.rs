use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let later = async { x };
    later.await
}

fn main() {}
