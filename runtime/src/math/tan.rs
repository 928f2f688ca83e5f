//! Tangent.
//!
//! ## `tan`
//!
//! - Formula: `x = n π/2 + r`; `tan x` is `tan r` for even `n`, `-1 / tan r` for odd `n`.
//! - Method: reduction as for the sine; `r cot r = 1 - r² p(r²)` by a minimax polynomial, with what its terms lose;
//!   `r / (r cot r)` or `-(r cot r) / r` by one division and one step of Newton's method.
//! - Domain: all numbers.
//! - Error: 0.795 ulp (`f32`), 0.77 ulp (`f64`).
//! - With `ulp = 4`: 2.54 ulp (`f32`), 2.46 ulp (`f64`); without what the roundings lose.
//! - Special values: `tan ±0` is ±0; infinities and NaN give NaN.

use super::eft::{Dd, fast_two_sum, fma, residual};
use super::float_methods::{flip_sign, sign_bit};
use super::reduce::{Angle, reduce};
use crate::lanes::{Int, Mask, Simd, Vector};

/// The polynomial of a format.
pub(super) trait Tangent: Angle {
    /// `(1 - r cot r) / r²` in `z = r²`, `|r| <= π/4`: it converges twice as fast as the tangent's own.
    fn cotangent<S: Simd>(z: Vector<Self, S>) -> Vector<Self, S>;
    /// The line `a - b x` near `1 / x` for x from π/4 to 1.
    const RECIPROCAL: [Self; 2];
}

impl Tangent for f64 {
    const RECIPROCAL: [f64; 2] = [2.269, 1.273];

    #[inline(always)]
    fn cotangent<S: Simd>(z: Vector<f64, S>) -> Vector<f64, S> {
        horner!(z;
            0.3333333333333344, 0.022222222222152106, 0.002116402117955906, 0.0002116401947596812,
            2.137790275795744e-05, 2.1640213833934287e-06, 2.2012635032167778e-07, 2.1045785597733816e-08,
            3.096028001129208e-09)
    }
}

impl Tangent for f32 {
    const RECIPROCAL: [f32; 2] = [2.269, 1.273];

    #[inline(always)]
    fn cotangent<S: Simd>(z: Vector<f32, S>) -> Vector<f32, S> {
        horner!(z; 0.33333308, 0.022226255, 0.0020970486, 0.00024755564)
    }
}

#[inline(always)]
pub(super) fn tan<T: Tangent, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let reduced = reduce(x.float_abs());
    // Beside an r that has cancelled, the low part may be larger than what the division can bear.
    let r = fast_two_sum(reduced.hi, reduced.lo);
    let sign = reduced.quadrant.shl_uniform(T::Bits::BITS - 1);
    flip_sign(tan_of(r, T::is_negative(sign)), sign ^ sign_bit(x))
}

/// `tan r`, and `1 / tan r` in odd quadrants.
#[inline(always)]
pub(super) fn tan_of<T: Tangent, S: Simd>(r: Dd<T, S>, odd: Mask<S>) -> Vector<T, S> {
    let [a, b] = T::RECIPROCAL;
    // d = r cot r = 1 - r² w, all products with what rounding them has lost.
    let one = splat!(r.hi, T::ONE);
    let z = r.hi * r.hi;
    let z_lo = fma(r.lo + r.lo, r.hi, -residual(r.hi, r.hi, z));
    let w = T::cotangent(z);
    let d_hi = fma(-z, w, one);
    let d = Dd { hi: d_hi, lo: fma(-z_lo, w, residual(z, w, one - d_hi)) };

    // tan r = r / d, and 1 / tan r = d / r.
    let top = Dd { hi: Vector::select(odd, d.hi, r.hi), lo: Vector::select(odd, d.lo, r.lo) };
    let bottom = Dd { hi: Vector::select(odd, r.hi, d.hi), lo: Vector::select(odd, r.lo, d.lo) };
    let quotient = top.hi / bottom.hi;
    // One step of Newton's method; of the rest of the division a few bits are enough, so that the
    // reciprocal of the divisor may be taken from a line, in odd quadrants as 1 / r = quotient / d.
    let rest = residual(quotient, bottom.hi, top.hi) + fma(-quotient, bottom.lo, top.lo);
    let reciprocal = fma(splat!(one, b), -d.hi, splat!(one, a)) * Vector::select(odd, quotient, one);
    fma(rest, reciprocal, quotient)
}
