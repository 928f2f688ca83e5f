//! The cube root.
//!
//! ## `cbrt`
//!
//! - Formula: the cube root.
//! - Method (`f64`): a number near the inverse cube root, `r`, from a third of the
//!   representation; twice `h = 1 - x r³` and a minimax polynomial of it, which correct first `r`, then `x r²`, which is
//!   rounded once: half of `r` is zeros.
//! - Method (`f32`): `r` of 12 bits, a third of `-x` in the bits' exponents and mantissas; `y = x r²`, `e = 1 - y r`
//!   rounded once, and `y (1 - e)^(-2/3)` by a minimax polynomial: of what rounding `y` loses, a third is left. Without
//!   FMA, `x = 2^(3 q + j) (1 + f)`; a minimax polynomial approximates `(1 + f)^(-1/3)`, one step of third order makes it a
//!   root, and one Newton step from the exact remainder rounds it.
//! - Domain: all numbers, subnormal ones included.
//! - Error: 0.802 ulp (`f32`; 0.501 without FMA), 0.67 ulp (`f64`).
//! - Special values: `cbrt(±0) = ±0`, `cbrt(±inf) = ±inf`, NaN gives NaN.

use super::bits::{Format, copy_sign, scale};
use super::eft::{fma, residual, two_prod};
use super::log::{Domain, Reduced};
use crate::lanes::{Simd, Vector};

/// The start `r` for `|x|` has the bits of this less a third of those of `|x|`, all shifted by 12 and with 2^52 for the
/// exponent: then `1 - |x| r³` is between [`LARGEST_H`] and its negative.
const START: f64 = 7504458201519445.0;
const LARGEST_H: f64 = 0.1026;

#[inline(always)]
pub(super) fn cbrt_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let (root, h) = signed_root(x);
    // Subnormal numbers, zeros and NaN do not pass. Infinities stay, with FMA.
    let mut usual = h.lanes_le(splat!(x, LARGEST_H));
    if !S::FMA {
        usual = usual & h.lanes_ge(splat!(x, -LARGEST_H));
    }
    if usual.all() {
        return root;
    }
    let tiny = x.float_abs().lanes_lt(splat!(x, f64::MIN_POSITIVE)).and_not(x.lanes_eq(splat!(x, 0.0)));
    // 2^54, and the inverse of its cube root.
    let scaled = signed_root(x * splat!(x, 18014398509481984.0)).0 * splat!(x, 3.814697265625e-6);
    Vector::select(usual, root, Vector::select(tiny, scaled, x))
}

/// The cube root of a normal number; and `h` of the start, which tells whether it is one.
#[inline(always)]
fn signed_root<S: Simd>(x: Vector<f64, S>) -> (Vector<f64, S>, Vector<f64, S>) {
    let one = splat!(x, 1.0);
    let bits = x.to_bits();
    let upper = (bits.shr_uniform(12) & splat!(x, f64::MANTISSA_MASK >> 1)) | splat!(x, f64::UNIT_BITS);
    let start = fma(Vector::from_bits(upper), splat!(x, -1.0 / 3.0), splat!(x, START));
    // With the other sign, so that below nothing is negated: the sign of a NaN would depend on what the compiler negates.
    let sign = splat!(x, f64::SIGN);
    let r = Vector::from_bits(start.to_bits().shl_uniform(12) | ((bits ^ sign) & sign));
    // r (1 - h)^(-1/3), h = 1 + x r³.
    let start_h = fma(r, x * (r * r), one);
    let factor = horner!(start_h;
        1.0000000082324512, 0.33332895879845315, 0.2222120759206656, 0.17449680136777102, 0.1461008149481665);
    let r = r * factor;
    // 26 bits: their square is exact. The root is y (1 - h)^(-2/3), y = x r², and a rounding error of y also makes up h:
    // a third of it remains.
    let r = Vector::from_bits(r.to_bits() & splat!(x, u64::MAX << 27));
    let y = x * (r * r);
    let h = residual(-r, y, one);
    (fma(y * h, horner!(h; 0.6666666666666955, 0.5555555555556085), y), start_h)
}

/// The upper 20 bits of what the bits of `x` and three times those of `x^(-1/3)` add up to, nearly, a third of it; and
/// 4/3 of 2^23.
const BITS_F32: f32 = 11531466.0;
/// From here on `e` is not that of a normal number.
const USUAL_F32: f32 = 0.103;

