//! `reduce` and the other methods, and calls with `out` and `where`, of functions that stand for all of them.

mod case;
mod methods;
pub(crate) mod operand;

use case::{Case, cases};
use methods::outcome;

/// How many cases of each method there must be.
const METHODS: [(&str, usize); 6] =
    [("reduce", 3000), ("accumulate", 500), ("reduceat", 250), ("outer", 120), ("at", 150), ("call", 600)];

#[test]
fn every_case_gives_what_numpy_gives() {
    let cases: Vec<Case> = cases();
    let failures: Vec<String> =
        cases.iter().filter_map(|case| outcome(case).err().map(|what| format!("\n  {case}: {what}"))).collect();
    let shown: String = failures.iter().take(40).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} failures, the first:{shown}", failures.len());
    for (method, least) in METHODS {
        let count = cases.iter().filter(|case| case.method == method).count();
        let errors = cases.iter().filter(|case| case.method == method && case.result.is_none()).count();
        assert!(
            count >= least && (errors > 0 || method == "outer"),
            "{count} cases of `{method}`, {errors} of them errors"
        );
    }
}
