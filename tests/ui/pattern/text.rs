use ufunc::vectorize;

#[vectorize]
fn k(x: u32) -> u32 {
    match x {
        'a' => 1,
        "b" => 2,
        _ => 0,
    }
}

fn main() {}
