//! What the attributes refuse, with the words they refuse it with: `tests/ui/<topic>/<case>.rs` does
//! not compile, and `<case>.stderr` is what the user reads.

#[test]
fn refusals() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
