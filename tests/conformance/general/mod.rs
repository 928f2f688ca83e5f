//! Generalized universal functions: broadcasting, `axes`, `axis`, `keepdims` and errors, of functions in both ways of the lanes.

mod case;
mod functions;

use case::{Case, cases};
use ndarray::{ArrayD, Dimension, IxDyn};
use ufunc::{Error, Level};

use crate::reductions::operand::laid;

/// How many cases there must be, and of each function.
const CASES: usize = 400;
const OF_EACH: usize = 10;

/// How far results may be from NumPy's, relative to the largest: inverses and determinants eliminate in another order.
const BOUND: f64 = 1e-10;

/// A call with the case's options, evaluated, or into memory that is there.
macro_rules! call {
    ($case:expr, $level:expr, $parallel:expr, $out:expr, $function:ident($($operand:expr),*)) => {{
        let case = $case;
        let axes: Option<Vec<&[isize]>> = case.axes.as_ref().map(|axes| axes.iter().map(Vec::as_slice).collect());
        let call = functions::$function::with($($operand),*).level($level).parallel($parallel).min_len(1);
        let call = match &axes {
            Some(axes) => call.axes(axes),
            None => call,
        };
        let call = match case.axis {
            Some(axis) => call.axis(axis),
            None => call,
        };
        match ($out, case.keepdims) {
            (None, false) => call.try_eval(),
            (None, true) => call.keepdims().try_eval(),
            (Some(out), keepdims) => {
                let out: ArrayD<f64> = out;
                let mut out = laid(&out, "strided");
                let done = if keepdims {
                    call.keepdims().try_into(out.view_mut())
                } else {
                    call.try_into(out.view_mut())
                };
                done.map(|()| out.view().to_owned())
            }
        }
    }};
}

fn run(case: &Case, level: Level, parallel: bool, out: Option<ArrayD<f64>>) -> Result<ArrayD<f64>, Error> {
    let quarters = |position: usize| case.operand(position, "quarters");
    macro_rules! one {
        ($function:ident) => {{
            let a = quarters(0);
            call!(case, level, parallel, out, $function(a.view()))
        }};
    }
    macro_rules! matrix {
        ($function:ident) => {{
            let a = case.operand(0, "matrix");
            call!(case, level, parallel, out, $function(a.view()))
        }};
    }
    macro_rules! system {
        ($function:ident) => {{
            let (a, b) = (case.operand(0, "matrix"), quarters(1));
            call!(case, level, parallel, out, $function(a.view(), b.view()))
        }};
    }
    macro_rules! two {
        ($function:ident) => {{
            let (a, b) = (quarters(0), quarters(1));
            call!(case, level, parallel, out, $function(a.view(), b.view()))
        }};
    }
    match case.function.as_str() {
        "matmul" => two!(matmul),
        "vecdot" => two!(vecdot),
        "inner1d" => two!(inner1d),
        "cross" => two!(cross),
        "outer" => two!(outer),
        "convolve" => two!(convolve),
        "euclidean_pdist" => one!(euclidean_pdist),
        "nanmean" => {
            let a = case.operand(0, "nan");
            call!(case, level, parallel, out, nanmean(a.view()))
        }
        "moving_mean" => {
            let (a, width) = (quarters(0), case.operand(1, "width"));
            let width = laid(&width.view().mapv(|width| width as i64), "f");
            call!(case, level, parallel, out, moving_mean(a.view(), width.view()))
        }
        "cumsum" => one!(cumsum),
        "softmax" => one!(softmax),
        "det2" => matrix!(det2),
        "det3" => matrix!(det3),
        "det4" => matrix!(det4),
        "inv2" => matrix!(inv2),
        "inv3" => matrix!(inv3),
        "inv4" => matrix!(inv4),
        "solve2" => system!(solve2),
        "solve3" => system!(solve3),
        "solve4" => system!(solve4),
        other => panic!("no function `{other}`"),
    }
}

