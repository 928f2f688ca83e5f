//! The error function and its relatives: `erf`, `erfc`, `norm_cdf`.
//!
//! ## `erf`
//!
//! - Formula: `2/√π` times the integral of `e^(-t²)` from 0 to `x`.
//! - Method: eight pieces of `|x|`, about equally long (`f64`: longer with `x`), their coefficients permuted from registers;
//!   on the first `x + x p(x)`, on the others `erf(c) + t p(t)` by minimax polynomials, where `t = |x| - c` is exact and `c`
//!   such a number that `erf(c)` is one too, to some bits more than the format has.
//! - Domain: all numbers; ±1 beyond 5.93 (`f32`: 3.93).
//! - Error: 0.81 ulp (`f32`; 0.84 without FMA), 0.75 ulp (`f64`; 0.84 without FMA).
//! - With `ulp = 4`: 2.69 ulp (`f32`), 1.86 ulp (`f64`); shorter polynomials, on pieces that grow with `x` in `f64`.
//! - Special values: `erf(±0) = ±0`, `erf(±inf) = ±1`, NaN gives NaN.
//!
//! ## `erfc`
//!
//! - Formula: `1 - erf(x)`, without its cancellation.
//! - Method: `erfc(x) = e^(g(x) - x²)` for positive `x`, with `g = ln(e^(x²) erfc(x))` by minimax polynomials as above, on
//!   pieces whose lengths grow with `x` (in the first, `t` is rounded where `x` is near 0); the square in two parts. The exponent's large parts cancel exactly, so that the
//!   reduced argument of the exponential function is accurate to the format's precision times itself.
//!   For `f32` with FMA `erfc(x) = e^(-x²) p(x)`, with such polynomials for `p` and powers of two in eighths, and what the
//!   factors' rounding loses. `erfc(x) = 2 - erfc(-x)` for negative `x`.
//! - Domain: all numbers; subnormal above 26.54 (`f32`: 9.19), 0 above 27.23 (10.06).
//! - Error: 0.87 ulp (`f32`), 0.93 ulp (`f64`).
//! - With `ulp = 4`: 2.95 ulp (`f32`), 0.93 ulp (`f64`); in `f32` nothing of what rounding loses is kept, in `f64` the
//!   same function.
//! - Special values: `erfc(±0) = 1`, `erfc(+inf) = +0`, `erfc(-inf) = 2`, NaN gives NaN.
//!
//! ## `norm_cdf`
//!
//! - Formula: the standard normal distribution function, `erfc(-x / √2) / 2`.
//! - Method: as for `erfc`, with polynomials of its own, so that `x` is not divided by `√2`.
//! - Domain: all numbers; subnormal below -37.52 (`f32`: -12.99), 0 below -38.49 (-14.18).
//! - Error: 0.89 ulp (`f32`), 0.92 ulp (`f64`).
//! - With `ulp = 4`: 2.90 ulp (`f32`), 0.92 ulp (`f64`); as for `erfc`.
//! - Special values: `norm_cdf(±0) = 1/2`, `norm_cdf(+inf) = 1`, `norm_cdf(-inf) = +0`, NaN gives NaN.

use super::bits::Format;
use super::eft::{Dd, aligned_product, fast_two_sum, fma, residual, two_prod, two_sum};
use super::erf_single;
use super::erf_tables::{ERF_F32, ERF_F64, ERFC_F32, ERFC_F64, NORM_CDF_F32, NORM_CDF_F64};
use super::exp::{Eighths, LN_2_F32, LN_2_OVER_8, Rare};
use super::pieces::{at_most, long_odd, long_polynomial, odd, polynomial};
use crate::lanes::{Rows, Simd, Stages, Vector};

/// Where the pieces of a tail start.
const TAIL_START: f64 = 1.2109375;

