use ufunc::vectorize;

#[vectorize]
struct Kernel {
    x: f64,
}

fn main() {}
