//! Reductions and their relatives against plain Rust: at every level, on one and two threads, in every layout.

#![allow(clippy::needless_borrows_for_generic_args, reason = "operands as users write them")]

mod errors;
mod methods;
mod reference;
mod trees;

use ufunc::prelude::*;

#[vectorize(f32(f32, f32), f64(f64, f64), i64(i64, i64), u8(u8, u8), identity = 0)]
fn add<T>(x: T, y: T) -> T {
    x + y
}

#[vectorize(i32(i32, i32), f64(f64, f64), identity = 1)]
fn multiply<T>(x: T, y: T) -> T {
    x * y
}

#[vectorize(f64(f64, f64), i16(i16, i16), identity = reorderable)]
fn maximum<T>(x: T, y: T) -> T {
    if x > y { x } else { y }
}

#[vectorize(identity = f64::NEG_INFINITY)]
fn logaddexp(x: f64, y: f64) -> f64 {
    let (hi, lo) = if x > y { (x, y) } else { (y, x) };
    hi + (lo - hi).exp().ln_1p()
}

#[vectorize(identity = 1)]
fn logical_and(x: bool, y: bool) -> bool {
    x && y
}

/// Its operands have an order.
#[vectorize]
fn subtract(x: f64, y: f64) -> f64 {
    x - y
}

/// Panics for lanes that do not exist, if they are computed.
#[vectorize(identity = reorderable)]
fn checked(x: i32, y: i32) -> i32 {
    assert!(x > 0, "a total must be positive");
    assert!(y > 0, "an element must be positive");
    x + y
}

/// Only bools have a result of their own type.
#[vectorize(bool(bool, bool), bool(i32, i32), identity = 0)]
fn either<T>(x: T, y: T) -> bool {
    (x as i32 != 0) || (y as i32 != 0)
}
