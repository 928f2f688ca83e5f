//! Problems found in a user's function: gathered, so that all of an item are reported at once.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

/// What is wrong, where, and what to write instead.
pub(crate) struct Problem {
    pub(crate) span: Span,
    pub(crate) message: String,
}

/// All problems of one item. Must be turned into errors before it is dropped.
pub(crate) struct Problems {
    found: Vec<Problem>,
    /// Something is wrong that rustc reports in the twin.
    left_to_rustc: bool,
    /// rustc would report one of the problems again in the twin.
    in_place_of_rustc: bool,
    reported: bool,
}

/// How much was known at some moment, to come back to.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    found: usize,
    left_to_rustc: bool,
    in_place_of_rustc: bool,
}

impl Mark {
    /// Whether problems had been found since another mark.
    pub(crate) fn is_after(self, other: Self) -> bool {
        self.found > other.found
    }
}

impl Problems {
    pub(crate) fn new() -> Self {
        Self { found: Vec::new(), left_to_rustc: false, in_place_of_rustc: false, reported: false }
    }

    /// Notes a problem. A second one with the same words at the same place is the same problem seen
    /// again (a function with several signatures is read once for each).
    pub(crate) fn push(&mut self, span: Span, message: impl Into<String>) {
        let message = message.into();
        let place = format!("{span:?}");
        if !self.found.iter().any(|p| p.message == message && format!("{:?}", p.span) == place) {
            self.found.push(Problem { span, message });
        }
    }

    /// Notes a problem that rustc reports too, or may: the twin is emitted without its body, so that
    /// the user reads of it once.
    pub(crate) fn push_in_place_of_rustc(&mut self, span: Span, message: impl Into<String>) {
        self.replace_rustc();
        self.push(span, message);
    }

    /// Notes that rustc may report too what was found.
    pub(crate) fn replace_rustc(&mut self) {
        self.in_place_of_rustc = true;
    }

    /// Notes that the function is no valid Rust, which rustc is certain to report in the twin.
    pub(crate) fn leave_to_rustc(&mut self) {
        self.left_to_rustc = true;
    }

    /// Whether the twin's body would make rustc report a problem again.
    pub(crate) fn in_place_of_rustc(&self) -> bool {
        self.in_place_of_rustc
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark { found: self.found.len(), left_to_rustc: self.left_to_rustc, in_place_of_rustc: self.in_place_of_rustc }
    }

    /// Forgets what was found after a mark: it will be found again.
    pub(crate) fn back_to(&mut self, mark: Mark) {
        self.found.truncate(mark.found);
        self.left_to_rustc = mark.left_to_rustc;
        self.in_place_of_rustc = mark.in_place_of_rustc;
    }

    /// Whether a problem was found after a mark.
    pub(crate) fn any_since(&self, mark: Mark) -> bool {
        self.found.len() > mark.found
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty() && !self.left_to_rustc
    }

    /// Forgets all: another way is taken.
    pub(crate) fn forget(mut self) {
        self.reported = true;
    }

    /// The same, but for the first of them, which says why.
    pub(crate) fn into_first(mut self) -> Option<Problem> {
        self.reported = true;
        (!self.found.is_empty()).then(|| self.found.swap_remove(0))
    }

    /// The problems as `compile_error!`s at their places.
    pub(crate) fn into_errors(mut self) -> TokenStream {
        self.reported = true;
        self.found
            .drain(..)
            .map(|Problem { span, message }| quote_spanned! { span => ::core::compile_error! { #message } })
            .collect()
    }

    /// The messages, for tests.
    #[cfg(test)]
    pub(crate) fn into_messages(mut self) -> Vec<String> {
        self.reported = true;
        self.found.drain(..).map(|problem| problem.message).collect()
    }
}

impl Drop for Problems {
    fn drop(&mut self) {
        if !self.reported && !std::thread::panicking() {
            assert!(self.found.is_empty(), "problems were found and not reported");
        }
    }
}
