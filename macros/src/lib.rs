//! The attribute macros of `ufunc`.
#![forbid(unsafe_code)]
