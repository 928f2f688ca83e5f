use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    x.sinn() + x.tahn() + x.wraping_add(1.0)
}

fn main() {}
