use ufunc::vectorize;

#[vectorize]
fn k(x: f32) -> f32 {
    let h = x as f16;
    h as f32
}

fn main() {}
