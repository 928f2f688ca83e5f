use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    <f64>::sqrt(x) + <f64 as Into<f64>>::into(x)
}

fn main() {}
