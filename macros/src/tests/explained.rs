//! What is said of functions.

use super::lanes;
use crate::attr::Fast;
use crate::diagnostics::Problems;
use crate::explain::Line;
use crate::{attr, expand, parse};

fn indented(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| format!("{}{}", "  ".repeat(line.depth), line.text)).collect()
}

fn of_scalars(item: &str) -> Vec<String> {
    indented(&lanes(item).explanation)
}

fn of_arrays(item: &str, fast: Fast) -> Vec<String> {
    let item: syn::ItemFn = syn::parse_str(item).expect("a function");
    let mut problems = Problems::new();
    let mut options = attr::options(proc_macro2::TokenStream::new(), "jit", true, &mut problems);
    options.fast = fast;
    let function = parse::array_function(&item, &mut problems);
    let lanes = expand::array_lanes(&function, &options, &mut problems);
    assert_eq!(problems.into_messages(), Vec::<String>::new());
    indented(&lanes.expect("it has lane code").explanation)
}

#[test]
fn registers_are_those_of_the_types_that_vary() {
    let lines = of_scalars("fn k(x: f32, n: i16, #[uniform] table: &[u64]) -> f32 { x + table[0] as f32 + n as f32 }");
    assert_eq!(lines, ["each element is a lane; a value of `f32`, `i16` takes 1 register"]);
    let lines = of_scalars("fn k(x: f32, y: f64) -> bool { x as f64 > y }");
    assert_eq!(lines, ["each element is a lane; a value of `f32` takes 1 register, of `f64` 2"]);
    let lines = of_scalars("fn k(x: bool, y: bool) -> bool { x && y }");
    assert_eq!(lines, ["each element is a lane"]);
}

#[test]
fn branches_and_loops_are_told_where_they_are() {
    let lines = of_scalars(
        "fn k(x: f64) -> f64 {
            let mut y = x;
            while y > 1.0 {
                y = if y > 10.0 { y.sin().abs() } else { y * 0.5 };
            }
            y
        }",
    );
    assert_eq!(
        lines,
        [
            "each element is a lane; a value of `f64` takes 2 registers",
            "a divergent loop: lanes leave at their own turn, 1 values are kept for them",
            "  a branch of lanes: one arm is skipped where no lane is on, the other selected",
        ]
    );
}

#[test]
fn divisions_by_what_is_the_same_are_told() {
    let divided = "a division by the same value in all lanes: where the last bit does not matter, `fastmath(arcp)` multiplies by \
                   its reciprocal";
    let scaled = "fn scale(x: &mut [f64], by: f64) { for i in 0..x.len() { x[i] /= by; } }";
    assert!(of_arrays(scaled, Fast::default()).iter().any(|line| line.trim_start() == divided));
    let fast = Fast { arcp: true, ..Fast::default() };
    assert!(!of_arrays(scaled, fast).iter().any(|line| line.trim_start() == divided));
    for nothing in [
        "fn k(x: f64) -> f64 { x / 4.0 }",
        "fn k(x: f64) -> f64 { 4.0 / x }",
        "fn k(x: i64, #[uniform] by: i64) -> i64 { x / by }",
    ] {
        assert_eq!(of_scalars(nothing).len(), 1, "{nothing}");
    }
    assert_eq!(of_scalars("fn k(x: f64) -> f64 { x / 3.0 }")[1], divided);
}

#[test]
fn lanes_across_rows_are_told() {
    let down = "fn down(a: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
        for j in 0..a.ncols() {
            for i in 0..a.nrows() {
                out[[i, j]] = a[[i, j]] + 1.0;
            }
        }
    }";
    let exchange = "as in C order: exchange the loops, so that the innermost one counts the last axis";
    let lines = of_arrays(down, Fast::default());
    assert_eq!(lines.iter().filter(|line| line.ends_with(exchange)).count(), 2, "{lines:#?}");
    let along = down.replace("[[i, j]]", "[[j, i]]");
    let lines = of_arrays(&along, Fast::default());
    assert_eq!(lines.iter().filter(|line| line.ends_with(exchange)).count(), 0, "{lines:#?}");
}
