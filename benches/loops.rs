//! Functions of arrays beside their scalar twins: one process on one core, both in turn, at several sizes.
//!
//! The twins are what rustc makes of the same text. With `RUSTFLAGS="-C target-cpu=native" cargo bench --bench loops`
//! it may use all that the processor has. Samples count where the [`gate`] around them ran at full speed.

mod gate;

use std::cell::RefCell;
use std::hint::black_box;
use std::time::Duration;

use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};
use gate::Gate;
use ndarray::{Array2, ArrayView2, ArrayViewMut2};
use ufunc::prelude::*;

/// Samples of each function and size.
const ROUNDS: usize = 200;

#[jit(reassoc)]
fn sum_f32(x: &[f32]) -> f32 {
    let mut total = 0.0;
    for &v in x {
        total += v;
    }
    total
}

#[jit(reassoc)]
fn sum_f64(x: &[f64]) -> f64 {
    let mut total = 0.0;
    for &v in x {
        total += v;
    }
    total
}

#[jit]
fn sum_i64(x: &[i64]) -> i64 {
    let mut total = 0;
    for &v in x {
        total += v;
    }
    total
}

#[jit(reassoc)]
fn dot_f32(x: &[f32], y: &[f32]) -> f32 {
    let mut total = 0.0;
    for (a, b) in x.iter().zip(y) {
        total += a * b;
    }
    total
}

#[jit(reassoc)]
fn dot_f64(x: &[f64], y: &[f64]) -> f64 {
    let mut total = 0.0;
    for (a, b) in x.iter().zip(y) {
        total += a * b;
    }
    total
}

#[jit]
fn max_f32(x: &[f32]) -> f32 {
    let mut best = f32::NEG_INFINITY;
    for &v in x {
        best = best.max(v);
    }
    best
}

#[jit]
fn max_f64(x: &[f64]) -> f64 {
    let mut best = f64::NEG_INFINITY;
    for &v in x {
        best = best.max(v);
    }
    best
}

#[jit]
fn saxpy(a: f32, x: &[f32], y: &mut [f32]) {
    for i in 0..x.len() {
        y[i] += a * x[i];
    }
}

#[jit]
fn jacobi(u: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) -> f64 {
    let mut worst: f64 = 0.0;
    for i in 1..u.nrows() - 1 {
        for j in 1..u.ncols() - 1 {
            let new = 0.25 * (u[[i - 1, j]] + u[[i + 1, j]] + u[[i, j - 1]] + u[[i, j + 1]]);
            worst = worst.max((new - u[[i, j]]).abs());
            out[[i, j]] = new;
        }
    }
    worst
}

#[jit]
fn smooth(u: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    for i in 1..u.nrows() - 1 {
        for j in 1..u.ncols() - 1 {
            out[[i, j]] = 0.25 * (u[[i - 1, j]] + u[[i + 1, j]] + u[[i, j - 1]] + u[[i, j + 1]]);
        }
    }
}

/// Accelerations of bodies that attract each other.
#[jit]
fn forces(x: &[f32], y: &[f32], z: &[f32], m: &[f32], ax: &mut [f32], ay: &mut [f32], az: &mut [f32]) {
    for i in 0..x.len() {
        let (mut sx, mut sy, mut sz) = (0.0, 0.0, 0.0);
        for j in 0..x.len() {
            let (dx, dy, dz) = (x[j] - x[i], y[j] - y[i], z[j] - z[i]);
            let square = dx * dx + dy * dy + dz * dz + 1e-3;
            let force = m[j] / (square * square.sqrt());
            sx += dx * force;
            sy += dy * force;
            sz += dz * force;
        }
        ax[i] = sx;
        ay[i] = sy;
        az[i] = sz;
    }
}

/// The logarithm of a density, estimated by Gaussians around points.
#[jit]
fn density(points: &[f64], at: &[f64], scale: f64, out: &mut [f64]) {
    for i in 0..at.len() {
        let mut most = f64::NEG_INFINITY;
        for j in 0..points.len() {
            let d = (at[i] - points[j]) * scale;
            most = most.max(-0.5 * d * d);
        }
        let mut sum = 0.0;
        for j in 0..points.len() {
            let d = (at[i] - points[j]) * scale;
            sum += (-0.5 * d * d - most).exp();
        }
        out[i] = most + (sum / points.len() as f64).ln();
    }
}

#[jit]
fn product(a: ArrayView2<f64>, b: ArrayView2<f64>, mut c: ArrayViewMut2<f64>) {
    for i in 0..a.nrows() {
        for j in 0..b.ncols() {
            let mut sum = 0.0;
            for k in 0..a.ncols() {
                sum += a[[i, k]] * b[[k, j]];
            }
            c[[i, j]] = sum;
        }
    }
}

/// A call to be measured.
type Run<'a> = Box<dyn FnMut() + 'a>;

/// What is measured: a name, how many elements, and the twin and the function on the same data.
struct Case<'a> {
    name: &'static str,
    elements: usize,
    twin: Run<'a>,
    lanes: Run<'a>,
}

/// The same call of a function and of its twin.
macro_rules! case {
    ($elements:expr, $name:ident($($argument:expr),*)) => {
        Case {
            name: stringify!($name),
            elements: $elements,
            twin: Box::new(|| _ = black_box($name::scalar($($argument),*))),
            lanes: Box::new(|| _ = black_box($name($($argument),*))),
        }
    };
}

/// The shortest and the median time a call, in nanoseconds.
fn times(samples: &[(Duration, bool)]) -> (f64, f64) {
    let mut counted: Vec<Duration> = samples.iter().filter(|(_, counts)| *counts).map(|(time, _)| *time).collect();
    if counted.is_empty() {
        counted = samples.iter().map(|(time, _)| *time).collect();
    }
    counted.sort_unstable();
    (counted[0].as_secs_f64() * 1e9, counted[counted.len() / 2].as_secs_f64() * 1e9)
}