/// Compares with NumPy's result; says what is wrong.
fn compare(found: &ArrayD<f64>, expected: &ArrayD<f64>) -> Result<(), String> {
    if found.shape() != expected.shape() {
        return Err(format!("the shape is {:?} instead of {:?}", found.shape(), expected.shape()));
    }
    let largest = expected.iter().filter(|x| x.is_finite()).fold(1.0_f64, |largest, x| largest.max(x.abs()));
    for ((index, expected), found) in expected.indexed_iter().zip(found) {
        let near =
            (found - expected).abs() <= BOUND * largest || found == expected || found.is_nan() && expected.is_nan();
        if !near {
            return Err(format!("{found} instead of {expected} at {:?}", index.slice()));
        }
    }
    Ok(())
}

fn outcome(case: &Case) -> Result<(), String> {
    let mut first: Option<ArrayD<f64>> = None;
    for level in Level::ALL.into_iter().filter(|level| level.is_available()) {
        let found = run(case, level, false, None);
        match (&case.result, found) {
            (Ok(expected), Ok(found)) => {
                compare(&found, expected).map_err(|what| format!("{level}: {what}"))?;
                let prefilled = ArrayD::from_elem(IxDyn(expected.shape()), 7.0);
                for parallel in [false, true] {
                    let again =
                        run(case, level, parallel, Some(prefilled.clone())).map_err(|error| error.to_string())?;
                    let same = again.iter().zip(&found).all(|(a, b)| a.to_bits() == b.to_bits());
                    if !same {
                        return Err(format!(
                            "{level}: {again} in existing memory, parallel: {parallel}; {found} in new"
                        ));
                    }
                }
                first.get_or_insert(found);
            }
            (Ok(_), Err(error)) => return Err(format!("an error: {error}")),
            (Err(_), Ok(found)) => return Err(format!("no error, but {found}")),
            (Err(named), Err(error)) => {
                if let Some(named) = named {
                    let (name, length) = (format!("`{named}`"), format!("is always {named}"));
                    let text = error.to_string();
                    if !text.contains(&name) && !text.contains(&length) {
                        return Err(format!("the error does not name `{named}`: {text}"));
                    }
                }
            }
        }
    }
    Ok(())
}

#[test]
fn every_case_gives_what_numpy_gives() {
    let cases = cases();
    assert!(cases.len() >= CASES, "{} cases", cases.len());
    let failures: Vec<String> =
        cases.iter().filter_map(|case| outcome(case).err().map(|what| format!("\n  {case}: {what}"))).collect();
    let shown: String = failures.iter().take(40).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} failures, the first:{shown}", failures.len());
    for function in ["matmul", "cross", "outer", "convolve", "nanmean", "softmax", "det3", "inv4", "solve4"] {
        let count = cases.iter().filter(|case| case.function == function).count();
        assert!(count >= OF_EACH, "{count} cases of `{function}`");
    }
}

#[test]
fn both_ways_are_tried() {
    assert_eq!([functions::cross::LANES, functions::nanmean::LANES, functions::cumsum::LANES], ["batch"; 3]);
    assert_eq!([functions::inner1d::LANES, functions::softmax::LANES], ["core"; 2]);
    assert_eq!(functions::outer::LANES, "core or batch");
}

#[test]
fn elimination_finds_determinants() {
    let a = ndarray::Array3::from_shape_fn((50, 3, 3), |(i, j, k)| ((i * 7 + j * 5 + k * k * 3) % 11) as f64 - 5.0);
    let (by_rule, eliminated) = (functions::det3(&a), functions::elimination3(&a));
    for ((a, by_rule), eliminated) in a.outer_iter().zip(&by_rule).zip(&eliminated) {
        // A column of zeros has no pivot.
        assert!(
            (by_rule - eliminated).abs() < 1e-9 || eliminated.is_nan() && *by_rule == 0.0,
            "{a}: {by_rule}, {eliminated}"
        );
    }
    let a = a.slice(ndarray::s![.., ..2, ..2]);
    for (by_rule, eliminated) in functions::det2(a).iter().zip(&functions::elimination2(a)) {
        assert!((by_rule - eliminated).abs() < 1e-9 || eliminated.is_nan() && *by_rule == 0.0);
    }
}