#[inline(always)]
pub(super) fn erf_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let size = at_most(x.float_abs(), 5.95);
    // The further the flatter: pieces become longer.
    let slope = fma(size, splat!(x, -0.0078), splat!(x, 0.212));
    let y = fma(size, slope, splat!(x, 1.01));
    long_odd(x, size, y.to_bits().shr_uniform(f64::MANTISSA - 3), y.lanes_lt(splat!(x, 1.125)), &ERF_F64)
}

#[inline(always)]
pub(super) fn erf_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let size = at_most(x.float_abs(), 3.925);
    let y = fma(size, splat!(x, 0.25), splat!(x, 1.0175));
    odd(x, size, y.to_bits().shr_uniform(f32::MANTISSA - 3), y.lanes_lt(splat!(x, 1.125)), &ERF_F32)
}

#[inline(always)]
pub(super) fn erfc_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    S::staged::<Erfc>(x)
}

#[inline(always)]
pub(super) fn erfc_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if S::FMA {
        return erf_single::ERFC.strict(x, x.lanes_ge(splat!(x, 0.0)));
    }
    let size = at_most(x.float_abs(), 10.056);
    let tail = tail_f32(size, square(size, size), 0.0, 1.806, &ERFC_F32);
    Vector::select(x.lanes_lt(splat!(x, 0.0)), splat!(x, 2.0) - tail, tail)
}

#[inline(always)]
pub(super) fn norm_cdf_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    S::staged::<NormCdf>(x)
}

#[inline(always)]
pub(super) fn norm_cdf_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if S::FMA {
        return erf_single::NORM_CDF.strict(x, x.lanes_le(splat!(x, 0.0)));
    }
    let size = at_most(x.float_abs(), 14.178);
    let tail = tail_f32(size, square(size, size * splat!(x, 0.5)), 1.0, 1.281, &NORM_CDF_F32);
    Vector::select(x.lanes_gt(splat!(x, 0.0)), splat!(x, 1.0) - tail, tail)
}

/// `a * b`, the first part a multiple of the last place of 3, at least. All large parts of the exponent are such multiples
/// then, and below 4 where they have cancelled: their sum is exact.
#[inline(always)]
fn square<T: Format, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Dd<T, S> {
    aligned_product(a, b, T::THREE)
}

struct Erfc;

impl Stages for Erfc {
    type Middle<S: Simd> = (Vector<f64, S>, Reduced<S>);

    #[inline(always)]
    fn first<S: Simd>(x: Vector<f64, S>) -> Self::Middle<S> {
        let size = at_most(x.float_abs(), 27.26);
        (x, Reduced::tail(size, square(size, size), 0.666, &ERFC_F64))
    }

    #[inline(always)]
    fn second<S: Simd>((x, tail): Self::Middle<S>) -> Vector<f64, S> {
        let tail = tail.power(1.0);
        Vector::select(x.lanes_lt(splat!(x, 0.0)), splat!(x, 2.0) - tail, tail)
    }
}

struct NormCdf;

impl Stages for NormCdf {
    type Middle<S: Simd> = (Vector<f64, S>, Reduced<S>);

    #[inline(always)]
    fn first<S: Simd>(x: Vector<f64, S>) -> Self::Middle<S> {
        let size = at_most(x.float_abs(), 38.488);
        (x, Reduced::tail(size, square(size, size * splat!(x, 0.5)), 0.4719, &NORM_CDF_F64))
    }

    #[inline(always)]
    fn second<S: Simd>((x, tail): Self::Middle<S>) -> Vector<f64, S> {
        let tail = tail.power(0.5);
        Vector::select(x.lanes_gt(splat!(x, 0.0)), splat!(x, 1.0) - tail, tail)
    }
}

/// An exponent `n ln 2 / 8 + r`.
#[derive(Clone, Copy)]
struct Reduced<S: Simd> {
    /// `n + SHIFTER`, and eight times the 256 by which the power is larger: its product with a factor may be subnormal.
    shifted: Vector<f64, S>,
    r: Vector<f64, S>,
}

