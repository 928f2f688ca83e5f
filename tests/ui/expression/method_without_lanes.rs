use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    x.clone() + x.next_up()
}

fn main() {}
