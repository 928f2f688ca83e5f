use ufunc::vectorize;

macro_rules! my_macro {
    ($x:expr) => {
        $x
    };
}

#[vectorize]
fn k(x: f64) -> f64 {
    println!("{x}");
    dbg!(x);
    let a = vec![x];
    let b = format!("{x}");
    let c = matches!(1, 1 | 2);
    let d = my_macro!(x);
    if x > 0.0 {
        todo!()
    }
    x
}

fn main() {}
