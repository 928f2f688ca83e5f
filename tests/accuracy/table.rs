//! `table.csv`: the largest errors found by the long run.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

/// A function's row: largest errors in units of the last place, with fused multiply-add and without.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) f32: f64,
    pub(crate) f64: f64,
    pub(crate) f32_without_fma: f64,
    pub(crate) f64_without_fma: f64,
}

const HEADER: &str = "function,f32,f64,f32 without fma,f64 without fma";

fn path() -> PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/accuracy/table.csv").into()
}

/// The rows by function.
pub(crate) fn read() -> BTreeMap<String, Row> {
    let text = std::fs::read_to_string(path()).expect("the table is there");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(HEADER));
    lines
        .map(|line| {
            let mut cells = line.split(',');
            let name = cells.next().expect("a line has a name").to_owned();
            let mut number = || cells.next().and_then(|cell| cell.parse().ok()).expect("a line has four numbers");
            let row = Row { f32: number(), f64: number(), f32_without_fma: number(), f64_without_fma: number() };
            (name, row)
        })
        .collect()
}

/// Writes all rows.
pub(crate) fn write(rows: &BTreeMap<String, Row>) {
    let mut text = format!("{HEADER}\n");
    for (name, row) in rows {
        let Row { f32, f64, f32_without_fma, f64_without_fma } = row;
        writeln!(text, "{name},{f32:.3},{f64:.3},{f32_without_fma:.3},{f64_without_fma:.3}")
            .expect("a string takes it");
    }
    std::fs::write(path(), text).expect("the table can be written");
}
