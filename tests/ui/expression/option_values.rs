use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let a = Some(x);
    let b: Result<f64, ()> = Ok(x);
    let c = if x > 0.0 { Some(x) } else { None };
    let d = Option::Some(x);
    x
}

fn main() {}
