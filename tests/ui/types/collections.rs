use std::collections::HashMap;
use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let a: Vec<f64> = vec![x];
    let b: HashMap<u32, f64> = HashMap::new();
    let c: Option<f64> = None;
    a[0] + b.len() as f64 + c.unwrap_or(x)
}

fn main() {}
