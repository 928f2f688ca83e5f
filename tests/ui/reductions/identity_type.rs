use ufunc::vectorize;

#[vectorize(identity = 0.5)]
fn k(x: i32, y: i32) -> i32 {
    x + y
}

#[vectorize(identity = NOTHING)]
fn l(x: i32, y: i32) -> i32 {
    x + y
}

fn main() {}
