use ufunc::vectorize;

#[vectorize]
fn shifted(x: f64, by: f32) -> f64 {
    x + by as f64
}

#[vectorize]
fn uniform(x: f64, #[uniform] y: f64) -> f64 {
    x + y
}

fn main() {
    shifted::accumulate(&[1.0, 2.0], 0);
    uniform::outer(&[1.0, 2.0], 1.0);
}
