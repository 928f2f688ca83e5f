//! Kernels with data to measure them on. The arrays of a piece fit in the second-level cache.

use std::ops::Range;

use ndarray::{ArrayView1, ArrayViewMut1, Zip};
use ufunc::Level;
use ufunc::prelude::*;

/// Charge on a capacitor.
#[vectorize]
pub(crate) fn rc(voltage: f64, time_constant: f64) -> f64 {
    voltage * (1.0 - (1.0 / time_constant).exp())
}

/// Steps until a point of the plane escapes.
#[vectorize(u32(f32, f32, u32), u32(f64, f64, u32))]
pub(crate) fn mandelbrot<T>(x: T, y: T, max_steps: u32) -> u32 {
    let (mut re, mut im, mut steps) = (x, y, 0);
    while steps < max_steps && re * re + im * im <= 4.0 {
        let t = re * re - im * im + x;
        im = 2.0 * re * im + y;
        re = t;
        steps += 1;
    }
    steps
}

/// The normal distribution function, to 7.5e-8 (Abramowitz and Stegun, 26.2.17).
#[jit]
fn normal(x: f64) -> f64 {
    const A: [f64; 5] = [0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
    let t = 1.0 / (1.0 + 0.2316419 * x.abs());
    let tail = 0.3989422804014327 * (-0.5 * x * x).exp() * t * (A[0] + t * (A[1] + t * (A[2] + t * (A[3] + t * A[4]))));
    if x < 0.0 { tail } else { 1.0 - tail }
}

/// The price of a European call option.
#[vectorize]
pub(crate) fn black_scholes(spot: f64, strike: f64, years: f64, rate: f64, volatility: f64) -> f64 {
    let deviation = volatility * years.sqrt();
    let d1 = ((spot / strike).ln() + (rate + 0.5 * volatility * volatility) * years) / deviation;
    let d2 = d1 - deviation;
    spot * normal(d1) - strike * (-rate * years).exp() * normal(d2)
}

/// A kernel with its data.
#[allow(dead_code, reason = "each bench uses a part of it")]
pub(crate) trait Workload {
    fn name(&self) -> &'static str;
    /// Elements in all.
    fn len(&self) -> usize;
    /// Elements that take the twin less than 0.3 ms.
    fn piece(&self) -> usize;
    /// The scalar twin, element by element.
    fn twin(&mut self, range: Range<usize>);
    /// The scalar twin through ndarray's `Zip`.
    fn zip(&mut self, range: Range<usize>);
    /// The kernel at a level, on one thread.
    fn lanes(&mut self, range: Range<usize>, level: Level);
    /// The kernel on all threads.
    fn parallel(&mut self, range: Range<usize>);
    /// Asserts that the last results are the twin's.
    fn check(&self);
}

macro_rules! workload {
    ($Name:ident, $kernel:ident($($input:ident: $T:ty),+ $(; $uniform:expr)?) -> $Out:ty, $piece:expr, $difference:expr) => {
        pub(crate) struct $Name {
            pub(crate) name: &'static str,
            $(pub(crate) $input: Vec<$T>,)+
            pub(crate) out: Vec<$Out>,
        }

        impl Workload for $Name {
            fn name(&self) -> &'static str {
                self.name
            }

            fn len(&self) -> usize {
                self.out.len()
            }

            fn piece(&self) -> usize {
                $piece
            }

            fn twin(&mut self, range: Range<usize>) {
                $(let $input = &self.$input[range.clone()];)+
                let out = &mut self.out[range];
                // Of one length, so that the loop checks no bounds.
                let len = out.len();
                $(let $input = &$input[..len];)+
                for (i, out) in out.iter_mut().enumerate() {
                    *out = $kernel::scalar($($input[i]),+ $(, $uniform)?);
                }
            }

            fn zip(&mut self, range: Range<usize>) {
                $(let $input = ArrayView1::from(&self.$input[range.clone()]);)+
                let out = ArrayViewMut1::from(&mut self.out[range]);
                workload!(@zip $kernel, out, [$($input),+] $(, $uniform)?);
            }

            fn lanes(&mut self, range: Range<usize>, level: Level) {
                let call = $kernel::with($(&self.$input[range.clone()]),+ $(, $uniform)?);
                call.level(level).into(&mut self.out[range]);
            }

            fn parallel(&mut self, range: Range<usize>) {
                let call = $kernel::with($(&self.$input[range.clone()]),+ $(, $uniform)?);
                call.parallel(true).min_len(2048).into(&mut self.out[range]);
            }

            fn check(&self) {
                for i in 0..self.len() {
                    let twin = $kernel::scalar($(self.$input[i]),+ $(, $uniform)?);
                    let difference = (self.out[i] as f64 - twin as f64).abs();
                    assert!(difference <= $difference, "{}: {} and not {twin} for element {i}", self.name, self.out[i]);
                }
            }
        }
    };
    // `for_each` takes one argument an array: written out for each number of inputs.
    (@zip $kernel:ident, $out:ident, [$a:ident, $b:ident] $(, $uniform:expr)?) => {
        Zip::from($out).and($a).and($b).for_each(|out, &$a, &$b| *out = $kernel::scalar($a, $b $(, $uniform)?))
    };
    (@zip $kernel:ident, $out:ident, [$a:ident, $b:ident, $c:ident, $d:ident, $e:ident]) => {
        Zip::from($out).and($a).and($b).and($c).and($d).and($e)
            .for_each(|out, &$a, &$b, &$c, &$d, &$e| *out = $kernel::scalar($a, $b, $c, $d, $e))
    };
}

