//! Problems found in a user's function: gathered, so that all of an item are reported at once.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

/// What is wrong, where, and what to write instead.
struct Problem {
    span: Span,
    message: String,
}

/// All problems of one item. Must be turned into errors before it is dropped.
pub(crate) struct Problems {
    found: Vec<Problem>,
    reported: bool,
}

impl Problems {
    pub(crate) fn new() -> Self {
        Self { found: Vec::new(), reported: false }
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

    /// How many there are: a mark to come back to.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Forgets what was found after a mark: it will be found again.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.found.truncate(len);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
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
