//! Loops that a turn ends: the first that finds something.

use ndarray::{ArrayView1, ArrayView2};
use ufunc::prelude::*;

use crate::harness::{check, exact, lengths};

#[jit]
fn find(x: &[i32], wanted: i32) -> usize {
    let mut at = x.len();
    for i in 0..x.len() {
        if x[i] == wanted {
            at = i;
            break;
        }
    }
    at
}

/// The range may be longer than the array, as long as something is found within it.
#[jit]
fn find_within(x: ArrayView1<u8>, wanted: u8, end: usize) -> (bool, usize) {
    for i in 0..end {
        if x[i] == wanted {
            return (true, i);
        }
    }
    (false, 0)
}

#[jit]
fn all_finite(x: ArrayView1<f64>) -> bool {
    for v in x {
        if !v.is_finite() {
            return false;
        }
    }
    true
}

#[jit]
fn first_descent(x: &[f32]) -> usize {
    let mut i_of = 0;
    for i in 1..x.len() {
        let step = x[i] - x[i - 1];
        if step < -1.0 {
            i_of = i;
            break;
        }
    }
    i_of
}

/// What comes after the test is done for the turns before the last alone.
#[jit]
fn copy_until(x: &[i64], end: i64, out: &mut [i64]) -> i64 {
    let mut total = 0;
    for i in 0..x.len() {
        if x[i] == end {
            break;
        }
        out[i] = x[i];
        total += x[i];
    }
    total
}

/// The rows one after the other, each until its first zero.
#[jit]
fn first_zeros(x: ArrayView2<u16>, out: &mut [usize]) {
    for i in 0..x.nrows() {
        out[i] = x.ncols();
        for j in 0..x.ncols() {
            if x[[i, j]] == 0 {
                out[i] = j;
                break;
            }
        }
    }
}

/// Out of both loops at once.
#[jit]
fn locate(x: ArrayView2<i32>, wanted: i32) -> (usize, usize) {
    for i in 0..x.nrows() {
        for j in 0..x.ncols() {
            if x[[i, j]] == wanted {
                return (i, j);
            }
        }
    }
    (usize::MAX, 0)
}

/// From the end.
#[jit]
fn find_last(x: &[u8], wanted: u8) -> usize {
    let mut at = usize::MAX;
    for i in (0..x.len()).rev() {
        if x[i] == wanted {
            at = i;
            break;
        }
    }
    at
}

#[test]
fn first_of_many() {
    check(lengths(), true, |case| {
        // One or several, or none.
        let place = case.random.below(2 * case.n + 1);
        let x = case.slice_of(case.n, |random, i| if i == place { 7 } else { random.below(200) as i32 });
        exact!(case, find(x.slice(), 7));
        exact!(case, find(x.slice(), 1000));
        let x = case.array::<f64>(case.n);
        exact!(case, all_finite(x.view()));
        let x = case.slice::<f32>(case.n);
        exact!(case, first_descent(x.slice()));
        let x = case.slice_of(case.n, |random, i| if i == place { 7 } else { random.below(100) as u8 });
        exact!(case, find_last(x.slice(), 7));
    });
}

#[test]
fn after_the_test() {
    check(lengths(), false, |case| {
        let place = case.random.below(2 * case.n + 1);
        let x = case.slice_of(case.n, |random, i| if i == place { -1 } else { random.below(200) as i64 });
        let out = case.slice(case.n);
        exact!(case, copy_until(x.slice(), -1, out.slice_mut()) writes out);
    });
}

#[test]
fn matrices() {
    check(lengths(), false, |case| {
        let x = case.matrix::<u16>(case.n % 7, case.n);
        let x = x.map(|v| v % 20);
        let out = case.slice(case.n % 7);
        exact!(case, first_zeros(x.view(), out.slice_mut()) writes out);
        let x = case.matrix::<i32>(1 + case.n % 7, case.n);
        let x = x.map(|v| v % 300);
        exact!(case, locate(x.view(), 7));
        exact!(case, locate(x.view(), 700));
    });
}

/// Turns after the last are never: what they would read past the end is not missed, unless nothing is found before.
#[test]
fn beyond_the_end() {
    check([1, 5, 16, 40, 70], false, |case| {
        let place = case.random.below(case.n);
        let x = case.array::<u8>(case.n).map(|v| v / 2);
        let mut hit = x.clone();
        hit.view_mut()[place] = 200;
        for end in [case.n, case.n + 1, case.n + 100, usize::MAX] {
            exact!(case, find_within(hit.view(), 200, end));
        }
        let missed = std::panic::catch_unwind(|| find_within::at(case.level, x.view(), 200, case.n + 1));
        assert!(missed.is_err());
    });
}
