//! How many times faster generalized universal functions are than their scalar twins called in a loop: one process on one core, both in
//! turn; and what a call of one item costs. Samples count as in `ratios`.

mod gate;
#[path = "gufunc_workloads/mod.rs"]
mod workloads;

use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};
use gate::Gate;

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
    let pinned = if gate::pin() { "pinned" } else { "not pinned: `taskset -c 1` does it" };
    let mut gate = Gate::new();
    let mut functions = table(&["function", "twin in a loop, ns an item", "one call, ns an item", "×"]);
    for mut workload in workloads::all() {
        workload.check();
        let (twin, lanes) = workload.measure(&mut gate);
        let ratio = format!("{:.1}", twin / lanes);
        functions.add_row([workload.name().to_owned(), format!("{twin:.2}"), format!("{lanes:.2}"), ratio]);
    }
    let mut calls = table(&["one item", "ns a call"]);
    for (name, mut run) in workloads::calls() {
        let mut many = || (0..CALLS).for_each(|_| run());
        let times = (0..SAMPLES).map(|_| gate.sample(true, &mut many).0.as_secs_f64() * 1e9 / f64::from(CALLS));
        let shortest = times.fold(f64::INFINITY, f64::min);
        calls.add_row([name.to_owned(), format!("{shortest:.0}")]);
    }
    let clock = gate.clock();
    println!("one core, {pinned}; {clock:.2} GHz\n\n{functions}\n\n{calls}");
}
