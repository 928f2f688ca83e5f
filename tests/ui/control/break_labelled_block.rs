use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    'a: {
        if x > 0.0 {
            break;
        }
    }
    x
}

fn main() {}
