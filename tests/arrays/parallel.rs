//! `prange`: the same bits for any number of threads.

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2};
use ufunc::prelude::*;

use crate::harness::{Case, check, exact, near, pools};

#[jit(parallel)]
fn scale(x: ArrayView1<f64>, factor: f64, mut out: ArrayViewMut1<f64>) {
    for i in prange(0..x.len()) {
        out[i] = factor * x[i] + i as f64;
    }
}

#[jit(parallel)]
fn sum(x: &[f64]) -> f64 {
    let mut total = 0.5;
    for i in prange(0..x.len()) {
        total += x[i];
    }
    total
}

#[jit(parallel)]
fn dot_and_extremes(x: ArrayView1<f32>, y: ArrayView1<f32>) -> (f32, f32, f32, u32) {
    let mut total: f32 = 0.0;
    let mut low = f32::INFINITY;
    let mut high = f32::NEG_INFINITY;
    let mut positive: u32 = 0;
    for i in prange(0..x.len()) {
        total += x[i] * y[i];
        low = low.min(x[i]);
        high = high.max(x[i]);
        if x[i] > 0.0 {
            positive += 1;
        }
    }
    (total, low, high, positive)
}

/// Rows on threads, columns in lanes.
#[jit(parallel)]
fn jacobi(u: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) -> f64 {
    let mut worst: f64 = 0.0;
    for i in prange(1..u.nrows() - 1) {
        for j in 1..u.ncols() - 1 {
            let new = 0.25 * (u[[i - 1, j]] + u[[i + 1, j]] + u[[i, j - 1]] + u[[i, j + 1]]);
            worst = worst.max((new - u[[i, j]]).abs());
            out[[i, j]] = new;
        }
    }
    worst
}

/// A sum of floats within rows: both loops combine it in any order, but always the same.
#[jit(parallel)]
fn residual(a: ArrayView2<f64>, x: &[f64], b: &[f64]) -> f64 {
    let mut squares = 0.0;
    for i in prange(0..a.nrows()) {
        let mut row = 0.0;
        for j in 0..a.ncols() {
            row += a[[i, j]] * x[j];
        }
        let d = row - b[i];
        squares += d * d;
    }
    squares.sqrt()
}

/// Each turn's own sums keep their order where a loop around them can be lanes, though not what the turns combine.
#[jit(parallel)]
fn product(a: ArrayView2<f64>, b: ArrayView2<f64>, mut c: ArrayViewMut2<f64>) -> u64 {
    let mut signs: u64 = 0;
    for i in prange(0..a.nrows()) {
        for j in 0..b.ncols() {
            let mut sum = 0.0;
            for k in 0..a.ncols() {
                sum += a[[i, k]] * b[[k, j]];
            }
            c[[i, j]] = sum;
            signs = signs.wrapping_add((sum < 0.0) as u64);
        }
    }
    signs
}

/// The inner `prange` runs on the outer one's threads, one turn after the other.
#[jit(parallel)]
fn nested(x: ArrayView2<i64>, mut out: ArrayViewMut2<i64>) -> i64 {
    let mut total: i64 = 0;
    for i in prange(0..x.nrows()) {
        for j in prange(0..x.ncols()) {
            out[[i, j]] = x[[i, j]] * 3 + j as i64;
            total += x[[i, j]];
        }
    }
    total
}

/// Where the least is: of equals the first, whichever thread finds it.
#[jit(parallel)]
fn argmin(x: &[i32]) -> (i32, usize) {
    let mut least: i32 = i32::MAX;
    let mut at: usize = 0;
    for i in prange(0..x.len()) {
        if x[i] < least {
            least = x[i];
            at = i;
        }
    }
    (least, at)
}

