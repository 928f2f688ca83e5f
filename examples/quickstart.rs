//! Two functions of Numba's tutorials, on a million random values and on the `.npy` files that are given:
//! `cargo run --release --example quickstart [file.npy ..]`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::{Duration, Instant};

use comfy_table::{CellAlignment, Table, presets::UTF8_BORDERS_ONLY};
use ndarray::{Array, ArrayD, Zip};
use ufunc::prelude::*;

/// Charge on a capacitor.
#[vectorize]
fn rc(voltage: f64, time_constant: f64) -> f64 {
    voltage * (1.0 - (1.0 / time_constant).exp())
}

/// NaN outside of [-1, 1], as the scalar function.
#[vectorize]
fn exp_asin(x: f64) -> f64 {
    x.asin().exp()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut table = Table::new();
    table.load_style(UTF8_BORDERS_ONLY);
    table.set_header(["kernel", "data", "scalar twin", "one thread", "all threads", "largest difference"]);
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }

    let mut random = fastrand::Rng::with_seed(1);
    let mut values =
        |low: f64, high: f64| Array::from_shape_simple_fn(1_000_000, || low + (high - low) * random.f64()).into_dyn();
    let mut data = vec![("a million voltages".to_owned(), values(0.0, 5.0), values(0.5, 2.0), values(-1.0, 1.0))];
    for path in std::env::args().skip(1) {
        let values = read(&path)?;
        data.push((path, values.clone(), ArrayD::from_elem(values.raw_dim(), 0.5), values));
    }
    for (name, voltage, time_constant, x) in &data {
        let mut y = ArrayD::zeros(voltage.raw_dim());
        let mut twin = y.clone();
        let times = [
            best(|| Zip::from(&mut twin).and(voltage).and(time_constant).for_each(|y, &v, &t| *y = rc::scalar(v, t))),
            best(|| rc::into(voltage, time_constant, &mut y)),
            best(|| rc::par_into(voltage, time_constant, &mut y)),
        ];
        table.add_row(row("rc", name, times, &y, &twin));
        let times = [
            best(|| Zip::from(&mut twin).and(x).for_each(|y, &x| *y = exp_asin::scalar(x))),
            best(|| exp_asin::into(x, &mut y)),
            best(|| exp_asin::par_into(x, &mut y)),
        ];
        table.add_row(row("exp(asin(x))", name, times, &y, &twin));
    }
    println!("level {}, {} threads", ufunc::Level::current(), std::thread::available_parallelism()?);
    println!("{table}");
    Ok(())
}

/// The array in a file of `f64` or `f32`.
fn read(path: &str) -> Result<ArrayD<f64>, ndarray_npy::ReadNpyError> {
    ndarray_npy::read_npy(path).or_else(|error| match error {
        ndarray_npy::ReadNpyError::WrongDescriptor(_) => {
            Ok(ndarray_npy::read_npy::<_, ArrayD<f32>>(path)?.mapv(f64::from))
        }
        error => Err(error),
    })
}

/// The shortest of some runs.
fn best(mut run: impl FnMut()) -> Duration {
    (0..25)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn row(kernel: &str, data: &str, times: [Duration; 3], y: &ArrayD<f64>, twin: &ArrayD<f64>) -> [String; 6] {
    let per_element = |time: Duration| time.as_secs_f64() * 1e9 / y.len().max(1) as f64;
    let [scalar, one, all] = times.map(per_element);
    let ratio = |time: f64| format!("{time:.2} ns  {:>5.1} ×", scalar / time);
    let worst = Zip::from(y).and(twin).fold(0, |worst, &a, &b| ulps(a, b).max(worst));
    [kernel.into(), data.into(), format!("{scalar:.2} ns"), ratio(one), ratio(all), format!("{worst} ulp")]
}

/// How many floats lie between two: their bits, mirrored below zero, count them.
fn ulps(a: f64, b: f64) -> u64 {
    let ordered = |x: f64| if x < 0.0 { -((x.to_bits() & (u64::MAX >> 1)) as i64) } else { x.to_bits() as i64 };
    if a.is_nan() && b.is_nan() { 0 } else { ordered(a).abs_diff(ordered(b)) }
}
