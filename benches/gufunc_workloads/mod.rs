//! Generalized universal functions beside their twins called in a loop.

use std::hint::black_box;
use std::ops::Range;

use ndarray::{Array1, Array2, Array3, ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2, Axis, s};
use ufunc::prelude::*;

use crate::gate::Gate;

/// The inverse of a 3 × 3 matrix by its adjugate.
#[guvectorize("(3,3)->(3,3)")]
pub fn inverse(a: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    let (a00, a01, a02) = (a[[0, 0]], a[[0, 1]], a[[0, 2]]);
    let (a10, a11, a12) = (a[[1, 0]], a[[1, 1]], a[[1, 2]]);
    let (a20, a21, a22) = (a[[2, 0]], a[[2, 1]], a[[2, 2]]);
    let (c0, c1, c2) = (a11 * a22 - a12 * a21, a12 * a20 - a10 * a22, a10 * a21 - a11 * a20);
    let scale = 1.0 / (a00 * c0 + a01 * c1 + a02 * c2);
    out[[0, 0]] = c0 * scale;
    out[[0, 1]] = (a02 * a21 - a01 * a22) * scale;
    out[[0, 2]] = (a01 * a12 - a02 * a11) * scale;
    out[[1, 0]] = c1 * scale;
    out[[1, 1]] = (a00 * a22 - a02 * a20) * scale;
    out[[1, 2]] = (a02 * a10 - a00 * a12) * scale;
    out[[2, 0]] = c2 * scale;
    out[[2, 1]] = (a01 * a20 - a00 * a21) * scale;
    out[[2, 2]] = (a00 * a11 - a01 * a10) * scale;
}

/// The determinant of a 3 × 3 matrix.
#[guvectorize("(3,3)->()")]
pub fn determinant(a: ArrayView2<f64>, out: &mut f64) {
    *out = a[[0, 0]] * (a[[1, 1]] * a[[2, 2]] - a[[1, 2]] * a[[2, 1]])
        + a[[0, 1]] * (a[[1, 2]] * a[[2, 0]] - a[[1, 0]] * a[[2, 2]])
        + a[[0, 2]] * (a[[1, 0]] * a[[2, 1]] - a[[1, 1]] * a[[2, 0]]);
}

/// The cross product.
#[guvectorize("(3),(3)->(3)")]
pub fn cross(a: ArrayView1<f64>, b: ArrayView1<f64>, mut out: ArrayViewMut1<f64>) {
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

/// Exponentials of a row that sum to 1.
#[guvectorize("(n)->(n)", reassoc)]
pub fn softmax(x: &[f32], out: &mut [f32]) {
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
    let scale = 1.0 / total;
    for i in 0..x.len() {
        out[i] *= scale;
    }
}

/// The same, each row's sum in its order.
#[guvectorize("(n)->(n)", lanes = "batch")]
pub fn softmax_in_order(x: &[f32], out: &mut [f32]) {
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
    let scale = 1.0 / total;
    for i in 0..x.len() {
        out[i] *= scale;
    }
}

/// One function at work.
pub struct Workload {
    name: &'static str,
    items: usize,
    piece: usize,
    twin: Box<dyn FnMut(Range<usize>)>,
    lanes: Box<dyn FnMut(Range<usize>)>,
    check: Box<dyn FnMut()>,
}

/// The items of a piece.
const PIECE: usize = 4096;

/// Samples of each piece.
const ROUNDS: usize = 15;

impl Workload {
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Compares the lanes' results with the twin's.
    pub fn check(&mut self) {
        (self.twin)(0..self.items);
        (self.lanes)(0..self.items);
        (self.check)();
    }

    /// Nanoseconds an item, of the twin called in a loop and of one call of the function; the sum of the pieces' shortest times.
    pub fn measure(&mut self, gate: &mut Gate) -> (f64, f64) {
        let mut sums = [0.0; 2];
        for start in (0..self.items).step_by(self.piece) {
            let range = start..self.items.min(start + self.piece);
            let mut best = [[f64::MAX; 2]; 2];
            for _ in 0..ROUNDS {
                let twin = gate.sample(false, &mut || (self.twin)(black_box(range.clone())));
                let lanes = gate.sample(true, &mut || (self.lanes)(black_box(range.clone())));
                for (best, (time, counts)) in best.iter_mut().zip([twin, lanes]) {
                    let best = &mut best[usize::from(!counts)];
                    *best = best.min(time.as_secs_f64() * 1e9);
                }
            }
            for (sum, best) in sums.iter_mut().zip(best) {
                *sum += if best[0] < f64::MAX { best[0] } else { best[1] };
            }
        }
        (sums[0] / self.items as f64, sums[1] / self.items as f64)
    }
}

fn matrices(items: usize) -> Array3<f64> {
    Array3::from_shape_fn((items, 3, 3), |(i, j, k)| {
        f64::from(u8::from(j == k)) * 9.0 + ((i * 31 + j * 7 + k * 5) % 17) as f64 / 8.0
    })
}

/// Arrays that outlive the program: several closures use them.
fn shared<T>(value: T) -> &'static std::cell::RefCell<T> {
    Box::leak(Box::new(std::cell::RefCell::new(value)))
}

