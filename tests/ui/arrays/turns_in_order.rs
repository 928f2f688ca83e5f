use ufunc::jit;

#[jit]
fn search(x: &[i32], wanted: i32) -> usize {
    let (mut low, mut high) = (0, x.len());
    while low < high {
        let middle = (low + high) / 2;
        if x[middle] < wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[jit]
fn forever(x: &mut [f64]) {
    let mut i = 0;
    loop {
        if i == x.len() {
            break;
        }
        x[i] = 0.0;
        i += 1;
    }
}

fn main() {}
