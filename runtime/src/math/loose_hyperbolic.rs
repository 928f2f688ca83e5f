//! Hyperbolic functions within 4 ulp; see [`hyperbolic`](mod@super::hyperbolic).
//!
//! `|x| = n ln 2 / 8 + r`, with half of `2^(n/8)` and half of its inverse from tables: their sum and their difference times
//! `cosh r` and `sinh r`, in numbers of one part.

use super::bits::{Format, copy_sign, halves};
use super::eft::fma;
use super::hyperbolic;
use super::loose_exp::{LooseExp, Reduced};
use crate::lanes::{Simd, Vector};

/// The tables and the polynomials of a format.
pub(super) trait LooseHyperbolic: LooseExp {
    /// Half of `2^(k/8)`, rounded, less what `k` adds to the bits when the exponent is added there.
    const HALVES: [Self; 8];
    /// Half of `2^(-k/8)`, rounded, with what `k` takes from the bits when the exponent is taken there.
    const INVERSE_HALVES: [Self; 8];
    /// What the difference of the two lost by their rounding, for `n = k`; for larger `n` it does not count.
    const DIFFERENCE_LOST: [Self; 8];

    /// `sinh r`.
    fn short_sinh<S: Simd>(r: Vector<Self, S>, square: Vector<Self, S>) -> Vector<Self, S>;
    /// `(cosh r - 1) / r²` in `r²`.
    fn short_cosh<S: Simd>(square: Vector<Self, S>) -> Vector<Self, S>;
    fn strict_sinh<S: Simd>(x: Vector<Self, S>) -> Vector<Self, S>;
    fn strict_cosh<S: Simd>(x: Vector<Self, S>) -> Vector<Self, S>;
}

impl LooseHyperbolic for f64 {
    const HALVES: [f64; 8] = {
        let mut table = Self::POWERS;
        let mut k = 0;
        while k < 8 {
            table[k] = f64::from_bits(table[k].to_bits() - (1 << f64::MANTISSA));
            k += 1;
        }
        table
    };
    const INVERSE_HALVES: [f64; 8] = {
        let rounded = [
            1.0,
            0.9170040432046712,
            0.8408964152537145,
            0.7711054127039704,
            std::f64::consts::FRAC_1_SQRT_2,
            0.6484197773255048,
            0.5946035575013605,
            0.5452538663326288,
        ];
        let mut table = [0.0; 8];
        let mut k = 0;
        while k < 8 {
            let bits = rounded[k].to_bits() + ((k as u64) << (f64::MANTISSA - 3)) - (1 << f64::MANTISSA);
            table[k] = f64::from_bits(bits);
            k += 1;
        }
        table
    };
    const DIFFERENCE_LOST: [f64; 8] = halves([
        0.0,
        -2.3441678459676422e-17,
        -5.874488941255114e-19,
        -7.183335626799895e-18,
        -2.4168233283632284e-17,
        3.340354834976603e-17,
        3.104001202424337e-17,
        2.4032491320759314e-17,
    ]);

    #[inline(always)]
    fn short_sinh<S: Simd>(r: Vector<f64, S>, square: Vector<f64, S>) -> Vector<f64, S> {
        hyperbolic::short_sinh(r, square)
    }

    #[inline(always)]
    fn short_cosh<S: Simd>(square: Vector<f64, S>) -> Vector<f64, S> {
        hyperbolic::short_cosh(square)
    }

    #[inline(always)]
    fn strict_sinh<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
        hyperbolic::sinh_f64(x)
    }

    #[inline(always)]
    fn strict_cosh<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
        hyperbolic::cosh_f64(x)
    }
}

impl LooseHyperbolic for f32 {
    const HALVES: [f32; 8] = super::eighths_single::HALVES;
    const INVERSE_HALVES: [f32; 8] = super::eighths_single::INVERSE_HALVES;
    const DIFFERENCE_LOST: [f32; 8] =
        [0.0, -3.7289505e-9, 2.517701e-8, -2.2112723e-8, 6.050809e-9, 1.408295e-8, -2.1871752e-8, -2.350254e-9];

