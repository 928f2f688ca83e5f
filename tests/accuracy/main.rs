//! How far results are from the exact ones, in units of the last place, and that the documentation says so.
//!
//! The short run is part of the tests. The long one, over all `f32` arguments and 10^8 others a function, makes
//! `table.csv` anew:
//!
//! ```text
//! cargo test --release --test accuracy -- --ignored --nocapture make_the_table
//! ```
//!
//! What judges is the C library in more precise arithmetic; `rounded` holds it, and the results, to CORE-MATH.
#![cfg(all(target_arch = "x86_64", target_os = "linux"))]

mod arguments;
mod documentation;
#[allow(dead_code, reason = "the comparison with other libraries uses the rest")]
mod functions;
mod reference;
mod rounded;
mod table;

use arguments::Arguments;
use functions::Function;
use reference::{Format, errors};
use table::Row;
use ufunc::Level;

/// The largest error found, and where.
#[derive(Clone, Copy, Debug, Default)]
struct Worst {
    error: f64,
    at: (f64, f64),
}

impl Worst {
    fn look_at<T: Runs>(&mut self, function: &Function, level: Level, xs: &[T], ys: &[T]) {
        let mut results = vec![T::default(); xs.len()];
        T::run(function, level, xs, ys, &mut results);
        for (i, error) in errors(function.name, xs, ys, &results).into_iter().enumerate() {
            self.meet(error, xs[i].into(), ys[i].into());
        }
    }

    fn meet(&mut self, error: f64, x: f64, y: f64) {
        if error > self.error || error.is_nan() {
            *self = Self { error, at: (x, y) };
        }
    }

    fn or(self, other: Self) -> Self {
        if other.error > self.error { other } else { self }
    }
}

/// A format whose kernels can be run.
trait Runs: Format {
    fn run(function: &Function, level: Level, xs: &[Self], ys: &[Self], results: &mut [Self]);
}

impl Runs for f32 {
    fn run(function: &Function, level: Level, xs: &[f32], ys: &[f32], results: &mut [f32]) {
        (function.f32)(level, xs, ys, results);
    }
}

impl Runs for f64 {
    fn run(function: &Function, level: Level, xs: &[f64], ys: &[f64], results: &mut [f64]) {
        (function.f64)(level, xs, ys, results);
    }
}

/// Looks at so many blocks of arguments.
fn search<T: Runs>(function: &Function, level: Level, blocks: usize, seed: u64) -> Worst {
    let mut arguments = Arguments::<T>::of(function, seed);
    let mut worst = Worst::default();
    for _ in 0..blocks {
        let (xs, ys) = arguments.next();
        worst.look_at(function, level, &xs, &ys);
    }
    worst
}

/// Every `f32` that falls to a thread, in blocks.
fn every_f32(thread: u64) -> impl Iterator<Item = Vec<f32>> {
    const CHUNK: usize = 1 << 16;
    let starts = (0..1u64 << 32).step_by(CHUNK).skip(thread as usize).step_by(threads());
    starts.map(|start| (start..start + CHUNK as u64).map(|bits| f32::from_bits(bits as u32)).collect())
}

