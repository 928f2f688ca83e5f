//! Prices of European options: a kernel with two results that calls a device function.
//! `cargo run --release --example black_scholes`

#![allow(clippy::print_stdout)]

use std::time::Instant;

use comfy_table::{Table, presets::UTF8_BORDERS_ONLY};
use ndarray::{Array, Array1, Array2, Axis, Zip};
use ufunc::prelude::*;

/// The normal distribution function, to 7.5e-8 (Abramowitz and Stegun, 26.2.17).
#[jit]
fn normal(x: f64) -> f64 {
    const A: [f64; 5] = [0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
    let t = 1.0 / (1.0 + 0.2316419 * x.abs());
    let tail = 0.3989422804014327 * (-0.5 * x * x).exp() * t * (A[0] + t * (A[1] + t * (A[2] + t * (A[3] + t * A[4]))));
    if x < 0.0 { tail } else { 1.0 - tail }
}

/// The prices of a call and of a put.
#[vectorize]
fn black_scholes(spot: f64, strike: f64, years: f64, rate: f64, volatility: f64) -> (f64, f64) {
    let deviation = volatility * years.sqrt();
    let d1 = ((spot / strike).ln() + (rate + 0.5 * volatility * volatility) * years) / deviation;
    let d2 = d1 - deviation;
    let discounted = strike * (-rate * years).exp();
    let call = spot * normal(d1) - discounted * normal(d2);
    (call, call + discounted - spot)
}

fn main() {
    // A column of strikes and a row of terms: operands broadcast, numbers too.
    let strikes = Array::linspace(80.0, 120.0, 5).insert_axis(Axis(1));
    let terms = Array1::from_vec(vec![0.25, 0.5, 1.0, 2.0]);
    let (calls, puts): (Array2<f64>, Array2<f64>) = black_scholes(100.0, &strikes, &terms, 0.03, 0.2);
    let mut table = Table::new();
    table.load_style(UTF8_BORDERS_ONLY).set_header(["strike", "3 months", "6 months", "1 year", "2 years"]);
    for ((strike, calls), puts) in strikes.iter().zip(calls.rows()).zip(puts.rows()) {
        let prices = calls.iter().zip(puts).map(|(call, put)| format!("{call:5.2} / {put:5.2}"));
        table.add_row([format!("{strike:.0}")].into_iter().chain(prices));
    }
    println!("call / put at a spot price of 100\n{table}");

    let mut random = fastrand::Rng::with_seed(1);
    let mut values =
        |low: f64, high: f64| Array1::from_shape_simple_fn(1_000_000, || low + (high - low) * random.f64());
    let (spot, strike, years) = (values(50.0, 150.0), values(50.0, 150.0), values(0.1, 5.0));
    let (mut calls, mut puts) = (Array1::zeros(spot.len()), Array1::zeros(spot.len()));
    let twin = best(|| {
        Zip::from(&mut calls).and(&mut puts).and(&spot).and(&strike).and(&years).for_each(|call, put, &s, &k, &t| {
            (*call, *put) = black_scholes::scalar(s, k, t, 0.03, 0.2);
        });
    });
    let expected = (calls.clone(), puts.clone());
    let one = best(|| black_scholes::into(&spot, &strike, &years, 0.03, 0.2, &mut calls, &mut puts));
    let all = best(|| black_scholes::par_into(&spot, &strike, &years, 0.03, 0.2, &mut calls, &mut puts));
    let error = Zip::from(&calls).and(&expected.0).fold(0.0, |worst: f64, a, b| worst.max((a - b).abs()));
    println!("a million options, level {}", ufunc::Level::current());
    println!("scalar twin {twin:6.2} ns/option");
    println!("one thread  {one:6.2} ns/option {:6.1} ×", twin / one);
    println!("all threads {all:6.2} ns/option {:6.1} ×", twin / all);
    println!("largest difference of a price {error:.1e}");
}

/// Nanoseconds per option of the shortest of some runs.
fn best(mut run: impl FnMut()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..25).map(time).min().unwrap_or_default().as_secs_f64() * 1e9 / 1e6
}
