//! Functions that reduce array expressions.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayView3};
use ufunc::prelude::*;

use crate::harness::{cubes, matrices, same, vectors};

#[jit]
fn norm(x: ArrayView1<f64>, y: ArrayView1<f64>) -> f64 {
    (&x * &y).abs().sum().sqrt()
}

#[jit]
fn total(x: ArrayView2<i64>) -> i64 {
    x.sum()
}

#[jit]
fn product(x: ArrayView1<i32>) -> i32 {
    (&x | 1).product()
}

#[jit]
fn mean(x: ArrayView2<f64>) -> Option<f64> {
    (x.abs() + 1.0).mean()
}

#[jit]
fn integer_mean(x: ArrayView1<i32>) -> Option<i32> {
    x.mean()
}

#[jit]
fn dot(x: &Array1<f32>, y: &Array1<f32>) -> f32 {
    (x.abs() + 1.0).dot(y)
}

#[jit(parallel)]
fn variance(x: ArrayView2<f64>) -> f64 {
    let centred = &x - x.mean().unwrap_or(0.0);
    (&centred * &centred).sum() / (x.len() as f64 + 1.0)
}

#[jit]
fn count(x: ArrayView1<f64>, limit: f64) -> u32 {
    x.mapv(|v| (v > limit) as u32).sum()
}

#[jit(parallel)]
fn distance(x: ArrayView3<f64>, y: ArrayView2<f64>) -> f64 {
    let apart = &x - &y;
    apart.mapv(|d| d * d).sum().sqrt()
}

#[jit]
fn standard(x: &Array2<f64>) -> Array2<f64> {
    let mean = x.mean().unwrap();
    let deviation = ((x - mean).mapv(|d| d * d).sum() / x.len() as f64).sqrt();
    (x - mean) / deviation
}

#[jit]
fn moments(x: ArrayView1<f64>) -> (f64, f64) {
    let y = x.mapv(|v| v * 0.5 + 3.0);
    let first = y.sum();
    let second = y.mapv(|v| v * v).sum();
    (first, second)
}

/// A variable of the function's own name, and numbers whose type is not written.
#[jit]
fn centred(x: ArrayView1<f64>) -> f64 {
    let centred = x.mean().unwrap_or(1.0);
    let scale = -0.5;
    (&x - centred).mapv(|v| v * scale + centred).sum()
}

#[jit]
fn highest(x: ArrayView1<f64>) -> f64 {
    x.fold(f64::NEG_INFINITY, |high, &v| high.max(v))
}

#[jit(parallel)]
fn spread(x: ArrayView2<f64>) -> f64 {
    let high = x.fold(f64::NEG_INFINITY, |high, v| f64::max(high, *v));
    let low = x.fold(f64::INFINITY, |low, &v| v.min(low));
    high - low
}

#[jit]
fn farthest(x: ArrayView1<f32>, y: ArrayView1<f32>, least: f32) -> f32 {
    (&x - &y).fold(least, |far, d| far.max(d.abs()))
}

/// What it begins with, and what is combined, are expressions.
#[jit]
fn folded(x: ArrayView1<i32>, start: i32) -> i32 {
    let limit = start - 1;
    let sum = x.fold(start * 2, |sum: i32, &v: &i32| sum + (v - limit) * v);
    let product = x.fold(1, |product, &v| (v | 1) * product);
    let low = x.fold(i32::MAX, |low, &v| low.min(v + limit));
    (sum ^ product).wrapping_mul(31) ^ low
}

#[jit]
fn softmax(x: ArrayView1<f64>) -> Array1<f64> {
    let high = x.fold(f64::NEG_INFINITY, |high, &v| high.max(v));
    let shifted = (&x - high).exp();
    let total = shifted.sum();
    shifted / total
}

#[test]
fn folds() {
    vectors::<f64>(|x| {
        same!(0.0, highest(x));
        same!(1e3, softmax(x));
    });
    matrices::<f64>(|x| same!(0.0, spread(x)));
    vectors::<f32>(|x| {
        let y = x.mapv(|v| 1.0 - v * v);
        for least in [f32::NAN, -0.0, 0.25] {
            same!(0.0, farthest(x, y.view(), least));
        }
    });
    vectors::<i32>(|x| same!(0.0, folded(x, 7)));
    let none = Array1::from_elem(40, f64::NAN);
    assert_eq!(highest(none.view()), f64::NEG_INFINITY);
    assert!(farthest(Array1::zeros(0).view(), Array1::zeros(0).view(), f32::NAN).is_nan());
    ufunc::assert_vectorized!(highest);
}

#[test]
fn of_vectors() {
    vectors::<f64>(|x| {
        let y = x.mapv(|v| v * 3.0 - 1.0);
        same!(1e3, norm(x, y.view()));
        same!(0.0, count(x, 0.25));
        same!(1e3, moments(x));
        assert!((centred(x) - centred::scalar(x)).abs() < 1e-9);
    });
    vectors::<i32>(|x| {
        same!(0.0, product(x));
        same!(0.0, integer_mean(x));
    });
    vectors::<f32>(|x| {
        let (x, y) = (x.to_owned(), x.mapv(|v| v + 2.0));
        same!(1e3, dot(&x, &y));
    });
}

#[test]
fn of_more_axes() {
    matrices::<i64>(|x| same!(0.0, total(x)));
    matrices::<f64>(|x| {
        same!(1e3, mean(x));
        same!(1e3, variance(x));
        if x.len() > 1 {
            // The mean is rounded otherwise, so that what is near it differs by more than its own ulps.
            let x = x.to_owned();
            let (twin, fused) = (standard::scalar(&x), standard(&x));
            assert!(twin.iter().zip(&fused).all(|(a, b)| (a - b).abs() < 1e-12), "{twin} {fused}");
        }
    });
    cubes::<f64>(|x| {
        let (_, rows, columns) = x.dim();
        let y = Array2::from_shape_fn((rows, columns), |(i, j)| (i * 3 + j) as f64);
        same!(1e3, distance(x, y.view()));
        same!(1e3, distance(x, y.slice(ndarray::s![..rows.min(1), ..])));
    });
}

/// The same bits for any number of threads.
#[test]
fn threads() {
    let x = Array2::from_shape_fn((300, 500), |(i, j)| ((i * 7 + j * 13) % 101) as f64 * 0.37);
    let turned = x.slice(ndarray::s![..;-1, ..;2]);
    let bits = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
        pool.install(|| (variance(x.view()).to_bits(), variance(turned).to_bits(), variance(x.t()).to_bits()))
    };
    assert_eq!(bits(1), bits(2));
    assert_eq!(bits(1), bits(7));
}

#[test]
#[should_panic(expected = "operand 2 `y` has shape [4], which does not broadcast with [3]")]
fn shapes_that_do_not_fit() {
    norm(Array1::zeros(3).view(), Array1::zeros(4).view());
}

#[jit]
fn plain_dot(x: &Array1<f64>, y: &Array1<f64>) -> f64 {
    x.dot(y)
}

#[test]
#[should_panic(expected = "plain_dot: `dot` of 3 and 1 elements")]
fn a_dot_product_does_not_broadcast() {
    assert_eq!(plain_dot(&Array1::ones(3), &Array1::ones(3)), 3.0);
    plain_dot(&Array1::ones(3), &Array1::ones(1));
}
