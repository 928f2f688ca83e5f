//! syn's tree → the kernel language: what has no meaning in lanes is refused here, at its token.

mod control;
mod expr;
mod item;
mod panics;
mod pattern;
mod types;

pub(crate) use item::{MAX_PARAMS, MAX_RESULTS, Role, function};
pub(crate) use types::SCALARS;

use proc_macro2::Span;

use crate::diagnostics::Problems;

/// Reads one function; keeps the problems.
struct Parser<'a> {
    problems: &'a mut Problems,
    /// The function's own name: it cannot call itself.
    name: String,
}

impl Parser<'_> {
    /// Notes a refusal: what it is, why it has no lane meaning, what to write instead.
    fn refuse(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(span, message);
    }

    /// Refuses what rustc refuses too, or may.
    fn refuse_in_place_of_rustc(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push_in_place_of_rustc(span, message);
    }
}
