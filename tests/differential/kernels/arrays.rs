//! Local arrays and tuples, uniform tables, constants.

use ufunc::prelude::*;

const WEIGHTS: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 1.5];
static PRIMES: [u16; 8] = [2, 3, 5, 7, 11, 13, 17, 19];

#[vectorize]
pub fn horner(x: f64) -> f64 {
    let coefficients = [1.0, -0.5, 0.25, -0.125];
    let mut y = 0.0;
    for c in coefficients.iter().rev() {
        y = y * x + c;
    }
    for (i, c) in coefficients.iter().enumerate() {
        y += c * i as f64;
    }
    y
}

#[vectorize]
pub fn median_of_five(a: i32, b: i32, c: i32) -> i32 {
    let mut v = [a, b, c, a ^ b, b ^ c];
    for i in 1..5 {
        let mut j = i;
        while j > 0 && v[j - 1] > v[j] {
            let t = v[j];
            v[j] = v[j - 1];
            v[j - 1] = t;
            j -= 1;
        }
    }
    v[2]
}

#[vectorize]
pub fn histogram_of_bits(x: u32) -> u32 {
    let mut bins = [0u32; 4];
    let mut y = x;
    for _ in 0..8 {
        bins[(y & 3) as usize] += 1;
        y >>= 2;
    }
    bins[0] + bins[1] * 10 + bins[2] * 100 + bins[(x % 4) as usize] * 1000
}

#[vectorize]
pub fn big_local_array(n: u8) -> i32 {
    let mut memo = [0i32; 40];
    memo[1] = 1;
    for i in 2..40 {
        memo[i] = memo[i - 1].wrapping_add(memo[i - 2]);
    }
    memo[n as usize % 40]
}

#[vectorize]
pub fn matrix(x: f64, k: u8) -> f64 {
    let mut m = [[1.0, x], [x * 0.5, 2.0]];
    let row = (k & 1) as usize;
    m[row][1] += 3.0;
    if x > 1.0 {
        m[1][row] = 7.0;
    }
    m[0][0] * m[1][1] - m[0][1] * m[1][0] + m[row][row]
}

#[vectorize]
pub fn tuples(x: f64, y: f64) -> f64 {
    let mut p = (x, (y, 1));
    if x < y {
        p.0 = y;
        p.1 = (x, 2);
    }
    let (a, (b, n)) = p;
    a - b + n as f64
}

#[vectorize]
pub fn constant_table(i: u8) -> f64 {
    const SCALE: f64 = 8.0;
    WEIGHTS[i as usize % 5] * SCALE + PRIMES[(i & 7) as usize] as f64
}

#[vectorize]
pub fn interpolate(x: f64, #[uniform] table: &[f64]) -> f64 {
    let last = table.len() - 1;
    let t = if x > 0.0 { x } else { 0.0 };
    let t = if t < last as f64 { t } else { last as f64 };
    let i = t as usize;
    let j = if i < last { i + 1 } else { last };
    let f = t - i as f64;
    table[i] + (table[j] - table[i]) * f
}

#[vectorize]
pub fn guarded_lookup(i: i32, #[uniform] table: &[f64]) -> (f64, bool) {
    if i >= 0 && (i as usize) < table.len() { (table[i as usize], true) } else { (-1.0, false) }
}

#[vectorize]
pub fn short_circuit_lookup(i: i64, #[uniform] table: &[f64]) -> bool {
    i >= 0 && i < table.len() as i64 && table[i as usize] > 0.5
}

#[vectorize]
pub fn search(x: f64, #[uniform] table: &[f64]) -> u32 {
    let (mut low, mut high) = (0u32, table.len() as u32);
    while low < high {
        let middle = (low + high) / 2;
        if table[middle as usize] < x { low = middle + 1 } else { high = middle }
    }
    low
}

#[vectorize]
pub fn sum_of_table(x: f64, #[uniform] table: &[f64]) -> f64 {
    let mut s = 0.0;
    for &w in table {
        if w > x {
            break;
        }
        s += w;
    }
    for (i, w) in table.iter().enumerate() {
        s += *w * i as f64;
    }
    s
}

#[vectorize]
pub fn two_dimensional(k: u8, x: f64, #[uniform] rows: &[[f64; 3]; 4]) -> f64 {
    let r = (k & 3) as usize;
    rows[r][0] * x * x + rows[r][1] * x + rows[r][2] + rows[1][(k % 3) as usize]
}
