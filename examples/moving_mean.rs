//! Moving means, each channel with a window of its own: `cargo run --release --example moving_mean`.

use ndarray::{Array1, Array2, array};
use ufunc::prelude::*;

/// The mean of the last `width` values, of fewer at the beginning.
#[guvectorize("(n),()->(n)")]
fn moving_mean(x: &[f64], width: i64, out: &mut [f64]) {
    let mut total = 0.0;
    for i in 0..x.len() {
        let at = i as i64;
        total += x[i];
        if at >= width {
            total -= x[(at - width) as usize];
        }
        out[i] = total / width.min(at + 1) as f64;
    }
}

#[allow(clippy::print_stdout, reason = "an example shows what it computes")]
fn main() {
    let one: Vec<f64> = moving_mean(&[1.0, 2.0, 3.0, 4.0, 5.0], 2);
    println!("{one:?}");
    assert_eq!(one, [1.0, 1.5, 2.5, 3.5, 4.5]);

    // A turn needs what the one before it has summed, so each lane has a channel.
    let channels = Array2::from_shape_fn((16, 1000), |(channel, i)| ((i * (channel + 3)) % 17) as f64);
    let widths = Array1::from_iter(1..=16);
    let means: Array2<f64> = moving_mean(&channels, &widths);
    assert_eq!(means.row(0), channels.row(0));
    println!("lanes across the {}: the last means are {:.3}", moving_mean::LANES, means.column(999));

    // Several windows for one signal, and along another axis.
    let smooth: Array2<f64> = moving_mean(&channels.row(1), &array![2, 4, 8]);
    assert_eq!(smooth.dim(), (3, 1000));
    let down: Array2<f64> = moving_mean::with(&channels, 3).axis(0).eval();
    assert_eq!(down.dim(), channels.dim());
}
