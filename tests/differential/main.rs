//! Every kernel against its scalar twin: over lengths, offsets, strides, layouts, levels and threads.
#![allow(missing_docs, unreachable_pub, clippy::all, reason = "kernels are written as users write them")]

mod harness;
mod kernels;
mod sample;

mod suite;
