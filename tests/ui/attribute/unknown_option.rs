use ufunc::vectorize;

#[vectorize(paralel)]
fn k(x: f64) -> f64 {
    x
}

fn main() {}
