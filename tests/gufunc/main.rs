//! Generalized universal functions: what their calls compute, at every level, whatever the operands' layout.

mod calls;
mod single;
mod turned;
