//! Softmax and the logarithm of a sum of exponentials, of every row, column or pixel: `cargo run --release --example softmax`.

use ndarray::{Array1, Array2, Array3};
use ufunc::prelude::*;

/// Exponentials that sum to 1.
#[guvectorize("(n)->(n)", reassoc)]
fn softmax(x: &[f32], out: &mut [f32]) {
    let mut top = f32::NEG_INFINITY;
    for &value in x {
        top = top.max(value);
    }
    let mut total = 0.0;
    for i in 0..x.len() {
        let power = (x[i] - top).exp();
        out[i] = power;
        total += power;
    }
    for i in 0..x.len() {
        out[i] /= total;
    }
}

/// The logarithm of the sum of exponentials, without overflow.
#[guvectorize("(n)->()", reassoc)]
fn log_sum_exp(x: &[f32], out: &mut f32) {
    let mut top = f32::NEG_INFINITY;
    for &value in x {
        top = top.max(value);
    }
    let mut total = 0.0;
    for &value in x {
        total += (value - top).exp();
    }
    *out = top + total.ln();
}

#[allow(clippy::print_stdout, reason = "an example shows what it computes")]
fn main() {
    let scores = Array2::from_shape_fn((10_000, 64), |(i, j)| ((i * 37 + j * 101) % 211) as f32 / 20.0);
    let rows: Array2<f32> = softmax(&scores);
    let sums: Array1<f32> = log_sum_exp(&scores);
    let lanes = softmax::with(&scores).lanes().expect("a row has a length");
    println!("{} of {:?}, lanes in the {lanes}", softmax::SIGNATURE, scores.dim());
    println!("row 0 begins with {:.4}, and sums to {:.6}", rows[[0, 0]], rows.row(0).sum());
    println!("the logarithms of the sums begin with {:.4}", sums[0]);

    // Both say the same.
    for (row, (scores, sum)) in rows.outer_iter().zip(scores.outer_iter().zip(&sums)) {
        for (share, score) in row.iter().zip(scores) {
            assert!((share.ln() - (score - sum)).abs() < 1e-4);
        }
    }

    // Over the classes of each pixel, which are the first axis.
    let classes = Array3::from_shape_fn((5, 48, 64), |(c, i, j)| ((c * 13 + i * 7 + j) % 29) as f32 / 4.0);
    let shares: Array3<f32> = softmax::with(&classes).axis(0).eval();
    assert!(shares.sum_axis(ndarray::Axis(0)).iter().all(|sum| (sum - 1.0).abs() < 1e-5));
    let kept = log_sum_exp::with(&classes).axis(0).keepdims().eval();
    println!("pixels: {:?} of {:?}, their sums' logarithms {:?}", shares.dim(), classes.dim(), kept.dim());
}
