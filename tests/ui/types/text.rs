use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    let name: String = String::from("x");
    let text: &str = "text";
    x + name.len() as f64 + text.len() as f64
}

fn main() {}
