//! The lines that `make.py` has written, whose format it describes.

use std::fmt;

use ndarray::{ArrayD, IxDyn};

use crate::reductions::operand::{Operand, laid};

pub(super) struct Case {
    line: String,
    pub(super) function: String,
    /// Shapes and layouts.
    operands: Vec<(Vec<usize>, String)>,
    pub(super) axes: Option<Vec<Vec<isize>>>,
    pub(super) axis: Option<isize>,
    pub(super) keepdims: bool,
    /// NumPy's result, or the core dimension that its error names, if it names one.
    pub(super) result: Result<ArrayD<f64>, Option<String>>,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

/// `3x4`, or `scalar`.
fn sizes(word: &str) -> Option<Vec<usize>> {
    if word == "scalar" {
        return Some(Vec::new());
    }
    word.split('x').map(|n| n.parse().ok()).collect()
}

impl Case {
    fn parse(line: &str) -> Option<Self> {
        let (head, result) = line.strip_prefix("case ")?.split_once(':')?;
        let mut words = head.split_whitespace();
        let function = words.next()?.to_owned();
        let mut case = Self {
            line: head.trim().to_owned(),
            function,
            operands: Vec::new(),
            axes: None,
            axis: None,
            keepdims: false,
            result: Err(None),
        };
        for word in words {
            if let Some((shape, layout)) = word.split_once('/') {
                case.operands.push((sizes(shape)?, layout.to_owned()));
            } else if let Some(axes) = word.strip_prefix("axes=") {
                let own = |own: &str| -> Option<Vec<isize>> {
                    own.split(',').filter(|n| !n.is_empty()).map(|n| n.parse().ok()).collect()
                };
                case.axes = Some(axes.split(';').map(own).collect::<Option<_>>()?);
            } else if let Some(axis) = word.strip_prefix("axis=") {
                case.axis = Some(axis.parse().ok()?);
            } else {
                case.keepdims = word == "keepdims";
            }
        }
        let mut result = result.split_whitespace();
        case.result = match result.next()? {
            "error" => Err(result.next().map(str::to_owned)),
            shape => {
                let values = result.map(|word| word.parse().ok()).collect::<Option<Vec<f64>>>()?;
                Ok(ArrayD::from_shape_vec(IxDyn(&sizes(shape)?), values).ok()?)
            }
        };
        Some(case)
    }

    /// An operand, with elements of that kind.
    pub(super) fn operand(&self, position: usize, kind: &str) -> Operand<f64> {
        let (shape, layout) = &self.operands[position];
        let value = |i: usize| {
            let counted = ((i * 37 + 11 + 29 * position) % 101) as f64;
            match kind {
                "width" => counted % 4.0 + 1.0,
                "matrix" => ((7 * i * i * i + 37 * i * i + 11 * i + 29 * position) % 101) as f64 / 4.0 - 12.0,
                "nan" if i % 7 == 3 => f64::NAN,
                _ => counted / 4.0 - 12.0,
            }
        };
        let len = shape.iter().product();
        laid(&ArrayD::from_shape_vec(IxDyn(shape), (0..len).map(value).collect()).expect("as many"), layout)
    }
}

/// All cases.
pub(super) fn cases() -> Vec<Case> {
    let path = format!("{}/tests/conformance/general/data/cases.txt", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let line = |(number, line): (usize, &str)| {
        Case::parse(line).unwrap_or_else(|| panic!("{path}:{}: cannot be read: `{line}`", number + 1))
    };
    text.lines().enumerate().map(line).collect()
}
