use ufunc::vectorize;

#[vectorize(identity = 0)]
fn one(x: f64) -> f64 {
    x
}

#[vectorize(reorderable)]
fn three(x: f64, y: f64, z: f64) -> f64 {
    x + y + z
}

#[vectorize(reorderable)]
fn other_result(x: f64, y: f64) -> bool {
    x > y
}

#[vectorize(identity = 0)]
fn other_operand(x: f64, y: f32) -> f64 {
    x + y as f64
}

#[vectorize(identity = 0)]
fn two_results(x: f64, y: f64) -> (f64, f64) {
    (x, y)
}

#[vectorize(identity = 0)]
fn uniform(x: f64, #[uniform] y: f64) -> f64 {
    x + y
}

fn main() {}
