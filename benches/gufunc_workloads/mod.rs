//! Generalized universal functions beside their twins called in a loop.

use std::hint::black_box;
use std::ops::Range;
use std::sync::Mutex;
use std::time::Duration;

use ndarray::{
    Array1, Array2, Array3, ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2, Axis, SliceInfoElem, Zip, s,
};
use ufunc::prelude::*;

use crate::gate::Gate;

/// The inverse of a 3 × 3 matrix by its adjugate.
#[guvectorize("(3,3)->(3,3)")]
pub(crate) fn inverse(a: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
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
pub(crate) fn determinant(a: ArrayView2<f64>, out: &mut f64) {
    *out = a[[0, 0]] * (a[[1, 1]] * a[[2, 2]] - a[[1, 2]] * a[[2, 1]])
        + a[[0, 1]] * (a[[1, 2]] * a[[2, 0]] - a[[1, 0]] * a[[2, 2]])
        + a[[0, 2]] * (a[[1, 0]] * a[[2, 1]] - a[[1, 1]] * a[[2, 0]]);
}

/// The cross product.
#[guvectorize("(3),(3)->(3)")]
pub(crate) fn cross(a: ArrayView1<f64>, b: ArrayView1<f64>, mut out: ArrayViewMut1<f64>) {
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

/// Exponentials of a row that sum to 1.
#[guvectorize("(n)->(n)", reassoc)]
pub(crate) fn softmax(x: &[f32], out: &mut [f32]) {
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
pub(crate) fn softmax_in_order(x: &[f32], out: &mut [f32]) {
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
pub(crate) struct Workload {
    name: &'static str,
    items: usize,
    piece: usize,
    /// The bytes that an item reads and writes.
    bytes: usize,
    twin: Run,
    zipped: Run,
    lanes: Run,
    parallel: Run,
    check: Box<dyn FnMut()>,
}

/// A function at work on a range of items.
type Run = Box<dyn FnMut(Range<usize>) + Send>;

/// The items of a piece.
const PIECE: usize = 4096;

/// Samples of each piece, and of all items at once.
const ROUNDS: usize = 15;
const WHOLE_ROUNDS: usize = 150;

/// Nanoseconds an item.
pub(crate) struct Pieces {
    pub(crate) twin: f64,
    pub(crate) zipped: f64,
    pub(crate) lanes: f64,
}

/// Nanoseconds an item.
pub(crate) struct Whole {
    pub(crate) zipped: f64,
    pub(crate) lanes: f64,
    pub(crate) parallel: f64,
    pub(crate) copy: f64,
}

/// The shortest samples: of those that count, if there are such.
#[derive(Clone, Copy)]
struct Best([f64; 2]);

impl Best {
    fn add(&mut self, (time, counts): (Duration, bool)) {
        let best = &mut self.0[usize::from(!counts)];
        *best = best.min(time.as_secs_f64() * 1e9);
    }

    fn get(self) -> f64 {
        if self.0[0] < f64::MAX { self.0[0] } else { self.0[1] }
    }
}

impl Workload {
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn items(&self) -> usize {
        self.items
    }

    /// Compares the lanes' results with the twin's.
    pub(crate) fn check(&mut self) {
        for run in [&mut self.lanes, &mut self.parallel] {
            (self.twin)(0..self.items);
            run(0..self.items);
            (self.check)();
            (self.zipped)(0..self.items);
            (self.check)();
        }
    }

    /// Pieces of items that are in the second-level cache: the sum of their shortest times.
    pub(crate) fn pieces(&mut self, gate: &mut Gate) -> Pieces {
        let mut sums = [0.0; 3];
        for start in (0..self.items).step_by(self.piece) {
            let range = start..self.items.min(start + self.piece);
            let mut best = [Best([f64::MAX; 2]); 3];
            for _ in 0..ROUNDS {
                best[0].add(gate.sample(false, &mut || (self.twin)(black_box(range.clone()))));
                best[1].add(gate.sample(false, &mut || (self.zipped)(black_box(range.clone()))));
                best[2].add(gate.sample(true, &mut || (self.lanes)(black_box(range.clone()))));
            }
            sums.iter_mut().zip(best).for_each(|(sum, best)| *sum += best.get());
        }
        let [twin, zipped, lanes] = sums.map(|sum| sum / self.items as f64);
        Pieces { twin, zipped, lanes }
    }

    /// All items by one call, from whatever cache or memory holds them; `pool` has two threads.
    pub(crate) fn whole(&mut self, gate: &mut Gate, pool: &rayon::ThreadPool) -> Whole {
        let from = vec![1_u8; self.bytes * self.items / 2];
        let mut to = from.clone();
        let all = 0..self.items;
        // Each kind has rounds of its own: the caches hold the arrays of one, and the pool's threads look for work for a while.
        let mut rounds = |wide: bool, run: &mut dyn FnMut()| {
            let mut best = Best([f64::MAX; 2]);
            (0..WHOLE_ROUNDS).for_each(|_| best.add(gate.cold_sample(wide, run)));
            best.get() / self.items as f64
        };
        let zipped = rounds(false, &mut || (self.zipped)(black_box(all.clone())));
        let lanes = rounds(true, &mut || (self.lanes)(black_box(all.clone())));
        let copy = rounds(true, &mut || black_box(&mut to).copy_from_slice(black_box(&from)));
        let parallel = rounds(true, &mut || pool.install(|| (self.parallel)(black_box(all.clone()))));
        Whole { zipped, lanes, parallel, copy }
    }
}

fn matrices(items: usize) -> Array3<f64> {
    Array3::from_shape_fn((items, 3, 3), |(i, j, k)| {
        f64::from(u8::from(j == k)) * 9.0 + ((i * 31 + j * 7 + k * 5) % 17) as f64 / 8.0
    })
}

/// Arrays that outlive the program: several closures use them.
fn shared<T>(value: T) -> &'static Mutex<T> {
    Box::leak(Box::new(Mutex::new(value)))
}

macro_rules! workload {
    (
        $name:literal, $items:expr, $piece:expr, $bytes:expr, $bound:expr, $output:expr,
        twin |$range:ident, $out:ident| $twin:expr,
        zipped |$zip_range:ident, $zip_out:ident| $zipped:expr,
        $function:ident($($input:ident[$slice:expr]),*; $out_slice:expr)
    ) => {{
        let (expected, found) = (shared($output), shared($output));
        Workload {
            name: $name,
            items: $items,
            piece: $piece,
            bytes: $bytes,
            twin: Box::new(move |$range| {
                let $out = &mut *expected.lock().expect("no run panics");
                $twin
            }),
            zipped: Box::new(move |$zip_range| {
                let $zip_out = &mut *expected.lock().expect("no run panics");
                $zipped
            }),
            lanes: Box::new(move |range| {
                let out = &mut *found.lock().expect("no run panics");
                $function::into($($input.slice($slice(range.clone())),)* out.slice_mut($out_slice(range)));
            }),
            parallel: Box::new(move |range| {
                let out = &mut *found.lock().expect("no run panics");
                $function::par_into($($input.slice($slice(range.clone())),)* out.slice_mut($out_slice(range)));
            }),
            check: Box::new(move || {
                let (expected, found) = (expected.lock().expect("no run panics"), found.lock().expect("no run panics"));
                for (expected, found) in expected.iter().zip(found.iter()) {
                    assert!((expected - found).abs() <= $bound * expected.abs(), "{found} instead of {expected}");
                }
            }),
        }
    }};
}

type Range1 = ndarray::SliceInfo<[SliceInfoElem; 1], ndarray::Ix1, ndarray::Ix1>;
type Range2 = ndarray::SliceInfo<[SliceInfoElem; 2], ndarray::Ix2, ndarray::Ix2>;
type Range3 = ndarray::SliceInfo<[SliceInfoElem; 3], ndarray::Ix3, ndarray::Ix3>;

fn values(range: Range<usize>) -> Range1 {
    s![range]
}

fn rows(range: Range<usize>) -> Range2 {
    s![range, ..]
}

fn cubes(range: Range<usize>) -> Range3 {
    s![range, .., ..]
}

/// Softmax with its twin called in both ways.
macro_rules! softmaxes {
    ($name:literal, $function:ident, $z:ident, $count:expr) => {
        workload!($name, $count, 200, 512, 1e-5, Array2::<f32>::zeros(($count, 64)),
            twin |range, out| for i in range {
                $function::scalar($z.row(i).to_slice().expect("rows"), out.row_mut(i).into_slice().expect("rows"));
            },
            zipped |range, out| Zip::from($z.slice(rows(range.clone())).outer_iter())
                .and(out.slice_mut(rows(range)).outer_iter_mut())
                .for_each(|z, out| $function::scalar(z.to_slice().expect("rows"), out.into_slice().expect("rows"))),
            $function($z[rows]; rows))
    };
}

pub(crate) fn all() -> Vec<Workload> {
    let items = 100_000;
    let a: &'static Array3<f64> = Box::leak(Box::new(matrices(items)));
    let x: &'static Array2<f64> =
        Box::leak(Box::new(Array2::from_shape_fn((items, 3), |(i, j)| ((i * 7 + j * 3) % 19) as f64 - 9.0)));
    let y: &'static Array2<f64> =
        Box::leak(Box::new(Array2::from_shape_fn((items, 3), |(i, j)| ((i * 5 + j * 11) % 23) as f64 - 11.0)));
    let count = 10_000;
    let z: &'static Array2<f32> = Box::leak(Box::new(Array2::from_shape_fn((count, 64), |(i, j)| {
        ((i * 37 + j * 101) % 211) as f32 / 20.0 - 5.0
    })));
    vec![
        workload!("inverse 3x3 f64", items, PIECE, 144, 0.0, Array3::<f64>::zeros((items, 3, 3)),
            twin |range, out| for i in range {
                inverse::scalar(a.index_axis(Axis(0), i), out.index_axis_mut(Axis(0), i));
            },
            zipped |range, out| Zip::from(a.slice(cubes(range.clone())).outer_iter())
                .and(out.slice_mut(cubes(range)).outer_iter_mut())
                .for_each(|a, out| inverse::scalar(a, out)),
            inverse(a[cubes]; cubes)),
        workload!("determinant 3x3 f64", items, PIECE, 80, 0.0, Array1::<f64>::zeros(items),
            twin |range, out| for i in range {
                determinant::scalar(a.index_axis(Axis(0), i), &mut out[i]);
            },
            zipped |range, out| Zip::from(a.slice(cubes(range.clone())).outer_iter())
                .and(out.slice_mut(values(range)))
                .for_each(|a, out| determinant::scalar(a, out)),
            determinant(a[cubes]; values)),
        workload!("cross product f64", items, PIECE, 72, 0.0, Array2::<f64>::zeros((items, 3)),
            twin |range, out| for i in range {
                cross::scalar(x.row(i), y.row(i), out.row_mut(i));
            },
            zipped |range, out| Zip::from(x.slice(rows(range.clone())).outer_iter())
                .and(y.slice(rows(range.clone())).outer_iter())
                .and(out.slice_mut(rows(range)).outer_iter_mut())
                .for_each(|x, y, out| cross::scalar(x, y, out)),
            cross(x[rows], y[rows]; rows)),
        softmaxes!("softmax 64 f32", softmax, z, count),
        softmaxes!("softmax 64 f32, in order", softmax_in_order, z, count),
    ]
}

/// A call of one item.
pub(crate) type OneCall = Box<dyn FnMut()>;

/// Calls of one item.
pub(crate) fn calls() -> Vec<(&'static str, OneCall)> {
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
