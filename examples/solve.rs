//! Many small systems of equations at once, one in each lane: `cargo run --release --example solve`.

use std::time::Instant;

use ndarray::{Array2, Array3, ArrayView1, ArrayView2, ArrayViewMut1};
use ufunc::prelude::*;

/// Solves `a x = b` by elimination; each system has its own pivots.
#[guvectorize("(3,3),(3)->(3)")]
fn solve(a: ArrayView2<f64>, b: ArrayView1<f64>, mut x: ArrayViewMut1<f64>) {
    let mut m = [[0.0; 4]; 3];
    for i in 0..3 {
        for j in 0..3 {
            m[i][j] = a[[i, j]];
        }
        m[i][3] = b[i];
    }
    for k in 0..3 {
        // The largest pivot comes up by exchanges, which lanes take or not; a row found by its number would be a gather.
        for i in k + 1..3 {
            if m[i][k].abs() > m[k][k].abs() {
                for j in 0..4 {
                    let value = m[i][j];
                    m[i][j] = m[k][j];
                    m[k][j] = value;
                }
            }
        }
        let scale = 1.0 / m[k][k];
        for j in 0..4 {
            m[k][j] *= scale;
        }
        for i in 0..3 {
            if i != k {
                let factor = m[i][k];
                for j in 0..4 {
                    m[i][j] -= factor * m[k][j];
                }
            }
        }
    }
    for i in 0..3 {
        x[i] = m[i][3];
    }
}

#[allow(clippy::print_stdout, reason = "an example shows what it computes")]
fn main() {
    let count = 100_000;
    let element =
        |i: usize, j: usize, k: usize| ((i * 31 + j * 7 + k * 5) % 17) as f64 / 8.0 + f64::from(u8::from(j == k));
    let a = Array3::from_shape_fn((count, 3, 3), |(i, j, k)| element(i, j, k));
    let b = Array2::from_shape_fn((count, 3), |(i, j)| ((i + j * 3) % 11) as f64 - 5.0);

    let start = Instant::now();
    let x: Array2<f64> = solve(&a, &b);
    let lanes = start.elapsed();
    let mut expected = Array2::zeros((count, 3));
    let start = Instant::now();
    for ((a, b), x) in a.outer_iter().zip(b.outer_iter()).zip(expected.outer_iter_mut()) {
        solve::scalar(a, b, x);
    }
    let twin = start.elapsed();
    assert!(x.iter().zip(&expected).all(|(x, expected)| x.to_bits() == expected.to_bits()));
    println!("{count} systems, lanes across the {}: {lanes:.1?}; one after the other: {twin:.1?}", solve::LANES);

    // One matrix, many right sides: the matrix broadcasts.
    let x: Array2<f64> = solve(a.index_axis(ndarray::Axis(0), 0), &b);
    println!("the first of {} for one matrix: {:.3}", x.nrows(), x.row(0));
}
