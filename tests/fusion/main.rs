//! Functions that compute with whole arrays, against their twins, which are plain ndarray: over layouts, ranks, element types,
//! levels and threads.
#![allow(missing_docs, unreachable_pub, clippy::all, reason = "functions are written as users write them")]

mod elementwise;
mod harness;
mod memory;
mod order;
mod reductions;
mod shapes;
mod writes;
