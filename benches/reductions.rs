//! Reductions and prefixes into existing memory: ours, NumPy's and ndarray's in turn, on one core.
//!
//! Arguments choose lines: `cargo bench --bench reductions -- add f8 "2000 × 2000"`.

mod beside;
#[allow(dead_code, reason = "its samples are for short code")]
mod gate;

use std::hint::black_box;
use std::time::Duration;

use beside::{NumPy, sample, summary};
use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};
use ndarray::{ArrayD, Axis, IxDyn, ShapeBuilder};
use ufunc::lanes::Element;
use ufunc::ops;

/// Rows and columns, in memory order.
const SHAPES: [(usize, usize, &str); 11] = [
    (1, 10, "C"),
    (1, 1_000, "C"),
    (1, 100_000, "C"),
    (1, 1_000_000, "C"),
    (1, 10_000_000, "C"),
    (2000, 2000, "C"),
    (2000, 2000, "F"),
    (200, 200, "C"),
    (100_000, 10, "C"),
    (3, 300_000, "C"),
    (10_000, 64, "C"),
];

/// How long a sample is at least.
const SAMPLE: Duration = Duration::from_micros(300);

/// One line of the table.
struct Line<'l> {
    method: &'l str,
    op: &'l str,
    kind: &'l str,
    shape: (usize, usize, &'l str),
    axis: &'l str,
}

impl Line<'_> {
    fn question(&self) -> String {
        let (rows, columns, order) = self.shape;
        [self.method, self.op, self.kind, &rows.to_string(), &columns.to_string(), order, self.axis].join("\t")
    }

    fn name(&self) -> String {
        let (rows, columns, order) = self.shape;
        let shape = if rows == 1 { columns.to_string() } else { format!("{rows} × {columns} {order}") };
        format!("{} {} {}, {shape}, axis {}", self.op, self.method, self.kind, self.axis)
    }

    /// Measures our call, NumPy's and ndarray's if it has one.
    fn measure(
        &self,
        numpy: &mut Option<NumPy>,
        table: &mut Table,
        ours: &mut dyn FnMut(),
        mut ndarrays: Option<&mut dyn FnMut()>,
    ) {
        let calls = (SAMPLE.as_secs_f64() * 1e9 / sample(1, ours)).ceil() as u32;
        let rounds = if calls == 1 { 9 } else { 21 };
        let mut times = [const { Vec::new() }; 3];
        for _ in 0..rounds {
            times[0].push(sample(calls, ours));
            if let Some(numpy) = numpy {
                times[1].push(numpy.sample(&self.question(), calls).expect("the script answers"));
            }
            if let Some(run) = &mut ndarrays {
                times[2].push(sample(calls, *run));
            }
        }
        let n = (self.shape.0 * self.shape.1) as f64;
        let [ours, numpys, ndarrays] = times.map(summary);
        let ratio = |theirs: (f64, f64)| format!("{:.2} {:.2}", theirs.0 / ours.0, theirs.1 / ours.1);
        let time = |of: (f64, f64)| format!("{:.3} {:.3}", of.0 / n, of.1 / n);
        table.add_row([self.name(), time(ours), time(numpys), time(ndarrays), ratio(numpys), ratio(ndarrays)]);
    }
}

/// An array for these methods.
fn operand<T: Element>(one: T, (rows, columns, order): (usize, usize, &str)) -> ArrayD<T> {
    let shape = if rows == 1 { vec![columns] } else { vec![rows, columns] };
    ArrayD::from_elem(IxDyn(&shape).set_f(order == "F"), one)
}

macro_rules! measured {
    ($op:ident, $t:ident, $one:expr, $sum:expr, $line:ident, $numpy:ident, $table:ident) => {{
        let x: ArrayD<$t> = operand($one, $line.shape);
        let ndarrays = |axis: Axis| $sum.then_some(move |x: &ArrayD<$t>| x.sum_axis(axis));
        match ($line.method, $line.axis.parse::<usize>()) {
            ("accumulate", Ok(axis)) => {
                let mut out = ops::$op::accumulate(&x, Axis(axis));
                let mut ours = || ops::$op::accumulate_into(black_box(&x), Axis(axis), black_box(&mut out));
                $line.measure($numpy, $table, &mut ours, None);
            }
            (_, Ok(axis)) => {
                let mut out = ops::$op::reduce(&x, Axis(axis));
                let mut ours = || ops::$op::reduce_into(black_box(&x), Axis(axis), black_box(&mut out));
                match ndarrays(Axis(axis)) {
                    Some(sum) => {
                        $line.measure($numpy, $table, &mut ours, Some(&mut || drop(black_box(sum(black_box(&x))))));
                    }
                    None => $line.measure($numpy, $table, &mut ours, None),
                }
            }
            (_, Err(_)) => {
                let mut ours = || _ = black_box(ops::$op::reduce_all(black_box(&x)));
                if $sum {
                    $line.measure($numpy, $table, &mut ours, Some(&mut || _ = black_box(black_box(&x).sum())));
                } else {
                    $line.measure($numpy, $table, &mut ours, None);
                }
            }
        }
    }};
}

#[allow(clippy::print_stdout, reason = "the figures are what this program is for")]
fn main() {
    let pinned = gate::pin();
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let numpy = &mut NumPy::start("reductions.py", "reduce\tadd\tf8\t1\t1\tC\tall");
    let table = &mut Table::new();
    let header = ["reduction", "ns/element: min median", "NumPy", "ndarray", "× NumPy", "× ndarray"];
    table.load_style(ASCII_MARKDOWN).set_header(header);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for (method, op, kind) in [
        ("reduce", "add", "f8"),
        ("reduce", "add", "f4"),
        ("reduce", "add", "i8"),
        ("reduce", "maximum", "f8"),
        ("reduce", "multiply", "f8"),
        ("accumulate", "add", "f8"),
    ] {
        for shape in SHAPES {
            let axes: &[&str] = match (shape.0, method) {
                (1, "reduce") => &["all"],
                (1, _) => &["0"],
                _ => &["0", "1"],
            };
            for axis in axes {
                let line = Line { method, op, kind, shape, axis };
                if !wanted.iter().all(|word| line.name().contains(word)) {
                    continue;
                }
                match (op, kind) {
                    ("add", "f8") => measured!(add, f64, 1.5, true, line, numpy, table),
                    ("add", "f4") => measured!(add, f32, 1.5, true, line, numpy, table),
                    ("add", _) => measured!(add, i64, 1, true, line, numpy, table),
                    ("maximum", _) => measured!(maximum, f64, 1.5, false, line, numpy, table),
                    _ => measured!(multiply, f64, 1.5, false, line, numpy, table),
                }
            }
        }
    }
    let pinned = if pinned { "pinned" } else { "not pinned" };
    let clock = gate::Gate::new().clock();
    println!("one core, {pinned}; {clock:.2} GHz; × above 1: ours takes less time\n\n{table}");
}
