//! Integers: histograms, counters of every width, bits, and loops that count with them.

use ndarray::{ArrayView1, ArrayViewMut1, ArrayViewMut2};
use ufunc::prelude::*;

use crate::harness::{check, exact, lengths};

/// Lanes may meet in a bin.
#[jit]
fn histogram(x: &[f64], low: f64, high: f64, bins: &mut [u32]) {
    let scale = bins.len() as f64 / (high - low);
    for i in 0..x.len() {
        let bin = ((x[i] - low) * scale).floor();
        if bin >= 0.0 && bin < bins.len() as f64 {
            bins[bin as usize] += 1;
        }
    }
}

/// Weights of floats are added in order, whatever bin they fall into.
#[jit]
fn weighted(x: &[u8], weight: &[f32], mut bins: ArrayViewMut1<f32>) {
    for (x, w) in x.iter().zip(weight) {
        bins[(*x % 7) as usize] += w;
    }
}

#[jit]
fn pairs(a: &[u8], b: &[u8], mut table: ArrayViewMut2<u32>) {
    for i in 0..a.len() {
        table[[(a[i] & 3) as usize, (b[i] & 1) as usize]] += 1;
    }
}

/// A range of `i32` that begins below zero.
#[jit]
fn parabola(from: i32, out: &mut [i32]) {
    let n = out.len() as i32;
    for k in from..from + n {
        out[(k - from) as usize] = k * k - 3 * k;
    }
}

#[jit]
fn triangle(from: i32, to: i32, factors: &[i64]) -> i64 {
    let mut total = 0;
    for k in from..=to {
        total += k as i64 * factors[0];
    }
    total
}

/// All bytes, to the very last.
#[jit]
fn table_of_bytes(out: &mut [u8]) {
    for k in 0..=255_u8 {
        out[k as usize] = k.reverse_bits() ^ 0x5a;
    }
}

#[jit]
fn popcounts(x: ArrayView1<u64>, mut out: ArrayViewMut1<u32>) -> u32 {
    let mut total = 0;
    for i in 0..x.len() {
        let n = x[i].count_ones();
        out[i] = n;
        total += n;
    }
    total
}

#[jit]
fn collatz(out: &mut [u32]) {
    for i in 0..out.len() {
        let mut n = i as u64 + 1;
        let mut steps = 0;
        while n != 1 {
            n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
            steps += 1;
        }
        out[i] = steps;
    }
}

/// Primes by trial division, with a way out of the inner loop.
#[jit]
fn primes(from: u32, out: &mut [bool]) {
    for i in 0..out.len() {
        let n = from + i as u32;
        let mut prime = n > 1;
        let mut d = 2;
        while d * d <= n {
            if n % d == 0 {
                prime = false;
                break;
            }
            d += 1;
        }
        out[i] = prime;
    }
}

#[jit]
fn greatest_common(a: ArrayView1<u32>, b: ArrayView1<u32>, out: &mut [u32]) {
    for i in 0..a.len() {
        let (mut x, mut y) = (a[i], b[i]);
        while y != 0 {
            (x, y) = (y, x % y);
        }
        out[i] = x;
    }
}

#[jit]
fn grey(rgb: &[u8], out: &mut [u8]) {
    for i in 0..out.len() {
        let (r, g, b) = (rgb[3 * i] as u32, rgb[3 * i + 1] as u32, rgb[3 * i + 2] as u32);
        out[i] = ((77 * r + 150 * g + 29 * b) >> 8) as u8;
    }
}

#[jit]
fn mixed(a: &[i8], b: &[u16], out: &mut [i64]) -> i64 {
    let mut least = i64::MAX;
    for i in 0..a.len() {
        let v = a[i] as i64 * b[i] as i64;
        out[i] += v;
        least = least.min(v);
    }
    least
}

/// Which class a value is in.
#[jit]
fn classes(x: ArrayView1<i32>, out: &mut [u8]) {
    for i in 0..x.len() {
        out[i] = match x[i] {
            i32::MIN..=-1 => 0,
            0 => 1,
            1 | 2 | 4 | 8 => 2,
            v if v % 2 == 0 => 3,
            _ => 4,
        };
    }
}

#[test]
fn bins() {
    check(lengths(), true, |case| {
        let (x, out) = (case.slice(case.n), case.slice(1 + case.n % 12));
        exact!(case, histogram(x.slice(), -1.0, 1.0, out.slice_mut()) writes out);
        let (x, w, out) = (case.slice(case.n), case.slice(case.n), case.array(7));
        exact!(case, weighted(x.slice(), w.slice(), out.view_mut()) writes out);
        let (a, b, out) = (case.slice(case.n), case.slice(case.n), case.matrix(4, 2));
        exact!(case, pairs(a.slice(), b.slice(), out.view_mut()) writes out);
    });
}

#[test]
fn ranges() {
    check(lengths(), false, |case| {
        let out = case.slice(case.n);
        exact!(case, parabola(-9, out.slice_mut()) writes out);
        exact!(case, triangle(-7, case.n as i32 - 9, &[3]));
        exact!(case, triangle(i32::MAX - case.n as i32, i32::MAX, &[-7]));
    });
    check([256], false, |case| {
        let out = case.slice(256);
        exact!(case, table_of_bytes(out.slice_mut()) writes out);
    });
}

#[test]
fn loops_in_lanes() {
    check(lengths(), true, |case| {
        let out = case.slice(case.n);
        exact!(case, collatz(out.slice_mut()) writes out);
        let out = case.slice(case.n);
        exact!(case, primes(case.n as u32, out.slice_mut()) writes out);
        let (a, b, out) = (case.array(case.n), case.array(case.n), case.slice(case.n));
        exact!(case, greatest_common(a.view(), b.view(), out.slice_mut()) writes out);
    });
}

#[test]
fn widths() {
    check(lengths(), true, |case| {
        let (x, out) = (case.array(case.n), case.array(case.n));
        exact!(case, popcounts(x.view(), out.view_mut()) writes out);
        let (rgb, out) = (case.slice(3 * case.n), case.slice(case.n));
        exact!(case, grey(rgb.slice(), out.slice_mut()) writes out);
        let (a, b, out) = (case.slice(case.n), case.slice(case.n), case.slice(case.n));
        exact!(case, mixed(a.slice(), b.slice(), out.slice_mut()) writes out);
        let x = case.array::<i32>(case.n);
        let x = x.map(|x| if x % 3 == 0 { x & 15 } else { x });
        let out = case.slice(case.n);
        exact!(case, classes(x.view(), out.slice_mut()) writes out);
    });
}
