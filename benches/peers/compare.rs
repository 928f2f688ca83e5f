//! The comparison: arguments, samples, and the table.

use std::fmt::Write as _;
use std::time::Duration;

use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};
use ufunc::Level;

use crate::functions::{self, Function};
use crate::gate::{self, Gate};
use crate::libraries::{Format, Libraries, Peer};
use crate::names::{self, Names};
use crate::operations;
use crate::plot::{self, Series};
use crate::reference::{self, errors};

/// Lengths of arrays: in the first-level cache, in the second-level cache, in memory.
const LENGTHS: [usize; 3] = [1024, 16 * 1024, 1 << 20];

/// Samples of each contender.
const ROUNDS: usize = 60;

/// What a contender took and how far it was off.
struct Figures {
    name: String,
    level: Level,
    min: f64,
    median: f64,
    error: f64,
}

/// One function and format on arrays of one length.
struct Comparison {
    title: String,
    ulp: u32,
    figures: Vec<Figures>,
    /// By level: the operations in the machine loop for each register.
    operations: Vec<(Level, f64)>,
    /// The bytes of an element.
    element: usize,
}

/// Runs all comparisons that the command line asks for.
#[allow(clippy::print_stdout, reason = "the figures are what this program is for")]
pub(crate) fn run() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let libraries = Libraries::load();
    let pinned = gate::pin();
    let mut gate = Gate::new();
    println!(
        "found: {}; {}; {:.2} GHz",
        libraries.found().join(", "),
        if pinned { "pinned" } else { "not pinned" },
        gate.clock()
    );
    let mut csv =
        String::from("function,ulp,type,length,contender,level,min ns,median ns,largest error ulp,operations\n");
    let mut all = Vec::new();
    for function in functions::all() {
        let Some(names) = names::ALL.iter().find(|names| names.ours == function.name) else { continue };
        if !wanted.is_empty() && !wanted.iter().any(|name| name == names.ours) {
            continue;
        }
        for length in LENGTHS {
            let double = compare::<f64>(&function, names, &libraries, length, &mut gate);
            let single = compare::<f32>(&function, names, &libraries, length, &mut gate);
            for comparison in [double, single] {
                write_rows(&mut csv, &function, length, &comparison);
                if length == LENGTHS[1] {
                    all.push(comparison);
                }
            }
        }
    }
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    for level in levels() {
        for ulp in [1, 4] {
            let of_tier: Vec<&Comparison> = all.iter().filter(|comparison| comparison.ulp == ulp).collect();
            if of_tier.is_empty() {
                continue;
            }
            println!(
                "\n{}, within {ulp} ulp, {} elements: ns an element (median); × ours; largest error in ulp\n\n{}",
                level.name(),
                LENGTHS[1],
                table(&of_tier, level, gate.clock())
            );
            let (titles, series) = series(&of_tier, level);
            let title = format!("{}, within {ulp} ulp, {} elements", level.name(), LENGTHS[1]);
            plot::draw(&folder.join(format!("peers-{}-{ulp}.svg", level.name())), &title, &titles, &series);
        }
    }
    let path = folder.join("peers.csv");
    std::fs::write(&path, csv).expect("the figures can be written");
    println!("\nall figures: {}, drawn beside it", path.display());
}

/// The levels that are compared.
fn levels() -> impl Iterator<Item = Level> {
    [Level::Avx512, Level::Avx2].into_iter().filter(|level| level.is_available())
}

fn write_rows(csv: &mut String, function: &Function, length: usize, comparison: &Comparison) {
    let (name, ulp) = (function.name, function.ulp);
    let format = if comparison.element == 8 { "f64" } else { "f32" };
    for Figures { name: contender, level, min, median, error } in &comparison.figures {
        let operations = comparison.operations.iter().find(|(at, _)| at == level && contender == OURS);
        let operations = operations.map_or(String::new(), |(_, count)| format!("{count:.1}"));
        let level = level.name();
        writeln!(
            csv,
            "{name},{ulp},{format},{length},{contender},{level},{min:.4},{median:.4},{error:.3},{operations}"
        )
        .expect("a string takes it");
    }
}

/// Our name among the contenders.
const OURS: &str = "ours";

/// A format of the comparison.
trait Compared: Format + reference::Format {
    fn ours(function: &Function) -> fn(Level, &[Self], &[Self], &mut [Self]);
}

impl Compared for f64 {
    fn ours(function: &Function) -> fn(Level, &[f64], &[f64], &mut [f64]) {
        function.f64
    }
}

impl Compared for f32 {
    fn ours(function: &Function) -> fn(Level, &[f32], &[f32], &mut [f32]) {
        function.f32
    }
}

