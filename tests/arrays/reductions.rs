//! Sums, products, extremes, and where they are: integers and comparisons in any order, floats by `reassoc`.

use ndarray::{ArrayView1, ArrayView2, s};
use ufunc::Level;
use ufunc::prelude::*;

use crate::data::{Random, Sample};
use crate::harness::{check, exact, lengths, levels, near};

#[jit]
fn sum_i64(x: &[i64]) -> i64 {
    let mut total = 0;
    for &v in x {
        total += v;
    }
    total
}

/// A sum of bytes that wraps, as that of every integer does.
#[jit]
fn sum_u8(x: ArrayView1<u8>) -> u8 {
    let mut total = 7;
    for &v in x {
        total += v;
    }
    total
}

#[jit]
fn product_i32(x: ArrayView1<i32>) -> i32 {
    let mut total = 1;
    for v in x.iter() {
        total *= *v | 1;
    }
    total
}

#[jit]
fn difference_u32(x: ArrayView1<u32>, start: u32) -> u32 {
    let mut left = start;
    for i in 0..x.len() {
        left -= x[i];
    }
    left
}

#[jit]
fn bits(x: &[u32]) -> (u32, u32, u32) {
    let (mut all, mut any, mut odd) = (!0, 0, 0);
    for &v in x {
        all &= v;
        any |= v;
        odd ^= v;
    }
    (all, any, odd)
}

#[jit]
fn min_max_f64(x: ArrayView1<f64>) -> (f64, f64) {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for i in 0..x.len() {
        low = low.min(x[i]);
        high = high.max(x[i]);
    }
    (low, high)
}

#[jit]
fn max_f32(x: &[f32]) -> f32 {
    let mut high = f32::NEG_INFINITY;
    for &v in x {
        high = high.max(v);
    }
    high
}

/// What begins as NaN, or may, stays so until a number comes; what does not is never NaN.
#[jit]
fn highest(x: &[f64], start: f64, out: &mut [f64]) -> (f64, f64, f64) {
    let (mut given, mut high, mut low) = (start, 0.5, f64::MAX);
    for &v in x {
        given = given.max(v);
        high = v.max(high);
        low = low.min(v);
    }
    for i in 0..out.len() {
        let mut most = f64::NEG_INFINITY;
        let mut nothing = f64::NAN;
        for j in 0..x.len().min(5) {
            most = most.max(x[j] * out[i]);
            nothing = nothing.max(x[j] - out[i]);
        }
        out[i] = if most > nothing { most } else { nothing };
    }
    (given, high, low)
}

#[jit]
fn min_i32(x: ArrayView1<i32>) -> i32 {
    let mut low = i32::MAX;
    for &v in x {
        low = low.min(v);
    }
    low
}

#[jit]
fn max_u8(x: &[u8]) -> u8 {
    let mut high = 0;
    for &v in x {
        high = high.max(v);
    }
    high
}

/// The first of the least.
#[jit]
fn argmin_f64(x: ArrayView1<f64>) -> (usize, f64) {
    let (mut at, mut least) = (usize::MAX, f64::INFINITY);
    for i in 0..x.len() {
        if x[i] < least {
            least = x[i];
            at = i;
        }
    }
    (at, least)
}

/// The last of the greatest.
#[jit]
fn argmax_i32(x: &[i32]) -> (usize, i32) {
    let mut at = 0;
    let mut greatest = i32::MIN;
    for (i, &v) in x.iter().enumerate() {
        if v >= greatest {
            greatest = v;
            at = i;
        }
    }
    (at, greatest)
}

#[jit]
fn argmax_u8(x: &[u8]) -> usize {
    let mut at = 0;
    let mut greatest = 0;
    for i in 0..x.len() {
        if greatest < x[i] {
            greatest = x[i];
            at = i;
        }
    }
    at
}

/// The nearest value that is above a bound.
#[jit]
fn argmin_above(x: ArrayView1<f32>, bound: f32) -> (f32, usize) {
    let mut best = f32::INFINITY;
    let mut at = usize::MAX;
    for i in 0..x.len() {
        if x[i] > bound && x[i] < best {
            best = x[i];
            at = i;
        }
    }
    (best, at)
}

#[jit]
fn count_above(x: &[f32], bound: f32) -> usize {
    let mut count = 0;
    for &v in x {
        if v > bound {
            count += 1;
        }
    }
    count
}

