//! The tails of `erfc` and `norm_cdf` in `f32`, on levels with FMA; see [`erf`](mod@super::erf).
//!
//! A tail is `e^-s p`, where `s` is the square of `x`, or half of it, and never a number of its own: the exponential
//! function's reduced argument comes from `x` straight. The tail is computed larger by a power of two, so that nothing but
//! the result is ever subnormal.

use super::bits::Format;
use super::eighths_single::{EIGHTHS, EIGHTHS_LOST, SHIFTER_OF_EIGHTHS, grown};
use super::loose_erf_tables::{ERFC_F32, NORM_CDF_F32};
use super::pieces::{at_most, polynomial};
use crate::lanes::{Mask, Simd, Vector};

/// `ln 2` in two parts: the product of the first with any exponent, in eighths, is exact.
const LN_2: (f32, f32) = (0.69311523, 3.1946184e-5);

/// By what power of two a tail is larger.
const UP: u32 = 64;

/// What is added to the bits of `START`, and the same times a power of two, to make the pieces begin where the bit after
/// the exponent changes.
const OFFSET: u32 = 2f32.to_bits() - START.to_bits();
/// Where the pieces start.
const START: f32 = 1.2109375;

/// A function's tail: what the functions differ in.
pub(super) struct Tail {
    /// From here on the result is 0.
    limit: f32,
    /// `s / x²`.
    factor: f32,
    /// What is multiplied with `|x|` to make pieces, which grow with it.
    scale: f32,
    /// The function at minus infinity, of which the other side's results are less by the tail.
    most: f32,
    /// The rows `c` and the coefficients of `p` in `|x| - c`, the first of which is a float to some bits more.
    table: &'static [[f32; 8]; 9],
}

pub(super) const ERFC: Tail = Tail { limit: 10.056, factor: 1.0, scale: 1.806, most: 2.0, table: &ERFC_F32 };

pub(super) const NORM_CDF: Tail = Tail { limit: 14.178, factor: 0.5, scale: 1.281, most: 1.0, table: &NORM_CDF_F32 };

/// `e^-s` as `2^(n/8) e^r`.
struct Reduced<S: Simd> {
    /// `n / 8 + UP + SHIFTER_OF_EIGHTHS`.
    shifted: Vector<f32, S>,
    /// The large part of `r`, and what is multiplied with `n / 8` to make the small one.
    r: Vector<f32, S>,
    n: Vector<f32, S>,
}

impl Tail {
    #[inline(always)]
    fn reduce<S: Simd>(&self, size: Vector<f32, S>) -> Reduced<S> {
        let other = if self.factor == 1.0 { size } else { size * splat!(size, self.factor) };
        let shifter = splat!(size, SHIFTER_OF_EIGHTHS + UP as f32);
        let shifted = (size * other).mul_add(splat!(size, -std::f32::consts::LOG2_E), shifter);
        let n = shifted - shifter;
        Reduced { shifted, r: (-size).mul_add(other, n * splat!(size, -LN_2.0)), n }
    }

    /// The piece, and `|x|` less its centre.
    #[inline(always)]
    fn piece<S: Simd>(&self, size: Vector<f32, S>) -> (Vector<u32, S>, Vector<f32, S>) {
        let y = size.mul_add(splat!(size, self.scale), splat!(size, START));
        let index = (y.to_bits() + splat!(size, OFFSET)).shr_uniform(f32::MANTISSA - 1);
        (index, size - index.lookup8(&self.table[0]))
    }

    /// Within 1 ulp; `tails` are the lanes whose results are tails, among which NaN is not.
    #[inline(always)]
    pub(super) fn strict<S: Simd>(&self, x: Vector<f32, S>, tails: Mask<S>) -> Vector<f32, S> {
        let size = at_most(x.float_abs(), self.limit);
        let Reduced { shifted, r, n } = self.reduce(size);
        let entry = shifted.to_bits();
        // With what rounding the power loses, as if it were a part of r.
        let r = r + n.mul_add(splat!(x, -LN_2.1), entry.lookup8(&EIGHTHS_LOST));
        let growth = (r * r).mul_add(horner!(r; 0.5, 0.16667849, 0.041669074), r);
        let power = entry.lookup8(&EIGHTHS).to_bits() + entry.shl_uniform(f32::MANTISSA - 3);
        let power = Vector::from_bits(power);

        let (index, t) = self.piece(size);
        let first = index.lookup8(&self.table[1]);
        let q = polynomial(index, t, t * t, &self.table[2..]);
        // p = first + t q
        let p = t.mul_add(q, first);
        // What p has lost is added together with its growth: the product with p is exact in effect.
        let rest = p.mul_add(growth, t.mul_add(q, first - p));
        self.finish(tails, power.mul_add(p, power * rest))
    }

    /// Within 4 ulp.
    #[inline(always)]
    pub(super) fn loose<S: Simd>(&self, x: Vector<f32, S>, tails: Mask<S>) -> Vector<f32, S> {
        let size = at_most(x.float_abs(), self.limit);
        let Reduced { shifted, r, n } = self.reduce(size);
        let r = n.mul_add(splat!(x, -LN_2.1), r);
        let growth = (r * r).mul_add(horner!(r; 0.5000648, 0.16668), r);
        let power = grown(shifted.to_bits().lookup8(&EIGHTHS), shifted, growth);
        let (index, t) = self.piece(size);
        self.finish(tails, power * polynomial(index, t, t * t, &self.table[1..]))
    }

    /// The result from the tail times `2^UP`: the tail, or what it leaves of `most`, in which NaN is.
    #[inline(always)]
    fn finish<S: Simd>(&self, tails: Mask<S>, large: Vector<f32, S>) -> Vector<f32, S> {
        const DOWN: f32 = 1.0 / (1u128 << UP) as f32;
        // Multiplications with subnormal results are slow. So the power is taken from the bits; and where they then would
        // be subnormal, they are those of a sum instead, which rounds: there, and only there, that is larger.
        let sum = large.mul_add(splat!(large, 0.5), splat!(large, f32::MIN_POSITIVE / 2.0 / DOWN));
        let tail = large.to_bits().max(sum.to_bits()) - splat!(large, UP << f32::MANTISSA);
        let other = large.mul_add(splat!(large, -DOWN), splat!(large, self.most));
        Vector::select(tails, Vector::from_bits(tail), other)
    }
}
