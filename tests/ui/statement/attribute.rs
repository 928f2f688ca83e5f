use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    #[cfg(target_os = "linux")]
    let x = x * 2.0;
    #[cfg(target_arch = "x86_64")]
    {
        return x;
    }
    x
}

fn main() {}