    #[inline(always)]
    fn short_sinh<S: Simd>(r: Vector<f32, S>, square: Vector<f32, S>) -> Vector<f32, S> {
        fma(square * r, splat!(r, 0.16667455), r)
    }

    #[inline(always)]
    fn short_cosh<S: Simd>(square: Vector<f32, S>) -> Vector<f32, S> {
        splat!(square, 0.50006527)
    }

    #[inline(always)]
    fn strict_sinh<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
        hyperbolic::sinh_f32(x)
    }

    #[inline(always)]
    fn strict_cosh<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
        hyperbolic::cosh_f32(x)
    }
}

/// The parts of both functions.
struct Parts<T: LooseHyperbolic, S: Simd> {
    reduced: Reduced<T, S>,
    sum: Vector<T, S>,
    difference: Vector<T, S>,
    sinh: Vector<T, S>,
    cosh_less_one: Vector<T, S>,
}

impl<T: LooseHyperbolic, S: Simd> Parts<T, S> {
    #[inline(always)]
    fn of(x: Vector<T, S>) -> Self {
        let reduced = Reduced::of(x.float_abs());
        let Reduced { index, exponent, r } = reduced;
        let up = Vector::<T, S>::from_bits(T::lookup(index, &T::HALVES).to_bits() + exponent);
        let down = Vector::<T, S>::from_bits(T::lookup(index, &T::INVERSE_HALVES).to_bits() - exponent);
        let square = r * r;
        Self {
            reduced,
            sum: up + down,
            difference: up - down,
            sinh: T::short_sinh(r, square),
            cosh_less_one: square * T::short_cosh(square),
        }
    }
}

#[inline(always)]
pub(super) fn sinh<T: LooseHyperbolic, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return T::strict_sinh(x);
    }
    let Parts { reduced, sum, difference, sinh, cosh_less_one } = Parts::of(x);
    // The difference is exact where what its terms lost counts.
    let rest = fma(difference, cosh_less_one, T::lookup(reduced.index, &T::DIFFERENCE_LOST));
    let result = copy_sign(difference + fma(sum, sinh, rest), x);
    if !x.any_beyond(T::USUAL) {
        return result;
    }
    Vector::select(x.float_abs().lanes_gt(splat!(x, T::USUAL)), T::strict_sinh(x), result)
}

#[inline(always)]
pub(super) fn cosh<T: LooseHyperbolic, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return T::strict_cosh(x);
    }
    let Parts { sum, difference, sinh, cosh_less_one, .. } = Parts::of(x);
    let result = sum + fma(sum, cosh_less_one, difference * sinh);
    if !x.any_beyond(T::USUAL) {
        return result;
    }
    Vector::select(x.float_abs().lanes_gt(splat!(x, T::USUAL)), T::strict_cosh(x), result)
}

#[inline(always)]
pub(super) fn tanh_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    if S::FMA { tanh(x, 44.0) } else { hyperbolic::tanh_f64(x) }
}

#[inline(always)]
pub(super) fn tanh_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if S::FMA { tanh(x, 20.0) } else { hyperbolic::tanh_f32(x) }
}

/// `(e^2|x| - 1) / (e^2|x| + 1)`, which is 1 from half of the limit on.
#[inline(always)]
fn tanh<T: LooseExp, S: Simd>(x: Vector<T, S>, limit: T) -> Vector<T, S> {
    let e = Reduced::of(hyperbolic::tanh_argument(x, limit)).exp_m1();
    let result = copy_sign(e / (e + splat!(x, T::TWO)), x);
    // The powers for NaN may be other NaN.
    let nan = x.lanes_ne(x);
    if nan.any() { Vector::select(nan, x, result) } else { result }
}
