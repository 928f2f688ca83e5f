//! Elementwise calls of every function of `ops` that NumPy has, with every type, at every level of this machine.

mod column;
mod data;
mod functions;
mod layout;

use std::collections::BTreeSet;

use column::{Column, Tolerance};
use data::{Case, Data};
use functions::{ALIASES, FUNCTIONS, Function};
use ufunc::Level;

/// NumPy's ufuncs that are not in `ops`: its documentation says why.
const ABSENT: &[&str] = &["isnat", "matmul", "matvec", "vecdot", "vecmat"];

/// The second name that is a keyword of Rust.
const ABSENT_ALIASES: &[&str] = &["mod"];

/// NumPy's loops that are not in `ops`: its documentation says why.
fn is_absent(loop_: &str) -> bool {
    loop_.contains("i64,u64") || loop_.contains("u64,i64")
}

/// How far a function of floats may be from NumPy's value. What is not listed gives the same bits.
fn tolerance(op: &str, ty: &str) -> Tolerance {
    let ulp = match (op, ty) {
        // NumPy's is 1.5 ulp from the exact value of tanh(0.51).
        ("tanh", "f64") => 2,
        // Sums of functions of functions, in both.
        ("logaddexp" | "logaddexp2", _) => 2,
        ("exp" | "exp2" | "expm1" | "log" | "log2" | "log10" | "log1p" | "cbrt" | "hypot", _) => 1,
        ("sin" | "cos" | "tan" | "arcsin" | "arccos" | "arctan" | "arctan2", _) => 1,
        ("sinh" | "cosh" | "tanh" | "arcsinh" | "arccosh" | "arctanh", _) => 1,
        ("power" | "float_power" | "degrees" | "radians" | "deg2rad" | "rad2deg", _) => 1,
        _ => 0,
    };
    // NumPy gives one or the other of two zeros, depending on the layout.
    let any_zero = ["maximum", "minimum", "fmax", "fmin", "clip"].contains(&op);
    let cancels = ["logaddexp", "logaddexp2"].contains(&op);
    Tolerance { ulp, any_zero, cancels }
}

/// The types of a loop with the types of an index in place of those of 64 bits, if there are any.
fn with_index_types(types: &[String]) -> Option<Vec<String>> {
    let replaced = |name: &String| match name.as_str() {
        "i64" => "isize".to_owned(),
        "u64" => "usize".to_owned(),
        other => other.to_owned(),
    };
    let replaced: Vec<String> = types.iter().map(replaced).collect();
    (replaced != types).then_some(replaced)
}

fn find(op: &str, inputs: &[String]) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.op == op && function.inputs.iter().eq(inputs))
}

/// Calls a function as a case says, at a level; what is wrong with the results.
fn check(data: &Data, case: &Case, function: &Function, level: Level) -> Result<(), String> {
    let sets = case.sets.iter().zip(&case.inputs).map(|(set, ty)| data.set(ty, set));
    let operands: Vec<Column> = sets
        .zip(function.inputs)
        .enumerate()
        .map(|(k, (words, ty))| layout::arrange(&case.layout, k, &Column::parse(ty, words), case.inputs.len()))
        .collect();
    let results = (function.call)(&operands, level);
    let types: Vec<&str> = results.iter().map(Column::type_name).collect();
    let mut expected_types = case.outputs.clone();
    if function.inputs.iter().any(|ty| ty.ends_with("size")) {
        expected_types = with_index_types(&expected_types).unwrap_or(expected_types);
    }
    if types != expected_types {
        return Err(format!("gives {types:?} where NumPy gives {expected_types:?}"));
    }
    for (number, (result, words)) in results.iter().zip(&case.results).enumerate() {
        if result.shape() != case.shape {
            return Err(format!("has shape {:?} where NumPy has {:?}", result.shape(), case.shape));
        }
        let expected = Column::parse(types[number], words);
        if expected.len() != result.len() {
            return Err(format!("the case has {} values for shape {:?}", expected.len(), case.shape));
        }
        let largest = |index| operands.iter().map(|operand| operand.at(&case.shape, index).1).fold(0.0, f64::max);
        let tolerance = tolerance(&case.op, types[number]);
        if let Some((index, ours, numpy)) = result.difference(&expected, tolerance, largest) {
            let operands: Vec<String> = operands.iter().map(|operand| operand.at(&case.shape, index).0).collect();
            return Err(format!(
                "of ({}) gives {ours} where NumPy gives {numpy}, as result {number} at place {index} of {:?}",
                operands.join(", "),
                case.shape,
            ));
        }
    }
    Ok(())
}

fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}

#[test]
fn every_case_gives_what_numpy_gives() {
    let data = Data::read();
    let (mut failures, mut called) = (Vec::new(), BTreeSet::new());
    for case in &data.cases {
        let mut functions = vec![(case.inputs.clone(), true)];
        functions.extend(with_index_types(&case.inputs).map(|types| (types, false)));
        for (types, needed) in functions {
            let Some(function) = find(&case.op, &types) else {
                if needed {
                    failures.push(format!("{case}: `ops` is not known to have it for {types:?}"));
                }
                continue;
            };
            called.insert((function.op, function.inputs));
            for level in levels() {
                if let Err(what) = check(&data, case, function, level) {
                    failures.push(format!("{case} with {types:?} at {level:?}: {what}"));
                }
            }
        }
    }
    for function in FUNCTIONS.iter() {
        if !called.contains(&(function.op, function.inputs)) {
            failures.push(format!("no case calls `{}` with {:?}", function.op, function.inputs));
        }
    }
    assert!(data.cases.len() > 1000, "only {} cases", data.cases.len());
    let shown = failures.iter().take(40).map(|failure| format!("\n  {failure}")).collect::<String>();
    assert!(failures.is_empty(), "{} failures, the first:{shown}", failures.len());
}

#[test]
fn every_ufunc_and_loop_of_numpy_is_there() {
    let data = Data::read();
    let mut missing = Vec::new();
    for (name, loops) in &data.ufuncs {
        if ABSENT.contains(&name.as_str()) {
            continue;
        }
        for types in loops.iter().filter(|types| !is_absent(types)) {
            let inputs: Vec<String> =
                types.split("->").next().unwrap_or_default().split(',').map(str::to_owned).collect();
            let has_case = data.cases.iter().any(|case| case.op == *name && case.inputs == inputs);
            if find(name, &inputs).is_none() || !has_case {
                missing.push(format!("{name} {types}"));
            }
        }
        if loops.is_empty() {
            missing.push(format!("{name}, which has no loop for our types: is it `ABSENT`?"));
        }
    }
    for (alias, ufunc) in &data.aliases {
        if !ABSENT_ALIASES.contains(&alias.as_str()) && !ALIASES.contains(&(alias.as_str(), ufunc.as_str())) {
            missing.push(format!("{alias}, another name of {ufunc}"));
        }
    }
    assert!(missing.is_empty(), "`ops` or these tests lack {missing:#?}");
}

/// A function that is in `ops` and in NumPy must not be missing here: the sources of `ops` say which there are.
#[test]
fn every_function_that_numpy_has_too_is_compared() {
    let data = Data::read();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime/src/ops");
    let mut names = BTreeSet::new();
    for file in std::fs::read_dir(folder).expect("the sources of `ops`") {
        let text = std::fs::read_to_string(file.expect("a file of `ops`").path()).expect("a source of `ops`");
        for line in text.lines() {
            let line = line.trim_start();
            let function = line.strip_prefix("pub fn ").and_then(|rest| rest.split(['<', '(']).next());
            // A row of a table: `log: ln;`.
            let row = line.strip_suffix(';').and_then(|row| row.split_once(": ")).map(|(name, _)| name);
            names.extend(function.or(row).map(str::to_owned));
        }
    }
    assert!(names.contains("add") && names.contains("exp"), "the sources of `ops` are written in another way");
    let shared: Vec<&String> = data.ufuncs.keys().filter(|name| names.contains(*name)).collect();
    let unknown: Vec<_> = shared.iter().filter(|name| FUNCTIONS.iter().all(|f| f.op != name.as_str())).collect();
    assert!(shared.len() > 80 && unknown.is_empty(), "not compared with NumPy's, of {}: {unknown:?}", shared.len());
}
