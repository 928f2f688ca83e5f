//! The conversions that `as` is made of.
