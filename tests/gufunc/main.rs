//! Generalized universal functions: what their calls compute, at every level, whatever the operands' layout.

mod calls;
mod choice;
mod explained;
mod single;
mod turned;
mod types;
