//! The math functions beside those of MKL, SVML, SLEEF and glibc's libmvec, in one process on one core, in turn.
//!
//! ```text
//! UFUNC_PEERS=<folder with lib/libmkl_rt.so.*, lib/libsvml.so> cargo bench --bench peers [-- function ...]
//! ```
//!
//! Libraries that are not found are left out. Each function is timed within 1 ulp, beside the libraries' most accurate
//! versions, and, where kernels with `ulp = 4` have another, also within 4, beside the libraries' faster ones. Every figure
//! is written to `peers.csv` in the target folder too, and the ratios are drawn in `peers-….svg` there.
//!
//! Beside our times stand the operations on whole registers in a turn of the machine loop, for each register of
//! elements, and the time that these take at least, where the processor begins two in a cycle.
#![cfg_attr(not(all(target_arch = "x86_64", target_os = "linux")), allow(unused))]

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod calls;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod compare;
#[allow(dead_code, reason = "the accuracy tests use the rest")]
#[path = "../../tests/accuracy/functions.rs"]
mod functions;
#[path = "../gate/mod.rs"]
mod gate;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod libraries;
mod names;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod operations;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod plot;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
#[allow(dead_code, reason = "the accuracy tests use the rest")]
#[path = "../../tests/accuracy/reference.rs"]
mod reference;

fn main() {
    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
    compare::run();
}
