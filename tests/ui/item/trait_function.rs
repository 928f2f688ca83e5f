use ufunc::vectorize;

trait Filter {
    #[vectorize]
    fn k(x: f64) -> f64;
}

fn main() {}
