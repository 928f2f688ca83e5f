use ufunc::vectorize;

#[vectorize]
fn k(_a: String, _b: Vec<f64>, _c: Option<f64>, _d: char, _e: i128, _f: &str, _g: Box<f64>, _h: *const f64, _i: fn(f64)) -> f64 {
    0.0
}

fn main() {}
