//! What the modules' documentation says of the functions' errors.

use std::collections::BTreeMap;
use std::path::Path;

/// By function: the errors in `f32` and `f64`, from lines like
/// ``- Error: 0.895 ulp (`f32`), 0.61 ulp (`f64`)`` and ``- With `ulp = 4`: 2.5 ulp (`f32`), 1.9 ulp (`f64`)`` below a heading
/// that names the function.
pub(crate) fn errors() -> BTreeMap<String, (f64, f64)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src/math");
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the math is there") {
        let path = entry.expect("a file").path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source is text");
        let mut function: Option<String> = None;
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("//! ## `") {
                function = heading.strip_suffix('`').map(str::to_owned);
            }
            for (start, tier) in [("//! - Error: ", ""), ("//! - With `ulp = 4`: ", " within 4")] {
                if let Some(errors) = line.strip_prefix(start)
                    && let (Some(f32), Some(f64)) = (before(errors, " ulp (`f32`"), before(errors, " ulp (`f64`"))
                {
                    let function =
                        function.as_ref().unwrap_or_else(|| panic!("{}: an error of no function", path.display()));
                    let twice = found.insert(format!("{function}{tier}"), (f32, f64));
                    assert_eq!(twice, None, "{}: {function}'s errors stand there once", path.display());
                }
            }
        }
    }
    found
}

/// The number before a phrase.
fn before(line: &str, phrase: &str) -> Option<f64> {
    line[..line.find(phrase)?].rsplit([' ', '(']).next()?.parse().ok()
}
