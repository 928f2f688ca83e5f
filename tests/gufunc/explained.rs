//! What `explain` says of functions of cores.

use ndarray::{ArrayView2, ArrayViewMut2};
use ufunc::Explanation;
use ufunc::prelude::*;

/// The lines, each with its number counted from that of the attribute.
fn told(explanation: Explanation) -> Vec<String> {
    let first = explanation.lines()[0].line;
    let indented = |line: &ufunc::Line| format!("{} {}{}", line.line - first, "  ".repeat(line.depth), line.text);
    explanation.lines().iter().map(indented).collect()
}

#[guvectorize("(n),()->(n)")]
fn clipped(x: &[f64], top: f64, out: &mut [f64]) {
    for i in 0..x.len() {
        let mut value = x[i];
        if value > top {
            value = top;
        }
        out[i] = value;
    }
}

#[test]
fn both_ways_are_told() {
    let lines = told(clipped::explain());
    let expected = [
        "0 `(n),()->(n)`: where `n` is at most 16 in a call of small cores, each lane has a core of its own; else the loops over one \
         core are lanes",
        "0 in one core:",
        "2   turns are lanes; a value of `f64` takes 2 registers",
        "2     `out`: read or written with stride 1, checked once before the loop; gathered where its stride differs",
        "2     `x`: read with stride 1, checked once before the loop; gathered where its stride differs",
        "4     a branch of lanes: selected",
        "0 across the batch:",
        "0   each core is a lane; a value of `f64` takes 2 registers",
        "2   a loop that all lanes count together",
        "4     a branch of lanes: selected",
    ];
    assert_eq!(lines, expected);
    ufunc::assert_vectorized!(clipped);
}

#[guvectorize("(n)->(n)")]
fn running_sum(x: &[f64], out: &mut [f64]) {
    let mut total = 0.0;
    for i in 0..x.len() {
        total += x[i];
        out[i] = total;
    }
}

#[test]
fn what_is_carried_is_told() {
    let lines = told(running_sum::explain());
    assert_eq!(
        lines[0],
        "0 `(n)->(n)`: each lane has a core of its own, as the loops over one core cannot all be lanes"
    );
    assert!(
        lines[1].starts_with("3   in one core: `total` is carried from one turn of this loop to the next"),
        "{lines:#?}"
    );
    assert_eq!(
        lines[2..],
        ["0 each core is a lane; a value of `f64` takes 2 registers", "3 a loop that all lanes count together"]
    );
    ufunc::assert_vectorized!(running_sum);
}

#[guvectorize("(m,m)->(m)")]
fn diagonal(a: ArrayView2<f64>, out: &mut [f64]) {
    out[0] = a[[0, 0]];
    if a[[1, 1]] > 0.0 {
        out[1] = a[[1, 1]].exp().ln_1p();
    }
}

#[test]
fn costs_and_rewrites_are_told() {
    let lines = told(diagonal::explain());
    let expected = [
        "0 `(m,m)->(m)`: each lane has a core of its own, as there is no loop over one core",
        "0 `out` is not seen to be written in full before it is read: what it held is brought to the lanes first, zeros in a new result",
        "0 `m` is only indexed by constants, below 2: with `2` in its place in the signature, indices are checked before the program \
         runs, and no core of another length gets this far",
        "0 each core is a lane; a value of `f64` takes 2 registers; several gangs in flight where registers allow, as math functions \
         follow each other",
        "3 a branch of lanes: skipped where no lane is on",
    ];
    assert_eq!(lines.len(), expected.len(), "{lines:#?}");
    for (line, expected) in lines.iter().zip(expected) {
        let (_, text) = line.split_once(' ').unwrap();
        assert_eq!(text.trim_start(), expected.split_once(' ').unwrap().1);
    }
}

#[guvectorize("(2,2)->(2,2)", lanes = "batch")]
fn transposed(a: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    for i in 0..2 {
        for j in 0..2 {
            out[[j, i]] = a[[i, j]];
        }
    }
}

#[guvectorize("(n)->()", lanes = "core", reassoc)]
fn sum(x: &[f64], out: &mut f64) {
    let mut total = 0.0;
    for &value in x {
        total += value;
    }
    *out = total;
}

#[guvectorize("(n)->(n)", lanes = "core")]
fn doubled_sums(x: &[f64], out: &mut [f64]) {
    let mut total = 0.0;
    #[scalar]
    for i in 0..x.len() {
        total += x[i];
        out[i] = total;
    }
    for i in 0..x.len() {
        out[i] *= 2.0;
    }
}

#[test]
fn what_was_asked_for_is_told() {
    let lines = told(transposed::explain());
    assert_eq!(lines[0], "0 `(2,2)->(2,2)`: each lane has a core of its own, as `lanes = \"batch\"` says");
    let lines = told(sum::explain());
    assert_eq!(lines[0], "0 `(n)->()`: the loops over one core are lanes, as `lanes = \"core\"` says");
    assert_eq!(lines[3], "3   combined from 32 accumulators: `total` (sum in an order of its own)");
    assert!(sum::explain().is_vectorized());
    // A loop that is kept from lanes is one.
    assert!(!doubled_sums::explain().is_vectorized());
}

#[guvectorize("(n),(k)->(k)")]
fn looked_up(table: &[f64], index: &[u32], out: &mut [f64]) {
    for i in 0..index.len() {
        out[i] = table[index[i] as usize];
    }
}

#[test]
fn gathers_are_told() {
    let told = looked_up::explain().to_string();
    assert!(told.contains("`table[index[i] as usize]`: gathered or scattered, lane by lane"), "{told}");
    assert!(told.contains("`table` at an index of each lane's own: gathered or scattered, lane by lane"), "{told}");
}

#[jit(f32(f32), f64(f64))]
fn softened<T>(x: T) -> T {
    if x > 0.0 { x / (1.0 + x) } else { x }
}

#[vectorize(f32(f32), f64(f64))]
fn twice_softened<T>(x: T) -> T {
    2.0 * softened(x)
}

#[test]
fn every_type_is_told_of_kernels_and_device_functions() {
    let lines = told(twice_softened::explain());
    assert_eq!(
        lines,
        [
            "0 for `T` = `f32`:",
            "0   each element is a lane; a value of `f32` takes 1 register",
            "0 for `T` = `f64`:",
            "0   each element is a lane; a value of `f64` takes 2 registers",
        ]
    );
    let told = softened::explain().to_string();
    assert_eq!(told.matches("a branch of lanes").count(), 2, "{told}");
    ufunc::assert_vectorized!(softened);
}