/// Looks at every argument of a function of one that falls to this thread.
fn every_single(function: &Function, level: Level, thread: u64) -> Worst {
    let mut worst = Worst::default();
    for xs in every_f32(thread) {
        worst.look_at(function, level, &xs, &vec![0.0; xs.len()]);
    }
    worst
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What a search finds on each thread, which it is told the number of.
fn on_all_threads<R: Send>(search: impl Fn(u64) -> R + Sync) -> Vec<R> {
    std::thread::scope(|scope| {
        let search = &search;
        let handles: Vec<_> = (0..threads() as u64).map(|thread| scope.spawn(move || search(thread))).collect();
        handles.into_iter().map(|handle| handle.join().expect("a search ends")).collect()
    })
}

/// The worst that it finds.
fn worst_on_all_threads(search: impl Fn(u64) -> Worst + Sync) -> Worst {
    on_all_threads(search).into_iter().fold(Worst::default(), Worst::or)
}

/// Whether a long run looks at a function: the variable `UFUNC_ACCURACY` names some, or it looks at all.
fn wanted(function: &&Function) -> bool {
    let named = std::env::var("UFUNC_ACCURACY").unwrap_or_default();
    named.is_empty() || named.split(',').any(|name| name == function.title())
}

/// How many million arguments a long run looks at.
fn millions() -> usize {
    std::env::var("UFUNC_MILLIONS").map_or(100, |n| n.parse().expect("a number of millions"))
}

/// The best level, but one that all with FMA agree with.
fn best_with_fma() -> Level {
    if Level::best().has_fma() { Level::best() } else { Level::Scalar }
}

/// A level without fused multiply-add.
const WITHOUT_FMA: Level = Level::Sse2;

/// What the table may be too low for arguments that the long run did not meet.
const SLACK: f64 = 0.02;

#[test]
fn errors_are_those_of_the_table() {
    let table = table::read();
    for function in functions::all() {
        let title = function.title();
        let row = table.get(&title).unwrap_or_else(|| panic!("the table has no {title}"));
        let with = best_with_fma();
        let check = |format, level: Level, allowed: f64, worst: Worst| {
            assert!(
                worst.error <= allowed,
                "{title} {format} on {level:?}: {:.3} ulp for {:?}, the table says {allowed}",
                worst.error,
                worst.at,
            );
        };
        check("f32", with, row.f32 + SLACK, search::<f32>(&function, with, 16, 1));
        check("f64", with, row.f64 + SLACK, search::<f64>(&function, with, 16, 2));
        check("f32", WITHOUT_FMA, row.f32_without_fma + SLACK, search::<f32>(&function, WITHOUT_FMA, 8, 3));
        check("f64", WITHOUT_FMA, row.f64_without_fma + SLACK, search::<f64>(&function, WITHOUT_FMA, 8, 4));
    }
}

#[test]
fn the_table_is_within_the_bound() {
    let table = table::read();
    for function in functions::all() {
        let (title, bound) = (function.title(), f64::from(function.ulp));
        let row = table.get(&title).unwrap_or_else(|| panic!("the table has no {title}"));
        for error in [row.f32, row.f64, row.f32_without_fma, row.f64_without_fma] {
            assert!(error <= bound, "{title}: {error}");
        }
    }
    assert_eq!(table.len(), functions::all().count(), "the table has no other rows");
}

#[test]
fn the_documentation_says_what_the_table_says() {
    let documented = documentation::errors();
    for (name, row) in table::read() {
        let (f32, f64) = *documented.get(&name).unwrap_or_else(|| panic!("no error is documented for `{name}`"));
        for (format, said, measured) in [("f32", f32, row.f32), ("f64", f64, row.f64)] {
            assert!(
                said >= measured && said <= measured + SLACK,
                "`{name}` in {format}: the documentation says {said} ulp, the table {measured}"
            );
        }
    }
}

/// The functions that are named in the variable `UFUNC_ACCURACY`, or all; so many million arguments as `UFUNC_MILLIONS` says.
#[test]
#[ignore = "hours: every f32, and 10^8 other arguments a function"]
#[allow(clippy::print_stdout, reason = "the progress of a long run")]
fn make_the_table() {
    let blocks = millions() * 1_000_000 / arguments::BLOCK / threads();
    for function in functions::all() {
        if !wanted(&&function) {
            continue;
        }
        let best = Level::best();
        let single = if function.arity == 1 && millions() >= 100 {
            worst_on_all_threads(|thread| every_single(&function, best, thread))
        } else {
            worst_on_all_threads(|seed| search::<f32>(&function, best, blocks, seed))
        };
        let double = worst_on_all_threads(|seed| search::<f64>(&function, best, blocks, seed));
        let f32 = worst_on_all_threads(|seed| search::<f32>(&function, WITHOUT_FMA, blocks / 4, seed));
        let f64 = worst_on_all_threads(|seed| search::<f64>(&function, WITHOUT_FMA, blocks / 4, seed));
        let title = function.title();
        println!("{title}: f32 {single:?}, f64 {double:?}; without FMA f32 {f32:?}, f64 {f64:?}");
        let up = |x: f64| (x * 1000.0).ceil() / 1000.0;
        let row = Row {
            f32: up(single.error),
            f64: up(double.error),
            f32_without_fma: up(f32.error),
            f64_without_fma: up(f64.error),
        };
        let mut rows = table::read();
        rows.insert(title, row);
        table::write(&rows);
    }
}
