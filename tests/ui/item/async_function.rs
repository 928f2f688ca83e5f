use ufunc::vectorize;

#[vectorize]
async fn k(x: f64) -> f64 {
    x
}

fn main() {}