impl<S: Simd> Reduced<S> {
    /// `g(size) - square`, where `g(c + t) = v + c1 t + c2 t² + …`.
    #[inline(always)]
    fn tail<const N: usize>(size: Vector<f64, S>, square: Dd<f64, S>, scale: f64, table: &'static Rows<N>) -> Self {
        let y = fma(size, splat!(size, scale), splat!(size, TAIL_START));
        // Pieces begin where the bit after the exponent would change in a number that starts at 2.
        let offset = splat!(size, 2f64.to_bits() - TAIL_START.to_bits());
        let index = (y.to_bits() + offset).shr_uniform(f64::MANTISSA - 1);
        let t = size - index.lookup8_row(table, 0);
        let (v, c1, t_square) = (index.lookup8_row(table, 1), index.lookup8_row(table, 2), t * t);
        // The terms from the third on are below 0.0067: r is little larger without them, and need not wait for them.
        let near = fma(t_square, index.lookup8_row(table, 3), fma(t, c1, v));
        let shifter = splat!(size, f64::SHIFTER + 8.0 * 256.0);
        let shifted = fma(near - square.hi, splat!(size, 8.0 * std::f64::consts::LOG2_E), shifter);
        let n = shifted - shifter;
        let large = v - fma(n, splat!(size, LN_2_OVER_8.0), square.hi);
        let small = fma(n, splat!(size, -LN_2_OVER_8.1), -square.lo);
        let small = fma(t_square, long_polynomial(index, t, t_square, table, 3), small);
        Self { shifted, r: residual(-t, c1, large) + small }
    }

    /// `factor` times the exponential function.
    #[inline(always)]
    fn power(self, factor: f64) -> Vector<f64, S> {
        let power = Eighths::wider(self.shifted, self.r).power(self.shifted);
        power * splat!(power, factor * f64::from_bits((1023 - 256) << 52))
    }
}

/// `e^(g(size) - square) / 2^less`, on levels without FMA.
#[inline(always)]
fn tail_f32<S: Simd, const N: usize>(
    size: Vector<f32, S>,
    square: Dd<f32, S>,
    less: f32,
    scale: f32,
    table: &[[f32; 8]; N],
) -> Vector<f32, S> {
    let y = fma(size, splat!(size, scale), splat!(size, TAIL_START as f32));
    let offset = splat!(size, 2f32.to_bits() - (TAIL_START as f32).to_bits());
    let index = (y.to_bits() + offset).shr_uniform(f32::MANTISSA - 1);
    let t = size - index.lookup8(&table[0]);
    let (v, c1, t_square) = (index.lookup8(&table[1]), index.lookup8(&table[2]), t * t);
    // The rest is below 0.03: r is little larger without it, and need not wait for it.
    let rest = t_square * polynomial(index, t, t_square, &table[3..]);
    let exponent = fma(t, c1, v) - square.hi;
    let shifter = splat!(size, f32::SHIFTER);
    let shifted = fma(exponent, splat!(size, std::f32::consts::LOG2_E), shifter);
    let n = shifted - shifter;
    let large = v - fma(n, splat!(size, LN_2_F32.0), square.hi);
    let small = rest - fma(n, splat!(size, LN_2_F32.1), square.lo);
    // r = sum.hi + small, of which the first joins 1 with all its bits.
    let sum = multiply_add(t, c1, large);
    let small = small + sum.lo;
    let r = sum.hi + small;
    let q = estrin!(r; 0.5, 0.16666667, 0.041666508, 0.008333178, 0.0013930949, 0.00019971267);
    let power = fast_two_sum(splat!(size, 1.0), sum.hi);
    let power = power.hi + (power.lo + fma(r * r, q, small));
    Rare::beyond(exponent, 86.0).scale(power, shifted - splat!(size, less))
}

/// `a * b + c`.
#[inline(always)]
fn multiply_add<T: Format, S: Simd>(a: Vector<T, S>, b: Vector<T, S>, c: Vector<T, S>) -> Dd<T, S> {
    let product = two_prod(a, b);
    let sum = two_sum(c, product.hi);
    Dd { hi: sum.hi, lo: sum.lo + product.lo }
}
