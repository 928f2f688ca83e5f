//! The math functions beside those of MKL, SVML, SLEEF and glibc's libmvec, in one process on one core, in turn.
//!
//! ```text
//! UFUNC_PEERS=<folder with lib/libmkl_rt.so.*, lib/libsvml.so> cargo bench --bench peers [-- function ...]
//! ```
//!
//! Libraries that are not found are left out. Every figure is written to `peers.csv` in the target folder too.
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
#[allow(dead_code, reason = "the accuracy tests use the rest")]
#[path = "../../tests/accuracy/reference.rs"]
mod reference;

fn main() {
    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
    compare::run();
}
