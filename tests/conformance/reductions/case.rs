//! The lines that `make.py` has written, whose format it describes.

use std::collections::BTreeMap;
use std::fmt;

pub(super) struct Case {
    line: String,
    pub(super) method: String,
    pub(super) op: String,
    pub(super) ty: String,
    pub(super) shape: Vec<usize>,
    pub(super) layout: String,
    arguments: BTreeMap<String, String>,
    /// The shape and the values, unless NumPy gives an error.
    pub(super) result: Option<(Vec<usize>, Vec<String>)>,
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
        let mut word = || words.next().map(str::to_owned);
        let (method, op, ty, shape, layout) = (word()?, word()?, word()?, sizes(&word()?)?, word()?);
        let argument = |word: &str| match word.split_once('=') {
            Some((key, value)) => (key.to_owned(), value.to_owned()),
            None => (word.to_owned(), String::new()),
        };
        let arguments = words.map(argument).collect();
        let mut result = result.split_whitespace();
        let result = match result.next()? {
            "error" => None,
            shape => Some((sizes(shape)?, result.map(str::to_owned).collect())),
        };
        let line = head.trim().to_owned();
        Some(Self { line, method, op, ty, shape, layout, arguments, result })
    }

    pub(super) fn argument(&self, key: &str) -> Option<&str> {
        self.arguments.get(key).map(String::as_str)
    }

    /// Integers between commas.
    pub(super) fn list(&self, key: &str) -> Vec<isize> {
        let list = self.argument(key).unwrap_or_else(|| panic!("{self}: `{key}` is missing"));
        list.split(',').map(|n| n.parse().unwrap_or_else(|_| panic!("{self}: `{n}` is no integer"))).collect()
    }

    pub(super) fn sizes(&self, key: &str) -> Vec<usize> {
        self.argument(key).and_then(sizes).unwrap_or_else(|| panic!("{self}: `{key}` is no shape"))
    }
}

/// All cases.
pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for name in ["reduce", "others"] {
        let path = format!("{}/tests/conformance/reductions/data/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        for (number, line) in text.lines().enumerate() {
            cases.push(Case::parse(line).unwrap_or_else(|| panic!("{path}:{}: cannot be read: `{line}`", number + 1)));
        }
    }
    cases
}