macro_rules! workload {
    ($name:literal, $items:expr, $piece:expr, ($($input:expr),*) -> $output:expr,
     |$range:ident, $twin_out:ident| $twin:expr, |$lane_range:ident, $lane_out:ident| $lanes:expr, $bound:expr) => {{
        let (expected, found) = (shared($output), shared($output));
        Workload {
            name: $name,
            items: $items,
            piece: $piece,
            twin: Box::new(move |$range| {
                let $twin_out = &mut *expected.borrow_mut();
                $twin
            }),
            lanes: Box::new(move |$lane_range| {
                let $lane_out = &mut *found.borrow_mut();
                $lanes
            }),
            check: Box::new(move || {
                let (expected, found) = (expected.borrow(), found.borrow());
                for (expected, found) in expected.iter().zip(found.iter()) {
                    assert!((expected - found).abs() <= $bound * expected.abs(), "{found} instead of {expected}");
                }
            }),
        }
    }};
}

pub fn all() -> Vec<Workload> {
    let items = 100_000;
    let a: &'static Array3<f64> = Box::leak(Box::new(matrices(items)));
    let x: &'static Array2<f64> =
        Box::leak(Box::new(Array2::from_shape_fn((items, 3), |(i, j)| ((i * 7 + j * 3) % 19) as f64 - 9.0)));
    let y: &'static Array2<f64> =
        Box::leak(Box::new(Array2::from_shape_fn((items, 3), |(i, j)| ((i * 5 + j * 11) % 23) as f64 - 11.0)));
    let rows = 10_000;
    let z: &'static Array2<f32> =
        Box::leak(Box::new(Array2::from_shape_fn((rows, 64), |(i, j)| ((i * 37 + j * 101) % 211) as f32 / 20.0 - 5.0)));
    vec![
        workload!("inverse 3x3 f64", items, PIECE, (a) -> Array3::<f64>::zeros((items, 3, 3)),
            |range, out| for i in range {
                inverse::scalar(a.index_axis(Axis(0), i), out.index_axis_mut(Axis(0), i));
            },
            |range, out| inverse::into(a.slice(s![range.clone(), .., ..]), out.slice_mut(s![range, .., ..])), 0.0),
        workload!("determinant 3x3 f64", items, PIECE, (a) -> Array1::<f64>::zeros(items),
            |range, out| for i in range {
                determinant::scalar(a.index_axis(Axis(0), i), &mut out[i]);
            },
            |range, out| determinant::into(a.slice(s![range.clone(), .., ..]), out.slice_mut(s![range])), 0.0),
        workload!("cross product f64", items, PIECE, (x, y) -> Array2::<f64>::zeros((items, 3)),
            |range, out| for i in range {
                cross::scalar(x.row(i), y.row(i), out.row_mut(i));
            },
            |range, out| cross::into(x.slice(s![range.clone(), ..]), y.slice(s![range.clone(), ..]), out.slice_mut(s![range, ..])), 0.0),
        workload!("softmax 64 f32", rows, 200, (z) -> Array2::<f32>::zeros((rows, 64)),
            |range, out| for i in range {
                softmax::scalar(z.row(i).to_slice().expect("rows"), out.row_mut(i).into_slice().expect("rows"));
            },
            |range, out| softmax::into(z.slice(s![range.clone(), ..]), out.slice_mut(s![range, ..])), 1e-5),
        workload!("softmax 64 f32, in order", rows, 200, (z) -> Array2::<f32>::zeros((rows, 64)),
            |range, out| for i in range {
                softmax_in_order::scalar(z.row(i).to_slice().expect("rows"), out.row_mut(i).into_slice().expect("rows"));
            },
            |range, out| softmax_in_order::into(z.slice(s![range.clone(), ..]), out.slice_mut(s![range, ..])), 1e-5),
    ]
}

/// Calls of one item.
pub fn calls() -> Vec<(&'static str, Box<dyn FnMut()>)> {
    let a = matrices(1);
    let mut out = Array3::zeros((1, 3, 3));
    let one = a.index_axis(Axis(0), 0).to_owned();
    let other = one.clone();
    let (x, y) = (Array1::from_vec(vec![1.0, 2.0, 3.0]), Array1::from_vec(vec![4.0, 5.0, 7.0]));
    let row: Vec<f32> = (0..64).map(|i| i as f32 / 8.0).collect();
    let mut row_out = vec![0.0; 64];
    vec![
        ("inverse::into, one item", Box::new(move || inverse::into(black_box(&a), black_box(&mut out)))),
        ("inverse, one matrix", Box::new(move || drop(black_box(inverse(black_box(&one)))))),
        (
            "determinant, one matrix",
            Box::new(move || {
                black_box(determinant(black_box(&other)));
            }),
        ),
        ("cross, one pair", Box::new(move || drop(black_box(cross(black_box(&x), black_box(&y)))))),
        ("softmax::into, one row", Box::new(move || softmax::into(black_box(&row[..]), black_box(&mut row_out[..])))),
    ]
}
