//! The comparison: arguments, samples, and the table.

use std::fmt::Write as _;
use std::time::Duration;

use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};
use ufunc::Level;

use crate::functions::{self, Function};
use crate::gate::{self, Gate};
use crate::libraries::{Format, Libraries, Peer};
use crate::names::{self, Names};
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
    let mut csv = String::from("function,type,length,contender,level,min ns,median ns,largest error ulp\n");
    let mut all = Vec::new();
    for names in names::ALL {
        let function =
            functions::all().find(|function| function.name == names.ours).expect("a function that is tested");
        if wanted.is_empty() || wanted.iter().any(|name| name == names.ours) {
            for (n, length) in LENGTHS.into_iter().enumerate() {
                let double = compare::<f64>(function, names, &libraries, length, &mut gate);
                let single = compare::<f32>(function, names, &libraries, length, &mut gate);
                for (format, figures) in [("f64", double), ("f32", single)] {
                    for Figures { name, level, min, median, error } in &figures {
                        let (function, level) = (names.ours, level.name());
                        writeln!(csv, "{function},{format},{length},{name},{level},{min:.4},{median:.4},{error:.3}")
                            .expect("a string takes it");
                    }
                    if n == 1 {
                        all.push((format!("{} {format}", names.ours), figures));
                    }
                }
            }
        }
    }
    for level in [Level::Avx512, Level::Avx2].into_iter().filter(|level| level.is_available()) {
        println!(
            "\n{}, {} elements: ns an element; × ours; largest error in ulp\n\n{}",
            level.name(),
            LENGTHS[1],
            table(&all, level)
        );
    }
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers.csv");
    std::fs::write(&path, csv).expect("the figures can be written");
    println!("\nall figures: {}", path.display());
}

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
) -> Vec<Figures> {
    let mut random = fastrand::Rng::with_seed(1);
    let mut values = |(low, high): (f64, f64)| -> Vec<T> {
        (0..length).map(|_| T::rounded(low + (high - low) * random.f64())).collect()
    };
    let (xs, ys) = (values(names.ranges[0]), values(names.ranges[1]));
    let ours = T::ours(function);
    let levels = [Level::Avx512, Level::Avx2].into_iter().filter(|level| level.is_available());
    let mut contenders: Vec<Peer<T>> = levels
        .map(|level| Peer { name: "ours".into(), level, run: Box::new(move |xs, ys, out| ours(level, xs, ys, out)) })
        .collect();
    contenders.extend(libraries.peers::<T>(names, function.arity));
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
    contenders
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
        .collect()
}

/// The contenders at one level side by side, and the geometric means of their ratios to ours.
fn table(all: &[(String, Vec<Figures>)], level: Level) -> Table {
    let mut columns = vec!["ours".to_owned()];
    for (_, figures) in all {
        for figures in figures.iter().filter(|figures| figures.level == level) {
            if !columns.contains(&figures.name) {
                columns.push(figures.name.clone());
            }
        }
    }
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN);
    table.set_header(std::iter::once("function".to_owned()).chain(columns.iter().cloned()));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let mut logs = vec![(0.0, 0); columns.len()];
    for (name, figures) in all {
        let find = |column: &String| figures.iter().find(|figures| figures.level == level && figures.name == *column);
        let Some(ours) = find(&columns[0]) else { continue };
        let mut row = vec![name.clone()];
        for (column, (sum, count)) in columns.iter().zip(&mut logs) {
            row.push(find(column).map_or_else(String::new, |figures| {
                let ratio = figures.min / ours.min;
                *sum += ratio.ln();
                *count += 1;
                format!("{:.3}; {ratio:.2} ×; {:.2}", figures.min, figures.error)
            }));
        }
        table.add_row(row);
    }
    let mean = |(sum, count): &(f64, i32)| {
        if *count == 0 { String::new() } else { format!("{:.2} × of {count}", (sum / f64::from(*count)).exp()) }
    };
    table.add_row(std::iter::once("geometric mean".to_owned()).chain(logs.iter().map(mean)));
    table
}
