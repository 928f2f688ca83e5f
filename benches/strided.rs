//! Sums into existing memory over every layout: a kernel, NumPy's `np.add` and ndarray's `Zip` in turn, on one core.
//!
//! NumPy runs in a process of its own (`strided.py`, with the Python in `PYTHON`, or else `python3`) on the same core;
//! without it the other two are compared. It is told not to ask for huge pages, because the others do not. Of what comes from
//! memory, tenths of a ratio are those of where pages lie: ndarray's loop, which is much like NumPy's, shows them.
//! Arguments choose lines: `cargo bench --bench strided -- f4 " 1000;" "C and F"`.

mod beside;
#[allow(dead_code, reason = "its samples are for short code")]
mod gate;

use std::hint::black_box;
use std::ops::Add;
use std::time::Duration;

use beside::{NumPy, sample, summary};
use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};
use ndarray::{ArrayD, ArrayViewD, ArrayViewMutD, Axis, IxDyn, ShapeBuilder, Slice, Zip};
use ufunc::lanes::Element;
use ufunc::prelude::*;

#[vectorize(f32(f32, f32), f64(f64, f64))]
fn plus<T>(a: T, b: T) -> T {
    a + b
}

const SHAPES: [(usize, usize); 6] = [(25, 40), (100, 100), (250, 400), (1000, 1000), (1024, 1024), (2500, 4000)];

/// How long a sample is at least.
const SAMPLE: Duration = Duration::from_micros(300);

/// An array and how it is looked at.
struct Placed<T> {
    memory: ArrayD<T>,
    /// Axis, and the slice of it.
    slice: Option<(usize, Slice)>,
}

impl<T: Element> Placed<T> {
    fn new(memory: ArrayD<T>) -> Self {
        Self { memory, slice: None }
    }

    fn sliced(self, axis: usize, slice: Slice) -> Self {
        Self { slice: Some((axis, slice)), ..self }
    }

    fn view(&self) -> ArrayViewD<'_, T> {
        let mut view = self.memory.view();
        if let Some((axis, slice)) = self.slice {
            view.slice_axis_inplace(Axis(axis), slice);
        }
        view
    }

    fn view_mut(&mut self) -> ArrayViewMutD<'_, T> {
        let mut view = self.memory.view_mut();
        if let Some((axis, slice)) = self.slice {
            view.slice_axis_inplace(Axis(axis), slice);
        }
        view
    }
}

const LAYOUTS: [&str; 16] = [
    "contiguous",
    "and a scalar",
    "every 2nd",
    "every 2nd to every 2nd",
    "reversed",
    "all reversed",
    "F and F to F",
    "C and F to C",
    "F and F to C",
    "C and C to F",
    "C and a row",
    "C and a column",
    "a column and a row",
    "windows",
    "rows of 4 and a row",
    "every 2nd column",
];

/// Two operands and an output: the same as in `strided.py`.
fn operands<T: Element>(layout: &str, one: T, (rows, columns): (usize, usize)) -> [Placed<T>; 3] {
    let n = rows * columns;
    let c = |shape: &[usize]| Placed::new(ArrayD::from_elem(IxDyn(shape), one));
    let f = || Placed::new(ArrayD::from_elem(IxDyn(&[rows, columns]).f(), one));
    let second = || c(&[2 * n]).sliced(0, Slice::new(0, None, 2));
    let reversed = || c(&[n]).sliced(0, Slice::new(0, None, -1));
    let all = || c(&[rows, columns]);
    match layout {
        "contiguous" => [c(&[n]), c(&[n]), c(&[n])],
        "and a scalar" => [c(&[n]), c(&[]), c(&[n])],
        "every 2nd" => [second(), second(), c(&[n])],
        "every 2nd to every 2nd" => [second(), second(), second()],
        "reversed" => [reversed(), c(&[n]), c(&[n])],
        "all reversed" => [reversed(), reversed(), reversed()],
        "F and F to F" => [f(), f(), f()],
        "C and F to C" => [all(), f(), all()],
        "F and F to C" => [f(), f(), all()],
        "C and C to F" => [all(), all(), f()],
        "C and a row" => [all(), c(&[columns]), all()],
        "C and a column" => [all(), c(&[rows, 1]), all()],
        "a column and a row" => [c(&[rows, 1]), c(&[columns]), all()],
        "windows" => [c(&[rows, columns + 3]).sliced(1, Slice::new(1, Some(-2), 1)), all(), all()],
        "rows of 4 and a row" => [c(&[n / 4, 4]), c(&[4]), c(&[n / 4, 4])],
        _ => [c(&[rows, 2 * columns]).sliced(1, Slice::new(0, None, 2)), all(), all()],
    }
}

