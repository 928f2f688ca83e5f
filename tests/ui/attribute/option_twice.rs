use ufunc::vectorize;

#[vectorize(ulp = 1, parallel, ulp = 4, parallel)]
fn k(x: f64) -> f64 {
    x
}

fn main() {}
