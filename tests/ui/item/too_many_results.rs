use ufunc::vectorize;

#[vectorize]
fn k(x: i8) -> (i8, i8, i8, i8, i8, i8, i8, i8, i8) {
    (x, x, x, x, x, x, x, x, x)
}

fn main() {}
