use ufunc::vectorize;

#[vectorize]
fn k(x: f64) -> f64 {
    fn double(x: f64) -> f64 {
        2.0 * x
    }
    static COUNT: u32 = 0;
    struct Point {
        x: f64,
    }
    enum Kind {
        A,
    }
    type Real = f64;
    macro_rules! twice {
        ($x:expr) => {
            $x + $x
        };
    }
    double(x)
}

fn main() {}
