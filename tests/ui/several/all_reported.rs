use ufunc::vectorize;

#[vectorize(nogil)]
pub const fn k(x: &f64, y: String) -> f64 {
    let z: i128 = 1;
    let f = |a: f64| a + 1.0;
    for i in 0.. {
        println!("{i}");
    }
    if let 1.0 = x {
        return f(z as f64);
    }
    x.sinn()
}

fn main() {}
