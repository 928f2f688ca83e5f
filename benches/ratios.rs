//! How many times faster the kernels are than their scalar twins: one process on one core, twin and kernel in turn.
//!
//! A machine with neighbours runs at full speed only now and then, and never for long. So the work is cut into
//! pieces of less than 0.3 ms; before and after each, a gate of known length is run, and the sample counts only
//! where both gates ran at full speed. The time of the whole is the sum of its pieces' shortest times.

mod gate;
mod workloads;

use std::hint::black_box;
use std::time::Duration;

use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};
use gate::Gate;
use ufunc::Level;
use ufunc::prelude::*;
use workloads::Workload;

/// Samples of each piece.
const ROUNDS: usize = 25;

/// The samples of one contender: of each piece.
struct Samples(Vec<Vec<(Duration, bool)>>);

impl Samples {
    /// The sum over the pieces of the shortest and of the median time, in nanoseconds; of all samples of a
    /// piece where none counts.
    fn sums(&self) -> (f64, f64) {
        let mut sums = (0.0, 0.0);
        for piece in &self.0 {
            let counted: Vec<_> = piece.iter().filter(|(_, counts)| *counts).map(|(time, _)| *time).collect();
            let all = piece.iter().map(|(time, _)| *time).collect();
            let mut times: Vec<Duration> = if counted.is_empty() { all } else { counted };
            times.sort_unstable();
            sums.0 += times[0].as_secs_f64() * 1e9;
            sums.1 += times[times.len() / 2].as_secs_f64() * 1e9;
        }
        sums
    }

    fn counted(&self) -> f64 {
        let all = self.0.iter().flatten().count();
        self.0.iter().flatten().filter(|(_, counts)| *counts).count() as f64 / all as f64
    }
}

/// Twin and levels in turn, piece by piece.
fn measure(workload: &mut dyn Workload, levels: &[Option<Level>], gate: &mut Gate) -> Vec<Samples> {
    let pieces = workload.len().div_ceil(workload.piece());
    let mut samples: Vec<_> = levels.iter().map(|_| Samples(vec![Vec::new(); pieces])).collect();
    for _ in 0..ROUNDS {
        for piece in 0..pieces {
            let range = piece * workload.piece()..workload.len().min((piece + 1) * workload.piece());
            for (level, samples) in levels.iter().zip(&mut samples) {
                let sample = gate.sample(level.is_some(), &mut || match level {
                    None => workload.twin(range.clone()),
                    Some(level) => workload.lanes(range.clone(), *level),
                });
                samples.0[piece].push(sample);
            }
        }
    }
    samples
}

#[vectorize]
fn plus(a: f64, b: f64) -> f64 {
    a + b
}

/// The cost of one call in nanoseconds: the shortest and the median.
fn call(gate: &mut Gate, mut run: impl FnMut()) -> (f64, f64) {
    let calls = 500;
    let mut many = || (0..calls).for_each(|_| run());
    let samples = Samples(vec![(0..400).map(|_| gate.sample(true, &mut many)).collect()]);
    let (min, median) = samples.sums();
    (min / f64::from(calls), median / f64::from(calls))
}

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN).set_header(header);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

#[allow(clippy::print_stdout, reason = "the figures are what this program is for")]
fn main() {
    let pinned = gate::pin();
    let mut gate = Gate::new();

    let levels: Vec<_> =
        [Level::Avx512, Level::Avx2, Level::Sse2].into_iter().filter(|level| level.is_available()).collect();
    let contenders: Vec<_> = std::iter::once(None).chain(levels.iter().copied().map(Some)).collect();
    let mut kernels =
        table(&["kernel", "code", "min ns/element", "median", "× by min", "× by median", "samples counted"]);
    for mut workload in workloads::all() {
        for level in &levels {
            workload.lanes(0..workload.len(), *level);
            workload.check();
        }
        let samples = measure(&mut *workload, &contenders, &mut gate);
        let twin = samples[0].sums();
        for (contender, samples) in contenders.iter().zip(&samples) {
            let (min, median) = samples.sums();
            let n = workload.len() as f64;
            kernels.add_row([
                workload.name().to_owned(),
                contender.map_or("scalar twin", Level::name).to_owned(),
                format!("{:.3}", min / n),
                format!("{:.3}", median / n),
                format!("{:.1}", twin.0 / min),
                format!("{:.1}", twin.1 / median),
                format!("{:.0} %", 100.0 * samples.counted()),
            ]);
        }
    }

    let mut calls = table(&["one call", "min ns", "median ns"]);
    let mut add = |name: &str, (min, median): (f64, f64)| {
        calls.add_row([name.to_owned(), format!("{min:.1}"), format!("{median:.1}")]);
    };
    for n in [1, 16, 256] {
        let (a, b, mut out) = (vec![1.5; n], vec![0.25; n], vec![0.0; n]);
        let into = call(&mut gate, || plus::into(black_box(&a[..]), black_box(&b[..]), black_box(&mut out[..])));
        add(&format!("plus::into, slices of {n}"), into);
        let (a, b) = (ndarray::Array1::from_vec(a), ndarray::Array1::from_vec(b));
        let mut out = ndarray::Array1::zeros(n);
        add(
            &format!("plus::into, arrays of {n}"),
            call(&mut gate, || plus::into(black_box(&a), black_box(&b), black_box(&mut out))),
        );
        add(
            &format!("plus, new array of {n}"),
            call(&mut gate, || drop(black_box(plus(black_box(&a), black_box(&b))))),
        );
        let rc = call(&mut gate, || workloads::rc::into(black_box(&a), black_box(&b), black_box(&mut out)));
        add(&format!("rc::into, arrays of {n}"), rc);
    }

    let scalars = call(&mut gate, || {
        black_box(plus(black_box(1.5), black_box(0.25)));
    });
    add("plus, two scalars", scalars);

    let pinned = if pinned { "pinned" } else { "not pinned: `taskset -c 1` does it" };
    let clock = gate.clock();
    println!("one core, {pinned}; {clock:.2} GHz\n\n{kernels}\n\n{calls}");
}