#[jit]
fn count_zeros(x: ArrayView1<i64>) -> u32 {
    let mut count = 0;
    for &v in x {
        count += (v == 0) as u32;
    }
    count
}

#[jit]
fn all_any(x: ArrayView1<bool>, y: &[bool]) -> (bool, bool, bool) {
    let (mut all, mut any, mut odd) = (true, false, false);
    for i in 0..x.len() {
        all &= x[i];
        any |= x[i] && y[i];
        odd ^= y[i];
    }
    (all, any, odd)
}

#[jit(reassoc)]
fn sum_f32(x: ArrayView1<f32>) -> f32 {
    let mut total = 0.0;
    for &v in x {
        total += v;
    }
    total
}

#[jit(reassoc)]
fn sum_f64(x: &[f64]) -> f64 {
    let mut total = 0.0;
    for &v in x {
        total += v;
    }
    total
}

#[jit(reassoc)]
fn dot_f64(x: ArrayView1<f64>, y: ArrayView1<f64>) -> f64 {
    let mut total = 0.0;
    for (a, b) in x.iter().zip(y) {
        total += a * b;
    }
    total
}

#[jit]
fn dot_i64(x: ArrayView1<i64>, y: ArrayView1<i64>) -> i64 {
    let mut total = 0;
    for i in 0..x.len().min(y.len()) {
        total += x[i] * y[i];
    }
    total
}

#[jit(reassoc)]
fn norm_f32(x: &[f32]) -> f32 {
    let mut total = 0.0;
    for &v in x {
        total += v * v;
    }
    total.sqrt()
}

/// Mean and variance in two passes.
#[jit(reassoc)]
fn variance(x: ArrayView1<f64>) -> (f64, f64) {
    let n = x.len() as f64;
    let mut total = 0.0;
    for &v in x {
        total += v;
    }
    let mean = total / n;
    let mut squares = 0.0;
    for &v in x {
        let d = v - mean;
        squares += d * d;
    }
    (mean, squares / n)
}

/// Of a sum within a condition, every other lane is off.
#[jit(reassoc)]
fn sum_of_positive(x: &[f64]) -> (f64, usize) {
    let mut total = 0.0;
    let mut count = 0;
    for &v in x {
        if v > 0.0 {
            total += v;
            count += 1;
        }
    }
    (total, count)
}

/// A float sum of each row in order: the rows are lanes.
#[jit]
fn sums_of_rows(x: ArrayView2<f64>, out: &mut [f64]) {
    for i in 0..x.nrows() {
        let mut total = 0.0;
        for j in 0..x.ncols() {
            total += x[[i, j]];
        }
        out[i] = total;
    }
}

/// Sums of columns, the rows one after the other: the columns are lanes.
#[jit]
fn sums_of_columns(x: ArrayView2<f32>, out: &mut [f32]) {
    for i in 0..x.nrows() {
        for j in 0..x.ncols() {
            out[j] += x[[i, j]];
        }
    }
}

#[jit]
fn prefix_sum(x: ArrayView1<f64>, out: &mut [f64]) -> f64 {
    let mut total = 0.0;
    #[scalar]
    for i in 0..x.len() {
        total += x[i];
        out[i] = total;
    }
    total
}

/// A total over both axes: each row continues it.
#[jit]
fn total_i32(x: ArrayView2<i32>) -> i32 {
    let mut total = 0;
    for i in 0..x.nrows() {
        for j in 0..x.ncols() {
            total += x[[i, j]];
        }
    }
    total
}

#[test]
fn integers() {
    check(lengths(), true, |case| {
        let x = case.slice(case.n);
        exact!(case, sum_i64(x.slice()));
        let x = case.array(case.n);
        exact!(case, sum_u8(x.view()));
        let x = case.array(case.n);
        exact!(case, product_i32(x.view()));
        let x = case.array(case.n);
        exact!(case, difference_u32(x.view(), 1000));
        let x = case.slice(case.n);
        exact!(case, bits(x.slice()));
        let (x, y) = (case.array(case.n), case.array(case.n + case.n % 3));
        exact!(case, dot_i64(x.view(), y.view()));
        let x = case.matrix(case.n / 7, case.n);
        exact!(case, total_i32(x.view()));
    });
}

