use ufunc::jit;

#[jit]
fn length(v: (f64, f64), w: [f64; 3]) -> f64 {
    v.0.hypot(v.1) + w[0]
}

#[jit]
fn swapped(x: f64, y: f64) -> [f64; 2] {
    [y, x]
}

#[jit]
fn third(#[uniform] table: &[f64]) -> f64 {
    table[2]
}

fn main() {}