#[inline(always)]
pub(super) fn cbrt_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if !S::FMA {
        let (domain, Reduced { k, f }) = Domain::reduce(x.float_abs());
        let start = estrin!(f; 0.99977505, -0.33468363, 0.23784998, -0.15855633);
        let constants =
            Constants { third: 1.0 / 3.0, step: (2.0 / 3.0, 5.0 / 9.0), thirds: (-0.23311026, 0.026810788) };
        return finish(x, domain, refine(k, f, start, constants));
    }
    let (root, e) = from_bits(x);
    let usual = e.float_abs().lanes_le(splat!(x, USUAL_F32));
    if usual.all() {
        return root;
    }
    // 2^24 and its inverse's cube root.
    let subnormal = from_bits(x * splat!(x, 16777216.0)).0 * splat!(x, 0.00390625);
    let size = x.float_abs();
    let finite = size.lanes_gt(splat!(x, 0.0)) & size.lanes_lt(splat!(x, f32::INFINITY));
    Vector::select(usual, root, Vector::select(finite, subnormal, x))
}

/// The cube root of a normal number, and `e`, which is larger for others.
#[inline(always)]
fn from_bits<S: Simd>(x: Vector<f32, S>) -> (Vector<f32, S>, Vector<f32, S>) {
    // The upper bits of |x| as an integer: put into the mantissa of 2^23, and there is the result's.
    let upper = x.to_bits().shr_uniform(12) & splat!(x, 0x7ffff);
    let upper = Vector::<f32, S>::from_bits(upper | splat!(x, f32::UNIT_BITS));
    let upper = upper.mul_add(splat!(x, -1.0 / 3.0), splat!(x, BITS_F32));
    let r = upper.to_bits().shl_uniform(12) | (x.to_bits() & splat!(x, f32::SIGN));
    let r = Vector::<f32, S>::from_bits(r);
    let y = x * (r * r);
    // y r and not x r³: what y lacks counts but a third then.
    let e = (-y).mul_add(r, splat!(x, 1.0));
    let p = horner!(e; 0.6666667, 0.55555564, 0.49380067, 0.4526245, 0.42876956, 0.40691358);
    ((y * e).mul_add(p, y), e)
}

/// `magnitude` with the sign of `x`; zeros, infinities and NaN stay.
#[inline(always)]
fn finish<T: Format, S: Simd>(x: Vector<T, S>, domain: Domain<S>, magnitude: Vector<T, S>) -> Vector<T, S> {
    let result = copy_sign(magnitude, x);
    if domain.any_rare {
        let finite = x.float_abs().lanes_lt(splat!(x, T::INFINITY));
        Vector::select(finite.and_not(x.lanes_eq(splat!(x, T::ZERO))), result, x)
    } else {
        result
    }
}

/// The numbers that both formats need, each rounded to it.
struct Constants<T> {
    /// 1/3.
    third: T,
    /// `(1 - h)^(-2/3) = 1 + h (step.0 + h step.1) + …`.
    step: (T, T),
    /// `2^(-j/3) = 1 + j (thirds.0 + j thirds.1)` for `j` of -1, 0 and 1.
    thirds: (T, T),
}

/// The cube root of `2^k (1 + f)`, where `start` approximates `(1 + f)^(-1/3)`.
#[inline(always)]
fn refine<T: Format, S: Simd>(
    k: Vector<T, S>,
    f: Vector<T, S>,
    start: Vector<T, S>,
    constants: Constants<T>,
) -> Vector<T, S> {
    let Constants { third, step, thirds } = constants;
    let (one, third) = (splat!(k, T::ONE), splat!(k, third));
    let shifter = splat!(k, T::SHIFTER);
    // k = 3 quotient + j; a = 2^j (1 + f), and r becomes near its inverse cube root.
    let quotient = fma(k, third, shifter);
    let j = k - (quotient - shifter) * splat!(k, T::THREE);
    let a = scale(one + f, j + shifter);
    let r = start * fma(j, fma(j, splat!(k, thirds.1), splat!(k, thirds.0)), one);
    // y = a r² is the root but for the factor (1 - h)^(-2/3), h = 1 - a r³.
    let square = r * r;
    let y = a * square;
    let h = fma(-y, r, one);
    let y = fma(y * h, fma(h, splat!(k, step.1), splat!(k, step.0)), y);
    // A Newton step from the exact a - y³.
    let y_square = two_prod(y, y);
    let rest = fma(-y_square.lo, y, residual(y_square.hi, y, a));
    scale(fma(rest, square * third, y), quotient)
}
