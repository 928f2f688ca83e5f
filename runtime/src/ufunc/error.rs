//! [`Error`]: why a call could not run.

use std::fmt;

/// Why a call of a kernel could not run: shapes that do not fit together.
///
/// The message names the kernel, the operand by its position and parameter name, its shape, and what
/// was expected.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<(ErrorKind, String)>);

/// What sort of [`Error`] it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operands do not broadcast with one another.
    ShapeMismatch,
    /// The operands do not broadcast to the target's shape, or several targets differ in shape.
    OutputShape,
    /// The mask does not broadcast to the result's shape.
    MaskShape,
    /// Several indices of a target are the same memory.
    OutputOverlap,
    /// The result would have more bytes than memory can have.
    TooLarge,
    /// The operand has no such axis, or it is named twice.
    AxisBounds,
    /// An index is beyond the end of its axis.
    IndexBounds,
    /// There is no element to reduce, and neither an identity nor an initial value.
    NoIdentity,
    /// A kernel whose operands have an order is to reduce several axes.
    NotReorderable,
}

impl Error {
    #[cold]
    pub(crate) fn new(kind: ErrorKind, message: String) -> Self {
        Self(Box::new((kind, message)))
    }

    /// What sort of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.0
    }

    /// The value, or a panic with the error's message.
    #[doc(hidden)]
    #[inline]
    #[track_caller]
    pub fn unwrap<T>(result: Result<T, Self>) -> T {
        match result {
            Ok(value) => value,
            Err(error) => error.panic(),
        }
    }

    #[cold]
    #[track_caller]
    pub(crate) fn panic(&self) -> ! {
        panic!("{self}")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.1)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("kind", &self.kind()).field("message", &self.0.1).finish()
    }
}

impl std::error::Error for Error {}
