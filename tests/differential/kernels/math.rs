//! Inexact functions: the same bits on every level with FMA, and within the stated error of the exact value.

use ufunc::prelude::*;

#[vectorize]
pub fn rc(voltage: f64, time_constant: f64) -> f64 {
    voltage * (1.0 - (1.0 / time_constant).exp())
}

#[vectorize(f32(f32), f64(f64))]
pub fn exp_asin<T>(x: T) -> T {
    x.asin().exp()
}

#[vectorize]
pub fn guarded_log(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x.abs().ln() }
}

#[vectorize((f32, f32)(f32, f32), (f64, f64)(f64, f64))]
pub fn polar<T>(x: T, y: T) -> (T, T) {
    (x.hypot(y), y.atan2(x))
}

#[vectorize]
pub fn black_scholes(spot: f64, strike: f64, time: f64) -> f64 {
    let spot = spot.abs() % 100.0 + 1.0;
    let strike = strike.abs() % 100.0 + 1.0;
    let time = time.abs() % 2.0 + 0.1;
    let (rate, volatility) = (0.03, 0.2);
    let root = volatility * time.sqrt();
    let d1 = ((spot / strike).ln() + (rate + 0.5 * volatility * volatility) * time) / root;
    let d2 = d1 - root;
    let n1 = 1.0 / (1.0 + (-1.702 * d1).exp());
    let n2 = 1.0 / (1.0 + (-1.702 * d2).exp());
    spot * n1 - strike * (-rate * time).exp() * n2
}

#[vectorize]
pub fn waves(x: f64, t: f64) -> f64 {
    let (s, c) = x.sin_cos();
    let mut sum = 0.0;
    for k in 1..4 {
        sum += (x * k as f64 - t).sin() / k as f64;
    }
    s * c.tanh() + sum + t.cos().cbrt()
}

#[vectorize]
pub fn powers(x: f32, y: f32) -> f32 {
    if x > 0.5 { x.powf(y) } else { x.powi(3) + y.exp2() - x.abs().log2() }
}

#[vectorize]
pub fn uniform_math(x: f64, #[uniform] k: f64) -> f64 {
    let scale = k.exp() + (2.0f64).powf(0.5) + f64::sin(0.25);
    x * scale
}

#[vectorize]
pub fn divergent_math(x: f64) -> f64 {
    let mut y = x.abs() % 50.0;
    let mut n = 0.0;
    while y > 0.1 && n < 20.0 {
        y = (y + 0.1).ln().abs() * 0.9;
        n += 1.0;
    }
    y.atan() + n
}
