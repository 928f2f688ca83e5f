use ufunc::vectorize;

struct Settings {
    scale: f64,
}

const SETTINGS: Settings = Settings { scale: 2.0 };

#[vectorize]
fn k(x: f64) -> f64 {
    SETTINGS.scale * x
}

fn main() {}
