//! The ways to call kernels that the attribute makes: in place, with operands by value, with masks and several results.
#![allow(missing_docs, reason = "kernels of a test")]
#![allow(clippy::needless_borrows_for_generic_args, reason = "operands as users write them")]

use ndarray::{Array1, Array2, ArrayD, ShapeBuilder, s};
use ufunc::ErrorKind;
use ufunc::prelude::*;

#[vectorize]
fn decay(x: f64, rate: f64) -> f64 {
    x * (-rate).exp()
}

#[vectorize(f32(f32, f32), f64(f64, f64), i32(i32, i32))]
fn plus<T>(a: T, b: T) -> T {
    a + b
}

/// The varying parameter is not the first one.
#[vectorize]
fn clip(#[uniform] low: i32, x: i32, #[uniform] high: i32) -> i32 {
    if x < low {
        low
    } else if x > high {
        high
    } else {
        x
    }
}

#[vectorize]
fn curve(#[uniform] table: &[f32], x: f32) -> f32 {
    table[(x as usize).min(table.len() - 1)]
}

#[vectorize(parallel)]
fn halve(x: f64) -> f64 {
    x / 2.0
}

#[vectorize]
fn divide(a: i64, b: i64) -> (i64, i64) {
    (a / b, a % b)
}

#[vectorize]
fn thirds(x: f64) -> (f64, f64, bool) {
    (x / 3.0, x * 3.0, x > 0.0)
}

fn numbers(len: usize) -> Vec<f64> {
    (0..len).map(|i| i as f64 * 0.37 - 20.0).collect()
}

#[test]
fn results_replace_the_first_operand() {
    let mut x = Array2::from_shape_vec((40, 30), numbers(1200)).unwrap();
    let rates = Array1::linspace(0.0, 1.0, 30);
    let wanted = decay(&x, &rates);
    decay::inplace(&mut x, &rates);
    assert_eq!(x, wanted);
    let before = x.clone();
    decay::inplace(x.slice_mut(s![..;-2, 1..;3]), 0.5);
    for ((i, j), after) in x.indexed_iter() {
        let on = i % 2 == 1 && j % 3 == 1;
        assert_eq!(*after, if on { decay(before[[i, j]], 0.5) } else { before[[i, j]] });
    }
    let mut vec = vec![1.0, 2.0];
    plus::inplace(&mut vec, 1.0);
    plus::inplace(&mut vec[1..], [1.0]);
    let mut one = 4.0;
    plus::inplace(&mut one, 0.5);
    assert_eq!((vec, one), (vec![2.0, 4.0], 4.5));
}

#[test]
fn every_signature_and_parameter_order() {
    let mut x = vec![1.5_f32; 50];
    plus::inplace(&mut x, 2.0);
    assert_eq!(x, [3.5; 50]);
    let mut n = [1, 2, 3];
    plus::inplace(&mut n, &[10, 20, 30]);
    assert_eq!(n, [11, 22, 33]);
    clip::inplace(12, &mut n, 30);
    assert_eq!(n, [12, 22, 30]);
    let table = [0.5, 1.5];
    let mut y = Array2::from_elem((3, 70).f(), 1.0_f32);
    curve::inplace(&table, &mut y);
    assert_eq!(y, Array2::from_elem((3, 70), 1.5));
    let mut z = numbers(100_000);
    let wanted: Vec<f64> = z.iter().map(|z| z / 2.0).collect();
    halve::inplace(&mut z);
    assert_eq!(z, wanted);
}

#[test]
fn options_come_before_inplace() {
    let before = Array1::from(numbers(50_000));
    let mask = before.mapv(|x| x as i64 % 3 == 0);
    let mut x = before.clone();
    decay::with(&mut x, 1.0).mask(&mask).parallel(true).min_len(1000).inplace();
    for i in 0..x.len() {
        assert_eq!(x[i], if mask[i] { decay(before[i], 1.0) } else { before[i] });
    }
    let error = decay::with(&mut x, [1.0, 2.0]).try_inplace().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OutputShape);
    assert_eq!(
        error.to_string(),
        "decay: operand 2 `rate` has shape [2], which does not broadcast to that of operand 1 `x`, [50000], which is \
         to hold the results"
    );
}