#[test]
fn extremes() {
    check(lengths(), true, |case| {
        let x = case.array(case.n);
        exact!(case, min_max_f64(x.view()));
        let x = case.slice(case.n);
        exact!(case, max_f32(x.slice()));
        let x = case.array(case.n);
        exact!(case, min_i32(x.view()));
        let x = case.slice(case.n);
        exact!(case, max_u8(x.slice()));
        for start in [f64::NAN, -0.0, 1.0] {
            let (x, out) = (case.slice(case.n), case.slice(case.n / 2));
            exact!(case, highest(x.slice(), start, out.slice_mut()) writes out);
        }
    });
}

#[test]
fn places_of_extremes() {
    check(lengths(), true, |case| {
        let x = case.array(case.n);
        exact!(case, argmin_f64(x.view()));
        let x = case.slice_of(case.n, |random, _| random.below(9) as i32 - 4);
        exact!(case, argmax_i32(x.slice()));
        let x = case.slice(case.n);
        exact!(case, argmax_u8(x.slice()));
        let x = case.array(case.n);
        exact!(case, argmin_above(x.view(), 0.25));
    });
}

#[test]
fn counts() {
    check(lengths(), true, |case| {
        let x = case.slice(case.n);
        exact!(case, count_above(x.slice(), 0.5));
        let x = case.array(case.n);
        exact!(case, count_zeros(x.view()));
        let (x, y) = (case.array(case.n), case.slice(case.n));
        exact!(case, all_any(x.view(), y.slice()));
    });
}

#[test]
fn sums_of_floats_in_any_order() {
    check(lengths(), false, |case| {
        let x = case.array(case.n);
        near!(case, 1e-7 * (case.n + 8) as f64, order, sum_f32(x.view()));
        let x = case.slice(case.n);
        near!(case, 2e-16 * (case.n + 8) as f64, order, sum_f64(x.slice()));
        let (x, y) = (case.array(case.n), case.array(case.n));
        near!(case, 2e-16 * (case.n + 8) as f64, order, dot_f64(x.view(), y.view()));
        let x = case.slice(case.n);
        near!(case, 1e-7 * (case.n + 8) as f64, order, norm_f32(x.slice()));
        let x = case.array(case.n);
        near!(case, 2e-16 * (case.n + 8) as f64, order, variance(x.view()));
        let x = case.slice(case.n);
        near!(case, 2e-16 * (case.n + 8) as f64, order, sum_of_positive(x.slice()));
    });
}

#[test]
fn sums_that_keep_their_order() {
    check(lengths(), true, |case| {
        let x = case.matrix(case.n, 1 + case.n % 11);
        let out = case.slice(case.n);
        exact!(case, sums_of_rows(x.view(), out.slice_mut()) writes out);
        let x = case.matrix(1 + case.n % 5, case.n);
        let out = case.slice(case.n);
        exact!(case, sums_of_columns(x.view(), out.slice_mut()) writes out);
        let x = case.array(case.n);
        let out = case.slice(case.n);
        exact!(case, prefix_sum(x.view(), out.slice_mut()) writes out);
    });
}

/// `fold` says in which order: element `k` joins accumulator `k % 32`, and these are combined by halves.
fn in_order(x: impl Iterator<Item = f64>) -> f64 {
    let mut sums = [0.0; 32];
    for (k, v) in x.enumerate() {
        sums[k % 32] += v;
    }
    for half in [16, 8, 4, 2, 1] {
        for k in 0..half {
            sums[k] += sums[k + half];
        }
    }
    0.0 + sums[0]
}

#[test]
fn the_order_of_a_float_sum() {
    check(lengths().into_iter().chain([2047, 2048, 2061, 4000]), false, |case| {
        let x = case.slice::<f64>(case.n);
        let (got, wanted) = (sum_f64::at(case.level, x.slice()), in_order(x.slice().iter().copied()));
        assert_eq!(got.to_bits(), wanted.to_bits(), "{} at {}", case.n, case.level);
    });
}

/// Sums of several kinds beside each other, which elements, their numbers and a condition go into.
#[jit(reassoc)]
fn moments(x: &[f64], y: &[f64]) -> (f64, f64, f64, f64, i64, (f64, usize)) {
    let (mut sum, mut weighted, mut product, mut positive, mut count) = (0.0, 0.0, 1.0, 0.0, 0);
    let (mut most, mut at) = (f64::NEG_INFINITY, usize::MAX);
    for i in 0..x.len() {
        sum += x[i];
        weighted += x[i] * i as f64;
        if y[i] > 0.5 {
            positive -= y[i];
            count += 1;
        }
        product *= y[i];
        if y[i] > most {
            most = y[i];
            at = i;
        }
    }
    (sum, weighted, product, positive, count, (most, at))
}