fn measure<T>(layout: &str, kind: &str, one: T, shape: (usize, usize), numpy: &mut Option<NumPy>, table: &mut Table)
where
    T: Element + Add<Output = T>,
    plus: for<'a> ufunc::kernel::Kernel<(T,), Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
{
    let [a, b, mut out] = operands(layout, one, shape);
    let (a, b) = (a.view(), b.view());
    let mut out = out.view_mut();
    let (wide_a, wide_b) = (a.broadcast(out.raw_dim()).unwrap(), b.broadcast(out.raw_dim()).unwrap());
    let mut ours = |calls| sample(calls, &mut || plus::into(black_box(&a), black_box(&b), black_box(&mut out)));
    let once = ours(1);
    assert!(out.iter().all(|sum| *sum == one + one), "{layout}");
    let calls = (SAMPLE.as_secs_f64() * 1e9 / once).ceil() as u32;
    let question = format!("{layout}\t{kind}\t{}\t{}", shape.0, shape.1);
    let rounds = if once > 2e6 { 9 } else { 21 };
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..rounds {
        times[0].push(sample(calls, &mut || plus::into(black_box(&a), black_box(&b), black_box(&mut out))));
        if let Some(numpy) = numpy {
            times[1].push(numpy.sample(&question, calls).expect("the script answers"));
        }
        times[2].push(sample(calls, &mut || {
            let zip = Zip::from(black_box(&mut out)).and(black_box(&wide_a)).and(black_box(&wide_b));
            zip.for_each(|sum, a, b| *sum = *a + *b);
        }));
    }
    let n = (shape.0 * shape.1) as f64;
    let [ours, numpys, ndarrays] = times.map(summary);
    let ratio = |theirs: (f64, f64)| format!("{:.2} {:.2}", theirs.0 / ours.0, theirs.1 / ours.1);
    let time = |of: (f64, f64)| format!("{:.3} {:.3}", of.0 / n, of.1 / n);
    table.add_row([
        format!("{layout}, {kind}"),
        format!("{} × {}", shape.0, shape.1),
        time(ours),
        time(numpys),
        time(ndarrays),
        ratio(numpys),
        ratio(ndarrays),
    ]);
}

#[allow(clippy::print_stdout, reason = "the figures are what this program is for")]
fn main() {
    let pinned = gate::pin();
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let mut numpy = NumPy::start("strided.py", "contiguous\tf8\t1\t1");
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN).set_header([
        "sum",
        "shape",
        "ns/element: min median",
        "NumPy",
        "ndarray",
        "× NumPy",
        "× ndarray",
    ]);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for layout in LAYOUTS {
        for kind in ["f8", "f4"] {
            for shape in SHAPES {
                let line = format!("{layout}, {kind} {};", shape.0 * shape.1);
                if !wanted.iter().all(|word| line.contains(word)) {
                    continue;
                }
                match kind {
                    "f8" => measure(layout, kind, 1.5_f64, shape, &mut numpy, &mut table),
                    _ => measure(layout, kind, 1.5_f32, shape, &mut numpy, &mut table),
                }
            }
        }
    }
    let pinned = if pinned { "pinned" } else { "not pinned" };
    let clock = gate::Gate::new().clock();
    println!("one core, {pinned}; {clock:.2} GHz; × above 1: ours takes less time\n\n{table}");
}