/// A counter-based generator: the points are the same on any thread.
#[jit]
fn scramble(n: u64) -> u64 {
    let a = (n + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
    let b = (a ^ (a >> 31)) * 0x94D049BB133111EB;
    b ^ (b >> 29)
}

#[jit(parallel)]
fn inside(seeds: &[u64], points: usize) -> u64 {
    let mut count: u64 = 0;
    for i in prange(0..points) {
        let bits = scramble(seeds[0] + i as u64);
        let x = (bits >> 40) as f32 / 16777216.0;
        let y = (bits & 0xffffff) as f32 / 16777216.0;
        if x * x + y * y < 1.0 {
            count += 1;
        }
    }
    count
}

#[jit]
fn escape(re: f64, im: f64, most: u32) -> u32 {
    let (mut x, mut y, mut n) = (re, im, 0);
    while n < most && x * x + y * y <= 4.0 {
        let t = x * x - y * y + re;
        y = 2.0 * x * y + im;
        x = t;
        n += 1;
    }
    n
}

#[jit(parallel)]
fn mandelbrot(x: &[f64], y: &[f64], most: u32, mut out: ArrayViewMut2<u32>) {
    for i in prange(0..y.len()) {
        for j in 0..x.len() {
            out[[i, j]] = escape(x[j], y[i], most);
        }
    }
}

/// Lanes and threads meet in the bins: each part counts in a copy of its own.
#[jit(parallel)]
fn histogram(x: &[u16], bins: &mut [u32]) {
    for i in prange(0..x.len()) {
        bins[(x[i] % 19) as usize] += 1;
    }
}

/// Floats in bins, combined in the same order by any number of threads.
#[jit(parallel)]
fn weighted(x: &[u16], weight: ArrayView1<f64>, mut bins: ArrayViewMut1<f64>) {
    for i in prange(0..x.len()) {
        bins[(x[i] % 5) as usize] += weight[i];
    }
}

/// What is each turn's own is not handed on.
#[jit(parallel)]
fn own_values(x: ArrayView2<f32>, mut out: ArrayViewMut1<f32>, shift: usize) {
    let mut greatest: f32;
    for i in prange(0..x.nrows()) {
        greatest = f32::NEG_INFINITY;
        for j in 0..x.ncols() {
            greatest = greatest.max(x[[i, j]]);
        }
        out[i + 1] = greatest * shift as f32;
    }
}

/// One `prange` after the other, the second on what the first has written.
#[jit(parallel)]
fn normalize(x: &[f64], out: &mut [f64]) {
    let mut total = 0.0;
    for i in prange(0..x.len()) {
        out[i] = x[i] * x[i];
        total += out[i];
    }
    for i in prange(0..x.len()) {
        out[i] /= total;
    }
}

/// Lengths that one part has, and some that many have.
const LENGTHS: [usize; 12] = [0, 1, 2, 7, 16, 33, 63, 70, 1000, 4096, 12_289, 70_001];

fn on_all_pools(lengths: &[usize], case: impl Fn(&mut Case) + Sync) {
    for pool in pools() {
        pool.install(|| check(lengths.iter().copied(), false, &case));
    }
}

#[test]
fn elements() {
    on_all_pools(&LENGTHS, |case| {
        let (x, out) = (case.array(case.n), case.array(case.n));
        exact!(case, scale(x.view(), 0.3, out.view_mut()) writes out);
    });
}

#[test]
fn sums() {
    on_all_pools(&LENGTHS, |case| {
        let x = case.slice(case.n);
        near!(case, 1e-11, order, sum(x.slice()));
        let (x, y) = (case.array(case.n), case.array(case.n));
        near!(case, 2e-4, order, dot_and_extremes(x.view(), y.view()));
        let (x, out) = (case.slice(case.n), case.slice(case.n));
        near!(case, 1e-11, order, normalize(x.slice(), out.slice_mut()) writes out);
    });
}

#[test]
fn rows() {
    on_all_pools(&[2, 3, 5, 19, 64, 70, 200], |case| {
        let columns = 2 + case.n % 31;
        let (u, out) = (case.matrix(case.n, columns), case.matrix(case.n, columns));
        exact!(case, jacobi(u.view(), out.view_mut()) writes out);
        let (a, x, b) = (case.matrix(case.n, columns), case.slice(columns), case.slice(case.n));
        near!(case, 1e-13, order, residual(a.view(), x.slice(), b.slice()));
        let (a, b, c) = (case.matrix(case.n, 9), case.matrix(9, columns), case.matrix(case.n, columns));
        exact!(case, product(a.view(), b.view(), c.view_mut()) writes c);
        let (x, out) = (case.matrix(case.n, columns), case.matrix(case.n, columns));
        exact!(case, nested(x.view(), out.view_mut()) writes out);
        let (x, out) = (case.matrix(case.n, columns), case.array(case.n + 1));
        exact!(case, own_values(x.view(), out.view_mut(), 3) writes out);
    });
}

#[test]
fn places() {
    on_all_pools(&LENGTHS, |case| {
        let x = case.slice_of(case.n, |random, _| random.below(1000) as i32 - 9);
        exact!(case, argmin(x.slice()));
    });
}

#[test]
fn bins() {
    on_all_pools(&LENGTHS, |case| {
        let (x, out) = (case.slice(case.n), case.slice(19));
        exact!(case, histogram(x.slice(), out.slice_mut()) writes out);
        let (x, w, out) = (case.slice(case.n), case.array(case.n), case.array(5));
        near!(case, 1e-11, order, weighted(x.slice(), w.view(), out.view_mut()) writes out);
    });
}

#[test]
fn calls_of_device_functions() {
    on_all_pools(&[0, 1, 70, 20_000], |case| {
        exact!(case, inside(&[42], case.n));
    });
    on_all_pools(&[1, 5, 40], |case| {
        let (x, y) = (case.slice(2 * case.n), case.slice(case.n));
        let out = case.matrix(case.n, 2 * case.n);
        exact!(case, mandelbrot(x.slice(), y.slice(), 60, out.view_mut()) writes out);
    });
}

/// A sum of many floats beside that of their exact values: combined as a tree, it is nearer than one in order.
#[test]
fn errors_of_sums() {
    let mut random = crate::data::Random::new(5);
    let x: Vec<f64> = (0..300_000).map(|_| crate::data::Sample::plain(&mut random)).collect();
    let (mut exact, mut lost) = (0.0, 0.0);
    for v in &x {
        let next = exact + v;
        lost += if f64::abs(exact) >= f64::abs(*v) { (exact - next) + v } else { (v - next) + exact };
        exact = next;
    }
    let exact = exact + lost + 0.5;
    for pool in pools() {
        let got = pool.install(|| sum(&x));
        assert!((got - exact).abs() <= 1e-12 && sum::scalar(&x) != got, "{got} is not near {exact}");
    }
}
