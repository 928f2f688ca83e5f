//! How many times faster generalized universal functions are than their scalar twins called in a loop, over indices and by ndarray's
//! `Zip`: one process on one core, all in turn; all items at once beside a copy of as many bytes, and on two threads; and what a call of
//! one item costs. Samples count as in `ratios`.

mod gate;
#[path = "gufunc_workloads/mod.rs"]
mod workloads;

use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};
use gate::Gate;
use workloads::{Pieces, Whole};

/// Calls in a sample, and samples.
const CALLS: u32 = 500;
const SAMPLES: usize = 300;

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
    // Threads stay where the one that makes them may run.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
    let pinned = if gate::pin() { "pinned" } else { "not pinned: `taskset -c 1` does it" };
    let mut gate = Gate::new();
    let mut pieces =
        table(&["ns an item, in the second-level cache", "twin, by index", "twin, by `Zip`", "one call", "×", "×"]);
    let mut whole =
        table(&["ns an item, all at once", "items", "twin, by `Zip`", "one call", "two threads", "×", "a copy"]);
    for mut workload in workloads::all() {
        workload.check();
        let Pieces { twin, zipped, lanes } = workload.pieces(&mut gate);
        let ratios = [twin / lanes, zipped / lanes].map(|ratio| format!("{ratio:.1}"));
        let times = [twin, zipped, lanes].map(|time| format!("{time:.2}"));
        pieces.add_row([workload.name().to_owned()].into_iter().chain(times).chain(ratios));
        let Whole { zipped, lanes, parallel, copy } = workload.whole(&mut gate, &pool);
        let [zipped, one, two, copied] = [zipped, lanes, parallel, copy].map(|time| format!("{time:.2}"));
        let (name, items, ratio) = (workload.name().to_owned(), workload.items().to_string(), lanes / parallel);
        whole.add_row([name, items, zipped, one, two, format!("{ratio:.2}"), copied]);
    }
    let mut calls = table(&["one item", "ns a call"]);
    for (name, mut run) in workloads::calls() {
        let mut many = || (0..CALLS).for_each(|_| run());
        let times = (0..SAMPLES).map(|_| gate.sample(true, &mut many).0.as_secs_f64() * 1e9 / f64::from(CALLS));
        let shortest = times.fold(f64::INFINITY, f64::min);
        calls.add_row([name.to_owned(), format!("{shortest:.0}")]);
    }
    let clock = gate.clock();
    println!("one core, {pinned}; {clock:.2} GHz\n\n{pieces}\n\n{whole}\n\n{calls}");
}
