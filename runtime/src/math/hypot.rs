//! The hypotenuse.
//!
//! ## `hypot`
//!
//! - Formula: `sqrt(x² + y²)`, without its overflow and underflow.
//! - Method: both squares in double-double; their sum is rounded once, and its square root once. Very large
//!   and very small arguments are scaled by a power of two.
//! - Domain: all numbers.
//! - Error: 0.87 ulp (`f32`), 0.86 ulp (`f64`).
//! - With `ulp = 4`: 1.19 ulp (`f32`), 1.19 ulp (`f64`); the sum of the squares in one part.
//! - Special values: infinite if an argument is, even beside NaN; otherwise NaN gives NaN.

use super::bits::Format;
use super::eft::{fast_two_sum, two_prod, two_sum};
use crate::lanes::{Simd, Vector};

/// When and how arguments are scaled, so that no square overflows or loses bits that count.
pub(super) trait Squares: Format {
    /// The range in which the larger argument needs no scaling.
    const BOUNDS: (Self, Self);
    /// The power of two by which smaller arguments are multiplied, and its inverse, for larger ones.
    const SCALE: (Self, Self);
    /// The bits of the smallest usual sum of squares: of half of it, too, the larger argument is within the bounds.
    const SMALLEST: Self::Bits;
    /// The bits of the largest usual sum less those of the smallest.
    const SPAN: Self;
}

impl Squares for f64 {
    // 2^-480 and 2^510, nearly.
    const BOUNDS: (f64, f64) = (3.2e-145, 3.3e153);
    // 2^±600.
    const SCALE: (f64, f64) = (4.149515568880993e180, 2.409919865102884e-181);
    // 2^-957 to 2^1019.
    const SMALLEST: u64 = (1023 - 957) << 52;
    const SPAN: f64 = f64::from_bits((1019 + 957) << 52);
}

impl Squares for f32 {
    // 2^-50 and 2^62, nearly.
    const BOUNDS: (f32, f32) = (8.881784e-16, 4.6e18);
    // 2^±100.
    const SCALE: (f32, f32) = (1.2676506e30, 7.888609e-31);
    // 2^-97 to 2^123.
    const SMALLEST: u32 = (127 - 97) << 23;
    const SPAN: f32 = f32::from_bits((123 + 97) << 23);
}

/// Whether a sum of squares is not usual, zero, infinite or NaN in some lane. Of the binade below the smallest usual one
/// it may say either.
#[inline(always)]
pub(super) fn any_unusual<T: Squares, S: Simd>(sum: Vector<T, S>) -> bool {
    // What is smaller wraps around to what is larger, but that binade to NaN.
    Vector::from_bits(sum.to_bits() - splat!(sum, T::SMALLEST)).any_beyond(T::SPAN)
}

/// The sum of the squares is rounded once, in effect, and so is its square root.
#[inline(always)]
pub(super) fn hypot<T: Squares, S: Simd>(x: Vector<T, S>, y: Vector<T, S>) -> Vector<T, S> {
    let (x_square, y_square) = (two_prod(x, x), two_prod(y, y));
    let sum = two_sum(x_square.hi, y_square.hi);
    if any_unusual(sum.hi) {
        rare();
        return scaled(x, y);
    }
    (sum.hi + (sum.lo + (x_square.lo + y_square.lo))).sqrt_usual()
}

/// [`hypot`] of all arguments; the same bits where those are usual.
#[inline(always)]
fn scaled<T: Squares, S: Simd>(x: Vector<T, S>, y: Vector<T, S>) -> Vector<T, S> {
    let (x, y) = (x.float_abs(), y.float_abs());
    let swap = x.lanes_lt(y);
    let (a, b) = (Vector::select(swap, y, x), Vector::select(swap, x, y));
    let (small, large) = (splat!(x, T::BOUNDS.0), splat!(x, T::BOUNDS.1));
    let usual = a.lanes_ge(small) & a.lanes_le(large);
    let (one, up, down) = (splat!(x, T::ONE), splat!(x, T::SCALE.0), splat!(x, T::SCALE.1));
    let factor = Vector::select(a.lanes_lt(small), up, Vector::select(a.lanes_gt(large), down, one));
    let unscale = Vector::select(a.lanes_lt(small), down, Vector::select(a.lanes_gt(large), up, one));
    let (a, b) = (a * factor, b * factor);
    let (a_square, b_square) = (two_prod(a, a), two_prod(b, b));
    let sum = fast_two_sum(a_square.hi, b_square.hi);
    let result = (sum.hi + (sum.lo + (a_square.lo + b_square.lo))).sqrt() * unscale;
    // Which of two NaN an operation gives is not the same everywhere.
    let result = Vector::select(usual | result.lanes_eq(result), result, splat!(x, T::NAN));
    // Infinity even beside NaN.
    let infinity = splat!(x, T::INFINITY);
    Vector::select(x.lanes_eq(infinity) | y.lanes_eq(infinity), infinity, result)
}

/// Says that the branch is rarely taken: the compiler then leaves the registers to the usual path's constants.
#[cold]
#[inline(always)]
fn rare() {}