/// One row of the table: twin and function in turn.
fn measure(gate: &mut Gate, mut case: Case<'_>, table: &mut Table) {
    let (mut twin, mut lanes) = (Vec::new(), Vec::new());
    let calls = (20_000 / case.elements.max(1)).max(1);
    for _ in 0..ROUNDS {
        twin.push(gate.sample(true, &mut || (0..calls).for_each(|_| (case.twin)())));
        lanes.push(gate.sample(true, &mut || (0..calls).for_each(|_| (case.lanes)())));
    }
    let ((twin, twin_median), (lanes, lanes_median)) = (times(&twin), times(&lanes));
    let each = |time: f64| format!("{:.3}", time / (calls * case.elements) as f64);
    table.add_row([
        case.name.to_owned(),
        case.elements.to_string(),
        each(twin),
        each(lanes),
        format!("{:.2}", twin / lanes),
        format!("{:.2}", twin_median / lanes_median),
    ]);
}

#[allow(clippy::print_stdout, reason = "the figures are what this program is for")]
fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let pinned = gate::pin();
    let mut gate = Gate::new();
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN).set_header([
        "function",
        "elements",
        "twin, ns",
        "ours, ns",
        "ratio",
        "of medians",
    ]);
    let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|chosen| name.contains(&**chosen));
    for n in [1000, 4000, 20_000, 1_000_000] {
        let (x, y): (Vec<f64>, Vec<f64>) = (0..n).map(|i| ((i * 37 % 101) as f64, (i * 53 % 89) as f64)).unzip();
        let (s, t): (Vec<f32>, Vec<f32>) = x.iter().zip(&y).map(|(x, y)| (*x as f32, *y as f32)).unzip();
        let whole: Vec<i64> = x.iter().map(|x| *x as i64).collect();
        let mut out = t.clone();
        let mut again = t.clone();
        let cases = [
            case!(n, sum_f32(&s)),
            case!(n, sum_f64(&x)),
            case!(n, sum_i64(&whole)),
            case!(n, dot_f32(&s, &t)),
            case!(n, dot_f64(&x, &y)),
            case!(n, max_f32(&s)),
            case!(n, max_f64(&x)),
        ];
        for case in cases.into_iter().filter(|case| wanted(case.name)) {
            measure(&mut gate, case, &mut table);
        }
        if wanted("saxpy") {
            let case = Case {
                name: "saxpy",
                elements: n,
                twin: Box::new(|| saxpy::scalar(1e-3, &s, &mut out)),
                lanes: Box::new(|| saxpy(1e-3, &s, &mut again)),
            };
            measure(&mut gate, case, &mut table);
        }
    }
    for side in [64, 200, 1000] {
        let u = Array2::from_shape_fn((side, side), |(i, j)| ((i * 31 + j * 17) % 101) as f64);
        // One array for both: of two, each would drive the other's out of the cache.
        let out = RefCell::new(u.clone());
        for name in ["jacobi", "smooth", "product"].into_iter().filter(|name| wanted(name)) {
            let (twin, lanes): (Run<'_>, Run<'_>) = match name {
                "jacobi" => (
                    Box::new(|| _ = black_box(jacobi::scalar(u.view(), out.borrow_mut().view_mut()))),
                    Box::new(|| _ = black_box(jacobi(u.view(), out.borrow_mut().view_mut()))),
                ),
                "smooth" => (
                    Box::new(|| smooth::scalar(u.view(), out.borrow_mut().view_mut())),
                    Box::new(|| smooth(u.view(), out.borrow_mut().view_mut())),
                ),
                _ if side > 64 => continue,
                _ => (
                    Box::new(|| product::scalar(u.view(), u.view(), out.borrow_mut().view_mut())),
                    Box::new(|| product(u.view(), u.view(), out.borrow_mut().view_mut())),
                ),
            };
            let elements = if name == "product" { side * side * side } else { (side - 2) * (side - 2) };
            measure(&mut gate, Case { name, elements, twin, lanes }, &mut table);
        }
    }
    let n = 256;
    let place = |k: usize| (0..n).map(move |i| ((i * k) % 257) as f32 / 257.0).collect::<Vec<f32>>();
    let (x, y, z, m) = (place(37), place(101), place(53), place(11));
    let mut outs = [vec![0.0; n], vec![0.0; n], vec![0.0; n]];
    let mut again = outs.clone();
    if wanted("forces") {
        let [a, b, c] = &mut outs;
        let [d, e, f] = &mut again;
        let case = Case {
            name: "forces",
            elements: n * n,
            twin: Box::new(|| forces::scalar(&x, &y, &z, &m, a, b, c)),
            lanes: Box::new(|| forces(&x, &y, &z, &m, d, e, f)),
        };
        measure(&mut gate, case, &mut table);
    }
    if wanted("density") {
        let points: Vec<f64> = x.iter().map(|x| f64::from(*x)).collect();
        let at: Vec<f64> = y.iter().map(|y| f64::from(*y)).collect();
        let (mut out, mut again) = (vec![0.0; n], vec![0.0; n]);
        let case = Case {
            name: "density",
            elements: n * n,
            twin: Box::new(|| density::scalar(&points, &at, 10.0, &mut out)),
            lanes: Box::new(|| density(&points, &at, 10.0, &mut again)),
        };
        measure(&mut gate, case, &mut table);
    }
    for column in 1..6 {
        table.column_mut(column).expect("six columns").set_cell_alignment(CellAlignment::Right);
    }
    println!("{table}");
    println!("one core{}, {:.2} GHz", if pinned { ", pinned" } else { "" }, gate.clock());
}
