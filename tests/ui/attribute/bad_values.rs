use ufunc::vectorize;

#[vectorize(ulp = 2, parallel = true)]
fn k(x: f64) -> f64 {
    x
}

#[vectorize(ulp, crate = "ufunc")]
fn l(x: f64) -> f64 {
    x
}

fn main() {}