/// Every contender's figures for one function.
fn compare<T: Compared>(
    function: &Function,
    names: &Names,
    libraries: &Libraries,
    length: usize,
    gate: &mut Gate,
) -> Comparison {
    let mut random = fastrand::Rng::with_seed(1);
    let mut values = |(low, high): (f64, f64)| -> Vec<T> {
        (0..length).map(|_| T::rounded(low + (high - low) * random.f64())).collect()
    };
    let (xs, ys) = (values(names.ranges[0]), values(names.ranges[1]));
    let ours = T::ours(function);
    let mut contenders: Vec<Peer<T>> = levels()
        .map(|level| Peer { name: OURS.into(), level, run: Box::new(move |xs, ys, out| ours(level, xs, ys, out)) })
        .collect();
    contenders.extend(libraries.peers::<T>(names, function.arity, function.ulp));
    let mut out = vec![T::default(); length];
    let mut times = vec![Vec::new(); contenders.len()];
    // Short arrays several times a sample; long ones in pieces, which come from memory again in each round.
    let calls = (4096 / length).max(1);
    const PIECE: usize = 16 * 1024;
    let rounds = if length > PIECE { ROUNDS / 10 } else { ROUNDS };
    for _ in 0..rounds {
        for (contender, times) in contenders.iter().zip(&mut times) {
            if length > PIECE {
                let mut whole = Duration::ZERO;
                let mut counts = 0;
                let pieces = xs.chunks(PIECE).zip(ys.chunks(PIECE)).zip(out.chunks_mut(PIECE));
                for ((xs, ys), out) in pieces {
                    let (time, counted) = gate.cold_sample(true, &mut || (contender.run)(xs, ys, out));
                    whole += time;
                    counts += usize::from(counted);
                }
                times.push((whole, counts > length / PIECE * 9 / 10));
            } else {
                times.push(gate.sample(true, &mut || (0..calls).for_each(|_| (contender.run)(&xs, &ys, &mut out))));
            }
        }
    }
    let per_element =
        |time: Duration| time.as_secs_f64() * 1e9 / (length * if length > PIECE { 1 } else { calls }) as f64;
    let figures = contenders
        .into_iter()
        .zip(times)
        .map(|(contender, times)| {
            let counted: Vec<_> = times.iter().filter(|(_, counts)| *counts).map(|(time, _)| *time).collect();
            let mut counted = if counted.is_empty() { times.iter().map(|(time, _)| *time).collect() } else { counted };
            counted.sort_unstable();
            (contender.run)(&xs, &ys, &mut out);
            let error = errors(function.name, &xs, &ys, &out).into_iter().fold(0.0, f64::max);
            Figures {
                name: contender.name,
                level: contender.level,
                min: per_element(counted[0]),
                median: per_element(counted[counted.len() / 2]),
                error,
            }
        })
        .collect();
    let element = size_of::<T>();
    let loops = function.loops[usize::from(element == 8)];
    let operations =
        levels().filter_map(|level| Some((level, operations::per_vector(loops, level, element)?))).collect();
    let title = format!("{} {}", function.name, T::NAME);
    Comparison { title, ulp: function.ulp, figures, operations, element }
}

/// The contenders at one level in the order in which they come, ours first.
fn contenders(all: &[&Comparison], level: Level) -> Vec<String> {
    let mut names = vec![OURS.to_owned()];
    for figures in all.iter().flat_map(|comparison| &comparison.figures).filter(|figures| figures.level == level) {
        if !names.contains(&figures.name) {
            names.push(figures.name.clone());
        }
    }
    names
}

impl Comparison {
    fn find(&self, contender: &str, level: Level) -> Option<&Figures> {
        self.figures.iter().find(|figures| figures.level == level && figures.name == contender)
    }
}

/// The contenders at one level side by side, and the geometric means of their ratios to ours.
fn table(all: &[&Comparison], level: Level, clock: f64) -> Table {
    let columns = contenders(all, level);
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN);
    let operations = ["operations".to_owned(), "at least ns".to_owned()];
    table.set_header(std::iter::once("function".to_owned()).chain(operations).chain(columns.iter().cloned()));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let mut logs = vec![(0.0, 0); columns.len()];
    for comparison in all {
        let Some(ours) = comparison.find(OURS, level) else { continue };
        let mut row = vec![comparison.title.clone()];
        let bytes = if level == Level::Avx512 { 64 } else { 32 };
        match comparison.operations.iter().find(|(at, _)| *at == level) {
            Some((_, count)) => {
                let floor = count / 2.0 / clock / (bytes / comparison.element) as f64;
                row.extend([format!("{count:.1}"), format!("{floor:.3}")]);
            }
            None => row.extend([String::new(), String::new()]),
        }
        for (column, (sum, count)) in columns.iter().zip(&mut logs) {
            row.push(comparison.find(column, level).map_or_else(String::new, |figures| {
                let ratio = figures.min / ours.min;
                *sum += ratio.ln();
                *count += 1;
                format!("{:.3} ({:.3}); {ratio:.2} ×; {:.2}", figures.min, figures.median, figures.error)
            }));
        }
        table.add_row(row);
    }
    let mean = |(sum, count): &(f64, i32)| {
        if *count == 0 { String::new() } else { format!("{:.2} × of {count}", (sum / f64::from(*count)).exp()) }
    };
    let first = ["geometric mean".to_owned(), String::new(), String::new()];
    table.add_row(first.into_iter().chain(logs.iter().map(mean)));
    table
}

/// The functions, and each library's ratios to ours.
fn series(all: &[&Comparison], level: Level) -> (Vec<String>, Vec<Series>) {
    let titles = all.iter().map(|comparison| comparison.title.clone()).collect();
    let of = |name: &String| {
        let ratio =
            |comparison: &&Comparison| Some(comparison.find(name, level)?.min / comparison.find(OURS, level)?.min);
        let points = all.iter().enumerate().filter_map(|(row, comparison)| Some((row, ratio(comparison)?))).collect();
        Series { name: name.clone(), points }
    };
    (titles, contenders(all, level)[1..].iter().map(of).collect())
}
