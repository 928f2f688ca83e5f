//! What NumPy computes, ours must: `make.py` has asked NumPy, and its answers are in the `data` of each module.

mod elementwise;
mod general;
mod reductions;
