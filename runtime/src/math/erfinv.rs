//! The inverses of the error function and its relatives.
//!
//! ## `erfinv`
//!
//! - Formula: the `y` with `erf(y) = x`.
//! - Method: around the middle, `a + a p(a²)` for the argument's distance `a` from it; else, with the distance `q` from
//!   the nearer end, which is exact, and `s = sqrt(-ln q)`, polynomials as those of [`erf`](mod@super::erf) on pieces whose
//!   lengths grow with `s`. The logarithm is known beyond the format, and what the root lacks is added at the end. Pieces
//!   for `q` below 7e-17 (`f32`: 2e-8) are another table's, which is only used where it is needed.
//! - Domain: -1 to 1, subnormal arguments included.
//! - Error: 0.81 ulp (`f32`), 0.93 ulp (`f64`).
//! - Special values: `erfinv(±0) = ±0`, `erfinv(±1) = ±inf`; NaN and what is outside of the domain give NaN.
//!
//! ## `erfcinv`
//!
//! - Formula: the `y` with `erfc(y) = x`.
//! - Method: that of `erfinv`.
//! - Domain: 0 to 2, subnormal arguments included.
//! - Error: 0.78 ulp (`f32`), 0.91 ulp (`f64`).
//! - Special values: `erfcinv(1) = +0`, `erfcinv(±0) = +inf`, `erfcinv(2) = -inf`; NaN and what is outside of the domain
//!   give NaN.
//!
//! ## `norm_ppf`
//!
//! - Formula: the `y` with `norm_cdf(y) = x`.
//! - Method: that of `erfinv`, with `2 a + a p(a²)` around the middle.
//! - Domain: 0 to 1, subnormal arguments included.
//! - Error: 0.75 ulp (`f32`; 0.78 without FMA), 0.85 ulp (`f64`).
//! - Special values: `norm_ppf(1/2) = +0`, `norm_ppf(±0) = -inf`, `norm_ppf(1) = +inf`; NaN and what is outside of the
//!   domain give NaN.

use super::bits::{Format, copy_sign};
use super::cells::{Cells, extended_ln};
use super::eft::{fast_two_sum, fma, fma_dd, residual};
use super::erfinv_tables::{
    ERFCINV_F32, ERFCINV_F64, ERFCINV_FAR_F32, ERFCINV_FAR_F64, NORM_PPF_F32, NORM_PPF_F64, NORM_PPF_FAR_F32,
    NORM_PPF_FAR_F64,
};
use super::pieces::polynomial;
use crate::lanes::{Simd, Vector};

/// The pieces of an inverse.
pub(super) struct Pieces<T: 'static> {
    /// The distance from the end down to which the middle's piece goes, and the number near which the quotient is there.
    middle: [T; 2],
    /// The other pieces are quarters of octaves of `offset + scale s`.
    near: [T; 2],
    near_table: &'static [[T; 8]],
    /// From here on, the others are.
    end: T,
    far: [T; 2],
    far_table: &'static [[T; 8]],
}

/// A format with inverses.
pub(super) trait Inverse: Cells {
    /// The index of the middle's piece.
    const MIDDLE: Self::Bits;
    /// The bits from which the bits of a number are subtracted to give half of its reciprocal, within 6 %.
    const HALF_RECIPROCAL: Self::Bits;

    /// The pieces of `erfcinv`.
    fn erfcinv_pieces() -> &'static Pieces<Self>;
    /// The pieces of `norm_ppf`.
    fn norm_ppf_pieces() -> &'static Pieces<Self>;
}

impl Inverse for f64 {
    const MIDDLE: u64 = 3;
    const HALF_RECIPROCAL: u64 = 0x7fce_6238_6000_0000;

    #[inline(always)]
    fn erfcinv_pieces() -> &'static Pieces<f64> {
        &Pieces {
            middle: [0.5, 1.0],
            near: [0.6048884670147128, 0.474608448030375],
            near_table: &ERFCINV_F64,
            end: 6.095,
            far: [0.13861386138613868, 0.14144271570014144],
            far_table: &ERFCINV_FAR_F64,
        }
    }

    #[inline(always)]
    fn norm_ppf_pieces() -> &'static Pieces<f64> {
        &Pieces {
            middle: [0.25, 2.0],
            near: [0.4020436354771868, 0.5078616991021006],
            near_table: &NORM_PPF_F64,
            end: 6.095,
            far: [0.13861386138613868, 0.14144271570014144],
            far_table: &NORM_PPF_FAR_F64,
        }
    }
}

impl Inverse for f32 {
    const MIDDLE: u32 = 3;
    const HALF_RECIPROCAL: u32 = 0x7e73_11c3;