workload!(Rc, rc(voltage: f64, time_constant: f64) -> f64, 8192, 1e-13);
workload!(Mandelbrot64, mandelbrot(x: f64, y: f64; MAX_STEPS) -> u32, 512, 0.0);
workload!(Mandelbrot32, mandelbrot(x: f32, y: f32; MAX_STEPS) -> u32, 512, 0.0);
workload!(BlackScholes, black_scholes(spot: f64, strike: f64, years: f64, rate: f64, volatility: f64) -> f64, 2048, 1e-11);

/// Steps after which a point counts as one that stays.
const MAX_STEPS: u32 = 256;

/// Every workload.
pub(crate) fn all() -> Vec<Box<dyn Workload>> {
    let mut random = fastrand::Rng::with_seed(1);
    let n = 16384;
    let mut values = |low: f64, high: f64| (0..n).map(|_| low + (high - low) * random.f64()).collect::<Vec<_>>();
    let rc = Rc { name: "rc f64", voltage: values(0.0, 5.0), time_constant: values(0.5, 2.0), out: vec![0.0; n] };
    let black_scholes = BlackScholes {
        name: "black-scholes f64",
        spot: values(50.0, 150.0),
        strike: values(50.0, 150.0),
        years: values(0.1, 5.0),
        rate: values(0.0, 0.1),
        volatility: values(0.1, 0.5),
        out: vec![0.0; n],
    };
    // Every twelfth row of a picture of 1024 × 768 points.
    let (width, height) = (1024, 768);
    let points = (0..height).step_by(12).flat_map(|j| (0..width).map(move |i| (i, j)));
    let (x, y): (Vec<f64>, Vec<f64>) =
        points.map(|(i, j)| (-2.0 + 3.0 * i as f64 / width as f64, -1.0 + 2.0 * j as f64 / height as f64)).unzip();
    let narrow = |values: &[f64]| values.iter().map(|&value| value as f32).collect::<Vec<_>>();
    let out = vec![0; x.len()];
    let mandelbrot32 = Mandelbrot32 { name: "mandelbrot f32", x: narrow(&x), y: narrow(&y), out: out.clone() };
    let mandelbrot64 = Mandelbrot64 { name: "mandelbrot f64", x, y, out };
    vec![Box::new(rc), Box::new(mandelbrot64), Box::new(mandelbrot32), Box::new(black_scholes)]
}
