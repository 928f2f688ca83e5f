//! Functions of arrays against their scalar twins: over lengths, strides, layouts, levels and threads.
#![allow(missing_docs, unreachable_pub, clippy::all, reason = "functions are written as users write them")]

mod data;
mod harness;
mod same;

mod counting;
mod elementwise;
mod exits;
mod linear;
mod panics;
mod parallel;
mod physics;
mod reductions;
mod stencils;
