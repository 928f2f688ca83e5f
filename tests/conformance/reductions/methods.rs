//! The methods of each function and type of the cases.

use ndarray::{ArrayD, ArrayViewD};
use ufunc::{Error, Level, ops};

use super::case::Case;
use super::operand::{Sample, laid, mask, operand};

/// What a case's kind of values is, by function.
fn kind(op: &str) -> &'static str {
    match op {
        "multiply" | "divide" => "powers",
        "maximum" | "minimum" | "fmax" | "fmin" => "special",
        "gcd" | "lcm" | "left_shift" => "small",
        "floor_divide" | "remainder" | "fmod" => "large",
        _ => "quarters",
    }
}

/// What a case gives is what NumPy gives: or how it differs.
fn compare<T: Sample>(case: &Case, found: Result<ArrayD<T>, Error>) -> Result<(), String> {
    match (found, &case.result) {
        (Err(_), None) => Ok(()),
        (Err(error), Some(_)) => Err(format!("is an error here: {error}")),
        (Ok(found), None) => Err(format!("is an error in NumPy, here {found:?}")),
        (Ok(found), Some((shape, values))) => {
            if found.shape() != shape || found.len() != values.len() {
                return Err(format!("has shape {:?}, in NumPy {shape:?}", found.shape()));
            }
            match found.iter().zip(values).position(|(found, word)| !found.is(word)) {
                Some(at) => Err(format!("place {at} is {:?}, in NumPy {}", found.iter().nth(at), values[at])),
                None => Ok(()),
            }
        }
    }
}

/// Runs a case for a function whose methods these are.
macro_rules! run {
    ($case:ident, $op:ident, $t:ident) => {{
        let (kind, case) = (kind(stringify!($op)), $case);
        let operand_of = |shape: &[usize], layout: &str| operand::<$t>(kind, shape, layout);
        match case.method.as_str() {
            "reduce" => {
                let x = operand_of(&case.shape, &case.layout);
                for level in Level::ALL.into_iter().filter(|level| level.is_available()) {
                    compare(case, reduced!($op, $t, case, x.view(), level))
                        .map_err(|what| format!("at {level} {what}"))?;
                }
                Ok(())
            }
            "accumulate" => {
                let x = operand_of(&case.shape, &case.layout);
                compare(case, ops::$op::try_accumulate(x.view(), case.list("axis")[0]))
            }
            "reduceat" => {
                let x = operand_of(&case.shape, &case.layout);
                let indices: Vec<usize> = case.list("indices").into_iter().map(isize::cast_unsigned).collect();
                compare(case, ops::$op::try_reduceat(x.view(), indices, case.list("axis")[0]))
            }
            "outer" => {
                let (x, y) = (operand_of(&case.shape, &case.layout), operand_of(&case.sizes("other"), "c"));
                compare(case, Ok(ops::$op::outer(x.view(), y.view())))
            }
            "at" => {
                let (mut x, y) = (operand_of(&case.shape, &case.layout), operand_of(&case.sizes("other"), "c"));
                // As text, where NaN is NaN.
                let (before, indices) = (format!("{:?}", x.memory), case.list("indices"));
                let indices: Vec<usize> = indices.into_iter().map(isize::cast_unsigned).collect();
                let done = ops::$op::try_at(x.view_mut(), indices, y.view());
                if done.is_err() && format!("{:?}", x.memory) != before {
                    return Err("has written before its error".to_owned());
                }
                compare(case, done.map(|()| x.view().to_owned()))
            }
            "call" => {
                let (x, y) = (operand_of(&case.shape, &case.layout), operand_of(&case.sizes("other"), "c"));
                let ones = ArrayD::from_elem(case.sizes("out"), <$t as Sample>::one());
                let mut out = laid(&ones, "strided");
                let before = out.memory.clone();
                let call = ops::$op::with(x.view(), y.view());
                let done = match case.argument("where") {
                    Some(name) => call.mask(mask(name, &case.sizes("out"))).try_into(out.view_mut()),
                    None => call.try_into(out.view_mut()),
                };
                if done.is_err() && out.memory != before {
                    return Err("has written before its error".to_owned());
                }
                compare(case, done.map(|()| out.view().to_owned()))
            }
            method => panic!("{case}: no method `{method}`"),
        }
    }};
}

macro_rules! reduced {
    ($op:ident, $t:ident, $case:ident, $view:expr, $level:ident) => {{
        let x: ArrayViewD<'_, $t> = $view;
        let axes = match $case.argument("axis") {
            Some("none") => (0..x.ndim() as isize).collect(),
            _ => $case.list("axis"),
        };
        let reduction = ops::$op::reduction(&x).axes(axes).level($level);
        let reduction = match $case.argument("initial") {
            Some(initial) => {
                assert_eq!(initial, "1", "the only initial value of the cases");
                reduction.initial(<$t as Sample>::one())
            }
            None => reduction,
        };
        match ($case.argument("where"), $case.argument("keepdims")) {
            (None, None) => reduction.try_eval(),
            (None, Some(_)) => reduction.keepdims().try_eval(),
            (Some(name), _) => reduction.mask(mask(name, &$case.shape)).try_eval(),
        }
    }};
}

macro_rules! functions {
    ($($op:ident: $($t:ident)*;)*) => {
        pub(super) fn outcome(case: &Case) -> Result<(), String> {
            match (case.op.as_str(), case.ty.as_str()) {
                $($((stringify!($op), stringify!($t)) => run!(case, $op, $t),)*)*
                _ => Err("is of no function that is called here".to_owned()),
            }
        }
    };
}

functions! {
    add: f64 f32 i64 i32 u8 bool;
    multiply: f64 i64 i32;
    maximum: f64 f32 i32 u8 bool;
    minimum: f64 i64 bool;
    fmax: f64;
    fmin: f32;
    bitwise_and: i32 u8 bool;
    bitwise_or: u32 bool;
    bitwise_xor: i64 bool;
    logical_and: bool;
    logical_or: bool;
    logical_xor: bool;
    gcd: i64 u32;
    lcm: u64;
    subtract: f64 i64 u8;
    floor_divide: i64;
    remainder: i32 f64;
    left_shift: i32;
    divide: f64;
    fmod: f64;
    copysign: f32;
    nextafter: f64;
}