#[test]
#[should_panic(expected = "plus: operand 2 `b` has shape [3], which does not broadcast to that of operand 1 `a`, [2]")]
fn operands_that_do_not_fit_panic() {
    plus::inplace(&mut [1.0, 2.0], [1.0; 3]);
}

#[test]
fn operands_by_value_become_the_results() {
    let x = Array2::from_shape_vec((30, 40), numbers(1200)).unwrap().reversed_axes();
    let wanted = decay(&x, 0.5);
    let at = x.as_ptr();
    let result = decay(x, 0.5);
    assert_eq!((result.as_ptr(), result.strides(), &result), (at, &[1, 40][..], &wanted));
    // An expression of kernels takes one array, not three.
    let x = numbers(1000);
    let wanted: Vec<f64> = halve(&plus(&decay(&x, 0.25), 1.0));
    let at = x.as_ptr();
    let result: Vec<f64> = halve(plus(decay(x, 0.25), 1.0));
    assert_eq!((result.as_ptr(), result), (at, wanted));
    let x: ArrayD<f64> = Array1::from(numbers(20_000)).into_dyn();
    let at = x.as_ptr();
    assert_eq!(decay::par(x, 1.0).as_ptr(), at);
    let (a, b) = (vec![17_i64; 9], vec![5_i64; 9]);
    let places = (a.as_ptr(), b.as_ptr());
    let (q, r) = divide(a, b);
    assert_eq!((q.as_ptr(), r.as_ptr()), places);
    assert_eq!((q, r), (vec![3; 9], vec![2; 9]));
}

#[test]
fn several_results_go_to_several_targets() {
    let x = Array2::from_shape_vec((40, 30), numbers(1200)).unwrap();
    let mask = x.mapv(|x| x as i64 % 2 == 0);
    let (mut a, mut b) = (Array2::from_elem((40, 30).f(), -1.0), Array2::from_elem((80, 30), -1.0));
    let mut flags = vec![false; 1200];
    let positive = ndarray::ArrayViewMut2::from_shape((40, 30), &mut flags).unwrap();
    thirds::with(&x).mask(&mask).into((&mut a, b.slice_mut(s![..;2, ..;-1]), positive));
    for ((i, j), x) in x.indexed_iter() {
        let wanted = if mask[[i, j]] { (x / 3.0, x * 3.0, *x > 0.0) } else { (-1.0, -1.0, false) };
        assert_eq!((a[[i, j]], b[[2 * i, 29 - j]], flags[30 * i + j]), wanted);
        assert_eq!(b[[2 * i + 1, j]], -1.0);
    }
}

/// Long results are stored in other ways, and may be computed at another level.
#[test]
fn large_calls_give_the_bits_of_small_ones() {
    let n = (5 << 20) + 37;
    let a: Vec<f32> = (0..n).map(|i| (i % 1013) as f32 / 7.0 - 50.0).collect();
    let b: Vec<f32> = (0..n).map(|i| (i % 509) as f32 / 3.0).collect();
    let wanted: Vec<f32> = a.chunks(1000).zip(b.chunks(1000)).flat_map(|(a, b)| plus(a, b)).collect();
    let same = |found: &[f32], what: &str| {
        let different = found.iter().zip(&wanted).position(|(found, wanted)| found.to_bits() != wanted.to_bits());
        assert_eq!((found.len(), different), (n, None), "{what}");
    };
    same(&plus(&a, &b), "new");
    same(&plus::par(&a, &b), "in parallel");
    let mut own = a.clone();
    plus::inplace(&mut own, &b);
    same(&own, "in place");
    same(&plus(a.clone(), &b), "by value");
    let (reversed, mut twice) = (Array1::from_iter(b.iter().rev().copied()), Array1::zeros(2 * n));
    plus::into(&a, reversed.slice(s![..;-1]), twice.slice_mut(s![1..;2]));
    same(twice.slice(s![1..;2]).to_vec().as_slice(), "reversed, to every second");
    plus::with(&a, &b).mask(&vec![true; n]).into(&mut own);
    same(&own, "masked");
}