/// What a sum comes to does not depend on where its elements lie, though which lanes they are in does.
#[test]
fn sums_wherever_arrays_lie() {
    let mut random = Random::new(7);
    for n in [2048, 2048 + 9, 5000, 5023] {
        let x: Vec<f64> = (0..n).map(|_| f64::plain(&mut random)).collect();
        let y: Vec<f64> = (0..n).map(|_| 1.0 + (random.below(1000) as f64 - 500.0) * 1e-4).collect();
        let singles: Vec<f32> = (0..2 * n).map(|_| f32::plain(&mut random)).collect();
        for level in levels() {
            let wanted = (sum_f64::at(level, &x), dot_f64::at(level, ArrayView1::from(&x), ArrayView1::from(&y)));
            assert_eq!(wanted.0.to_bits(), in_order(x.iter().copied()).to_bits());
            assert_eq!(wanted.1.to_bits(), in_order(x.iter().zip(&y).map(|(x, y)| x * y)).to_bits());
            let (all, single) = (moments::at(level, &x, &y), sum_f32::at(level, ArrayView1::from(&singles)));
            assert_eq!(all, moments::at(Level::Scalar, &x, &y));
            assert_eq!(all.0.to_bits(), wanted.0.to_bits());
            assert_eq!(all.1.to_bits(), in_order(x.iter().enumerate().map(|(i, x)| x * i as f64)).to_bits());
            assert_eq!((all.4, all.5), (moments::scalar(&x, &y).4, moments::scalar(&x, &y).5));
            for from in 0..17 {
                let place = |values: &[f64], from: usize| [&vec![f64::NAN; from], values, &[f64::NAN; 9]].concat();
                let (a, b) = (place(&x, from), place(&y, from * 3 % 17));
                let (a, b) = (&a[from..from + n], &b[from * 3 % 17..from * 3 % 17 + n]);
                let got = (sum_f64::at(level, a), dot_f64::at(level, ArrayView1::from(a), ArrayView1::from(b)));
                assert_eq!(got, wanted, "{n} from {from} on, at {level}");
                assert_eq!(moments::at(level, a, b), all, "{n} from {from} on, at {level}");
                let moved = [&vec![f32::NAN; from], &singles[..], &[f32::NAN; 9]].concat();
                let moved = &moved[from..from + 2 * n];
                assert_eq!(sum_f32::at(level, ArrayView1::from(moved)).to_bits(), single.to_bits());
            }
        }
    }
}

/// Nor does which of two zeros is the greater one.
#[test]
fn extremes_wherever_arrays_lie() {
    let mut random = Random::new(11);
    for n in [4096, 4116, 4137, 4159] {
        for _ in 0..20 {
            let zeros: Vec<f32> = (0..n).map(|_| if random.below(2) == 0 { 0.0 } else { -0.0 }).collect();
            for level in levels() {
                let wanted = max_f32::at(level, &zeros).to_bits();
                for from in 0..17 {
                    let moved = [&vec![f32::NAN; from], &zeros[..], &[f32::NAN; 9]].concat();
                    assert_eq!(
                        max_f32::at(level, &moved[from..from + n]).to_bits(),
                        wanted,
                        "{n} from {from} on, at {level}"
                    );
                }
            }
        }
    }
}

/// The function itself, at the process's level, with every kind of array.
#[test]
fn calls() {
    let x = ndarray::Array1::from_iter(0..100).mapv(|v: i32| f64::from(v));
    let matrix = x.to_shape((10, 10)).expect("so many elements");
    assert_eq!(sum_f64(x.as_slice().expect("dense")), 4950.0);
    assert_eq!(sum_f64(&[1.0, 2.0]), 3.0);
    assert_eq!(sum_f64(&vec![1.0; 40]), 40.0);
    assert_eq!(dot_f64(x.view(), x.slice(s![..;-1])), 161700.0);
    assert_eq!(argmin_f64(matrix.column(3)), (0, 3.0));
    assert_eq!((argmin_f64::NAME, sum_i64::NAME), ("argmin_f64", "sum_i64"));
}