    #[inline(always)]
    fn erfcinv_pieces() -> &'static Pieces<f32> {
        &Pieces {
            middle: [0.5, 1.0],
            near: [0.3819599, 0.7423905],
            near_table: &ERFCINV_F32,
            end: 4.195,
            far: [-1.0984975, 0.50083476],
            far_table: &ERFCINV_FAR_F32,
        }
    }

    #[inline(always)]
    fn norm_ppf_pieces() -> &'static Pieces<f32> {
        &Pieces {
            middle: [0.25, 2.0],
            near: [0.026169524, 0.8271025],
            near_table: &NORM_PPF_F32,
            end: 4.195,
            far: [-1.0984975, 0.50083476],
            far_table: &NORM_PPF_FAR_F32,
        }
    }
}

#[inline(always)]
pub(super) fn erfinv<T: Inverse, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let size = x.float_abs();
    copy_sign(inverse(size, splat!(x, T::ONE) - size, T::erfcinv_pieces()), x)
}

#[inline(always)]
pub(super) fn erfcinv<T: Inverse, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let one = splat!(x, T::ONE);
    let from_middle = one - x;
    let from_end = Vector::select(x.lanes_gt(one), splat!(x, T::TWO) - x, x);
    copy_sign(inverse(from_middle.float_abs(), from_end, T::erfcinv_pieces()), from_middle)
}

#[inline(always)]
pub(super) fn norm_ppf<T: Inverse, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let half = splat!(x, T::HALF);
    let from_middle = x - half;
    let from_end = Vector::select(x.lanes_gt(half), splat!(x, T::ONE) - x, x);
    copy_sign(inverse(from_middle.float_abs(), from_end, T::norm_ppf_pieces()), from_middle)
}

/// The inverse's magnitude, for the argument's distances from the middle and from the nearer end.
#[inline(always)]
fn inverse<T: Inverse, S: Simd>(a: Vector<T, S>, q: Vector<T, S>, pieces: &Pieces<T>) -> Vector<T, S> {
    let zero = splat!(a, T::ZERO);
    // By the distance from the end: beyond the border that from the middle may be rounded.
    let middle = q.lanes_ge(splat!(q, pieces.middle[0]));
    let ln = extended_ln(q);
    let square = fast_two_sum(-ln.hi, -ln.lo);
    let s = square.hi.sqrt();
    // What the root lacks: some bits are enough.
    let inverse = Vector::from_bits(splat!(a, T::HALF_RECIPROCAL) - s.to_bits());
    let lost = (residual(s, s, square.hi) + square.lo) * inverse;

    let table = pieces.near_table;
    let index = Vector::select(middle, splat!(a, T::MIDDLE), piece(s, pieces.near));
    let t = s - T::lookup(index, &table[0]);
    let factor = Vector::select(middle, a, t);
    let t = Vector::select(middle, a * a, t);
    let value = Vector::select(middle, a * splat!(a, pieces.middle[1]), T::lookup(index, &table[1]));
    let p = polynomial(index, t, t * t, &table[2..]);
    let rest = Vector::select(middle, zero, lost * T::lookup(index, &table[2]));
    let sum = fma_dd(factor, p, value);
    let mut result = sum.hi + (sum.lo + rest);
    if !S::FMA {
        // What the product's rounding has lost is not representable where it is nearly subnormal.
        let tiny = a.lanes_lt(splat!(a, T::MIN_POSITIVE) * splat!(a, T::NORMALIZER.0));
        result = Vector::select(tiny, value + factor * p, result);
    }
    // The logarithm is that of |q|.
    let usual = (middle | s.lanes_le(splat!(a, pieces.end))) & q.lanes_gt(zero);
    if usual.all() {
        return result;
    }

    let table = pieces.far_table;
    let index = piece(s, pieces.far);
    let t = s - T::lookup(index, &table[0]);
    let p = polynomial(index, t, t * t, &table[2..]);
    let sum = fma_dd(t, p, T::lookup(index, &table[1]));
    let far = sum.hi + (sum.lo + lost * T::lookup(index, &table[2]));
    let end = Vector::select(q.lanes_eq(zero), splat!(a, T::INFINITY), splat!(a, T::NAN));
    Vector::select(usual, result, Vector::select(q.lanes_gt(zero), far, end))
}

/// The index of the piece, in the low bits.
#[inline(always)]
fn piece<T: Format, S: Simd>(s: Vector<T, S>, [offset, scale]: [T; 2]) -> Vector<T::Bits, S> {
    fma(s, splat!(s, scale), splat!(s, offset)).to_bits().shr_uniform(T::MANTISSA - 2)
}
