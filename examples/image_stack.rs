//! A stack of images through universal functions and generalized ones: `cargo run --release --example image_stack`.

use ndarray::{Array1, Array3, ArrayView2, ArrayViewMut2, Axis};
use ufunc::prelude::*;

/// Counts to reflectance, with the sensor's curve.
#[vectorize]
fn linear(count: f32, dark: f32, gain: f32) -> f32 {
    ((count - dark) * gain).max(0.0).powf(1.1)
}

/// The mean of each pixel and its neighbours; the border keeps its values.
#[guvectorize("(m,n)->(m,n)")]
fn blur(image: ArrayView2<f32>, mut out: ArrayViewMut2<f32>) {
    let (rows, columns) = image.dim();
    for i in 0..rows {
        for j in 0..columns {
            out[[i, j]] = image[[i, j]];
        }
    }
    for i in 1..rows.max(1) - 1 {
        for j in 1..columns.max(1) - 1 {
            let above = image[[i - 1, j - 1]] + image[[i - 1, j]] + image[[i - 1, j + 1]];
            let beside = image[[i, j - 1]] + image[[i, j]] + image[[i, j + 1]];
            let below = image[[i + 1, j - 1]] + image[[i + 1, j]] + image[[i + 1, j + 1]];
            out[[i, j]] = (above + beside + below) / 9.0;
        }
    }
}

/// The least, the mean and the greatest value of an image.
#[guvectorize("(m,n)->(),(),()", reassoc)]
fn range(image: ArrayView2<f32>, least: &mut f32, mean: &mut f32, greatest: &mut f32) {
    let (mut low, mut high, mut total) = (f32::INFINITY, f32::NEG_INFINITY, 0.0);
    for i in 0..image.nrows() {
        for j in 0..image.ncols() {
            low = low.min(image[[i, j]]);
            high = high.max(image[[i, j]]);
            total += image[[i, j]];
        }
    }
    *least = low;
    *mean = total / image.len() as f32;
    *greatest = high;
}

/// From a range to bytes.
#[vectorize]
fn stretch(value: f32, least: f32, greatest: f32) -> u8 {
    ((value - least) / (greatest - least) * 255.0).round() as u8
}

/// The median of five exposures of a pixel, which are sorted by exchanges.
#[guvectorize("(5)->()")]
fn median(x: &[u8], out: &mut u8) {
    let mut sorted = [0; 5];
    for i in 0..5 {
        sorted[i] = x[i];
    }
    for end in 1..5 {
        for i in 0..5 - end {
            let (a, b) = (sorted[i], sorted[i + 1]);
            sorted[i] = a.min(b);
            sorted[i + 1] = a.max(b);
        }
    }
    *out = sorted[2];
}

#[allow(clippy::print_stdout, reason = "an example shows what it computes")]
fn main() {
    let counts = Array3::from_shape_fn((5, 120, 160), |(k, i, j)| ((i * i + 3 * j + 17 * k) % 1021) as f32);
    let dark = Array3::from_shape_fn((1, 120, 160), |(_, i, j)| ((i + j) % 7) as f32);

    let reflectance: Array3<f32> = linear(&counts, &dark, 1e-3);
    let smooth: Array3<f32> = blur::par(&reflectance);
    let (least, mean, greatest): (Array1<f32>, Array1<f32>, Array1<f32>) = range(&smooth);
    println!("images from {least:.3} to {greatest:.3}, mean {mean:.3}");

    // One range an image: the loop dimension of the images is their first axis.
    let column = |x: Array1<f32>| x.insert_axis(Axis(1)).insert_axis(Axis(2));
    let bytes: Array3<u8> = stretch(&smooth, column(least), column(greatest));
    let image = median::with(&bytes).axis(0).eval();
    println!("{:?} images become one of {:?}; its centre is {}", bytes.dim(), image.dim(), image[[60, 80]]);
    assert_eq!(image.dim(), (120, 160));
}
