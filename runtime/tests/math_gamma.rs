//! The gamma function and its relatives.

#![allow(unstable_name_collisions, reason = "the standard library has some of the methods, unstable ones")]

#[macro_use]
mod correctly_rounded;

use correctly_rounded::*;
use ufunc::Level;
use ufunc::kernel::Kernel;
use ufunc::lanes::{Mask, Simd, Vector};
use ufunc::math::MathExt;

unary! {
    tgamma, tgamma, tgammaf, [(0.0, 4.5), (-10.0, 10.0), (4.0, 36.0), (36.0, 171.625), (-43.0, -10.0), (-171.0, -43.0), (-186.0, -170.0), (-1e-18, 1e-18)];
}
