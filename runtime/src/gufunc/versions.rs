//! [`Versions`]: a function for several element types.

use super::call::Gufunc;

/// A generalized universal function that has a version for the element types `T`, a tuple of what its type parameters stand for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no signature for the element types `{T}`",
    label = "no such signature",
    note = "the types of a function are those that its attribute lists, as in `#[guvectorize(\"(n)->()\", f32(f32), f64(f64))]`"
)]
pub trait Versions<T> {
    /// The function for these types.
    type Version: Gufunc;
}
