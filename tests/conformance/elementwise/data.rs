//! The files that `make.py` has written, whose line format it describes.

use std::collections::BTreeMap;
use std::fmt;

pub(super) struct Case {
    pub(super) op: String,
    /// The names of the operands' types.
    pub(super) inputs: Vec<String>,
    pub(super) outputs: Vec<String>,
    pub(super) layout: String,
    /// The names of the sets of the operands' values.
    pub(super) sets: Vec<String>,
    pub(super) shape: Vec<usize>,
    /// For each result its values.
    pub(super) results: Vec<String>,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { op, inputs, outputs, layout, sets, .. } = self;
        write!(f, "{op} {}->{} ({layout} of {})", inputs.join(","), outputs.join(","), sets.join(","))
    }
}

#[derive(Default)]
pub(super) struct Data {
    /// By type and name.
    sets: BTreeMap<(String, String), String>,
    /// NumPy's ufuncs with their loops among our types.
    pub(super) ufuncs: BTreeMap<String, Vec<String>>,
    pub(super) aliases: BTreeMap<String, String>,
    pub(super) cases: Vec<Case>,
}

impl Data {
    pub(super) fn read() -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/elementwise/data");
        let mut data = Self::default();
        for file in std::fs::read_dir(folder).expect("the folder of the data") {
            let path = file.expect("a file of the data").path();
            let text = std::fs::read_to_string(&path).expect("a readable file");
            for (number, line) in text.lines().enumerate() {
                if data.take(line).is_none() {
                    panic!("{}:{}: cannot be read: `{line}`", path.display(), number + 1);
                }
            }
        }
        data
    }

    pub(super) fn set(&self, ty: &str, name: &str) -> &str {
        let key = (ty.to_owned(), name.to_owned());
        self.sets.get(&key).unwrap_or_else(|| panic!("the data has no set {name} of {ty}"))
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let (head, values) = line.split_once(':')?;
        let values = values.trim();
        match head.split(' ').collect::<Vec<_>>()[..] {
            ["set", ty, name] => {
                self.sets.insert((ty.to_owned(), name.to_owned()), values.to_owned());
            }
            ["ufunc", name] => {
                self.ufuncs.insert(name.to_owned(), values.split_whitespace().map(str::to_owned).collect());
            }
            ["alias", name] => {
                self.aliases.insert(name.to_owned(), values.to_owned());
            }
            ["case", op, types, layout, sets, shape] => {
                let list = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
                let (inputs, outputs) = types.split_once("->")?;
                let shape = match shape {
                    "scalar" => Vec::new(),
                    shape => shape.split('x').map(|n| n.parse().ok()).collect::<Option<_>>()?,
                };
                let results: Vec<_> = values.split('|').map(str::to_owned).collect();
                let case = Case {
                    op: op.to_owned(),
                    inputs: list(inputs),
                    outputs: list(outputs),
                    layout: layout.to_owned(),
                    sets: list(sets),
                    shape,
                    results,
                };
                if case.inputs.len() != case.sets.len() || case.outputs.len() != case.results.len() {
                    return None;
                }
                self.cases.push(case);
            }
            _ => return None,
        }
        Some(())
    }
}
