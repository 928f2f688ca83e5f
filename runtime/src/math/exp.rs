//! Exponentials.
//!
//! ## `exp`
//!
//! - Formula: `e^x`.
//! - Method (`f64`): `x = n ln 2 / 8 + r` with `|r| <= ln 2 / 16`, `ln 2 / 8` in two parts; `2^(k/8)` for
//!   `k = n % 8` from a table, with what its rounding lost from another; `e^r = 1 + r + r² q(r)` by a
//!   minimax polynomial; the rest of `n` into the exponent.
//! - Method (`f32`): `x = n ln 2 + r` with `|r| <= ln 2 / 2`, `ln 2` in two parts; `e^r = 1 + r + r² q(r)`
//!   by a minimax polynomial; `2^n` into the exponent.
//! - Domain: all numbers; infinite above 709.78 (`f32`: 88.72), subnormal below -708.39 (-87.33), 0 below
//!   -745.13 (-103.97).
//! - Error: 0.895 ulp (`f32`), 0.79 ulp (`f64`; 0.61 where the result is normal).
//! - With `ulp = 4`: 1.15 ulp (`f32`), 1.02 ulp (`f64`); eighths of the exponent in both formats, and one part.
//! - Special values: `exp(±0) = 1`, `exp(-inf) = +0`, `exp(+inf) = +inf`, NaN gives NaN.
//!
//! ## `exp2`
//!
//! - Formula: `2^x`.
//! - Method (`f64`): that of `exp`, with `x = n / 8 + r` exactly.
//! - Method (`f32`): `x = n + r` with `|r| <= 1/2`, exactly; `2^r = 1 + r ln 2 + r² q(r)` by a minimax polynomial;
//!   `2^n` into the exponent.
//! - Domain: all numbers; infinite from 1024 (`f32`: 128), subnormal below -1022 (-126), 0 up to -1075
//!   (-150).
//! - Error: 0.911 ulp (`f32`), 0.80 ulp (`f64`; 0.63 where the result is normal, 0.81 without FMA).
//! - With `ulp = 4`: 1.15 ulp (`f32`), 0.80 ulp (`f64`); in `f32` as `exp`; in `f64` the same function.
//! - Special values: `exp2(±0) = 1`, `exp2(-inf) = +0`, `exp2(+inf) = +inf`, NaN gives NaN; integers give
//!   exact powers.
//!
//! ## `exp10`
//!
//! - Formula: `10^x`.
//! - Method: as for `exp`, with `x = n log10(2) / 8 + t` and, in `f32`, `x = n log10(2) + t`,
//!   the constants in two parts.
//! - Domain: all numbers; infinite above 308.25 (`f32`: 38.53), subnormal below -307.65 (-37.93), 0 below
//!   -323.61 (-45.15).
//! - Error: 0.90 ulp (`f32`; 0.88 without FMA), 0.82 ulp (`f64`; 0.66 where the result is normal).
//! - With `ulp = 4`: 1.17 ulp (`f32`), 0.82 ulp (`f64`); in `f32` as `exp`; in `f64` the same function.
//! - Special values: `exp10(±0) = 1`, `exp10(-inf) = +0`, `exp10(+inf) = +inf`, NaN gives NaN; integers give
//!   the powers of ten exactly where they are representable.
//!
//! ## `exp_m1`
//!
//! - Formula: `e^x - 1`, without its cancellation.
//! - Method (`f64`): the reduction of `exp`, its error kept; `2^(n/8) - 1 + 2^(n/8) (e^r - 1)`, the sum of all but `r² q(r)`
//!   in double-double.
//! - Method (`f32`): the reduction of `exp`, its error kept; `2^n - 1 + 2^n (e^r - 1)`, with `r + r² / 2` of the
//!   polynomial in double-double.
//! - Domain: all numbers; infinite above 709.78 (`f32`: 88.72).
//! - Error: 0.67 ulp (`f32`; 0.71 without FMA), 0.74 ulp (`f64`).
//! - With `ulp = 4`: 1.24 ulp (`f32`), 1.37 ulp (`f64`); eighths of the exponent in both formats, and one part.
//! - Special values: `exp_m1(±0) = ±0`, `exp_m1(-inf) = -1`, `exp_m1(+inf) = +inf`, NaN gives NaN.

use super::bits::{Format, copy_sign, ldexp, scale};
use super::eft::{Dd, fast_two_sum, fma, fma_dd, two_prod, two_sum};
use super::eighths_single;
use crate::lanes::{Mask, Simd, Vector};

/// `ln 2` in two parts: the product of the first with any exponent is exact.
pub(super) const LN_2_F64: (f64, f64) = (0.6931471805598903, 5.497923018708371e-14);
/// `ln 2` in two parts: the product of the first with any exponent is exact.
pub(super) const LN_2_F32: (f32, f32) = (0.69314575, 1.4286068e-6);

/// `ln 2 / 8` in two parts: the product of the first with any exponent times 8 is exact.
pub(super) const LN_2_OVER_8: (f64, f64) = (0.08664339756978734, 2.0582436978621353e-13);

/// `log10(2) / 8` in two parts: the product of the first with any exponent times 8 is exact.
const LOG10_2_OVER_8: (f64, f64) = (0.037628749458008315, -1.0665430396321383e-14);
/// `log10(2)` in two parts: the product of the first with any exponent is exact.
pub(super) const LOG10_2_F32: (f32, f32) = (0.3010254, 4.605039e-6);

/// The bit of the representation that is an eighth of the exponent's unit.
const EIGHTH: u32 = f64::MANTISSA - 3;

/// `2^(k/8)`, rounded, less what `k` adds to the bits when the exponent is added there.
pub(super) const EIGHTHS: [f64; 8] = {
    let rounded = [
        1.0,
        1.0905077326652577,
        1.189207115002721,
        1.2968395546510096,
        std::f64::consts::SQRT_2,
        1.5422108254079407,
        1.681792830507429,
        1.8340080864093424,
    ];
    let mut table = [0.0; 8];
    let mut k = 0;
    while k < 8 {
        table[k] = f64::from_bits(rounded[k].to_bits() - ((k as u64) << EIGHTH));
        k += 1;
    }
    table
};

/// `ln 2^(k/8)` less the logarithm of the rounded power, to 20 bits: the upper half of the
/// representation, and as the lower half the same again, so that a permutation of 32-bit lanes
/// moves both at once.
pub(super) const EIGHTHS_LOST: [f64; 8] = {
    let halves: [u64; 8] =
        [0x0000_0000, 0xbc80_1b15, 0x3c83_4d75, 0x3c76_90ce, 0xbc93_b3ef, 0x3c8d_b730, 0x3c8c_1a77, 0x3c74_a385];
    let mut table = [0.0; 8];
    let mut k = 0;
    while k < 8 {
        table[k] = f64::from_bits(halves[k] << 32 | halves[k]);
        k += 1;
    }
    table
};

#[inline(always)]
pub(super) fn exp_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    // Well inside the normal range: on levels without FMA, no product may be subnormal.
    Eighths::of_exp(x).finish(x, 700.0, [-746.0, 710.0])
}

#[inline(always)]
pub(super) fn exp2_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let shifter = splat!(x, f64::SHIFTER);
    let shifted = fma(x, splat!(x, 8.0), shifter);
    let r = fma(shifted - shifter, splat!(x, -0.125), x);
    Eighths::new(shifted, r * splat!(x, std::f64::consts::LN_2)).finish(x, 1021.0, [-1076.0, 1025.0])
}

#[inline(always)]
pub(super) fn exp10_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let shifter = splat!(x, f64::SHIFTER);
    let shifted = fma(x, splat!(x, 8.0 * std::f64::consts::LOG2_10), shifter);
    let n = shifted - shifter;
    let t = fma(n, splat!(x, -LOG10_2_OVER_8.0), x);
    let t = fma(n, splat!(x, -LOG10_2_OVER_8.1), t);
    Eighths::new(shifted, t * splat!(x, std::f64::consts::LN_10)).finish(x, 300.0, [-324.0, 308.5])
}

/// An exponent as `n ln 2 / 8 + r` with `|r| <= ln 2 / 16`.
pub(super) struct Eighths<S: Simd> {
    /// `n + SHIFTER`.
    pub(super) shifted: Vector<f64, S>,
    /// The entry of [`EIGHTHS`] for `n`.
    pub(super) entry: Vector<f64, S>,
    /// The second factor less 1, and what the rounding of the first lost.
    pub(super) growth: Vector<f64, S>,
}

impl<S: Simd> Eighths<S> {
    /// The exponent of `e^x`.
    #[inline(always)]
    pub(super) fn of_exp(x: Vector<f64, S>) -> Self {
        let shifter = splat!(x, f64::SHIFTER);
        let shifted = fma(x, splat!(x, 8.0 * std::f64::consts::LOG2_E), shifter);
        let n = shifted - shifter;
        let r = fma(n, splat!(x, -LN_2_OVER_8.0), x);
        let r = fma(n, splat!(x, -LN_2_OVER_8.1), r);
        Self::new(shifted, r)
    }

    /// The exponent of `e^(x.hi + x.lo)`.
    #[inline(always)]
    pub(super) fn of_sum(x: Dd<f64, S>) -> Self {
        let shifter = splat!(x.hi, f64::SHIFTER);
        let shifted = fma(x.hi, splat!(x.hi, 8.0 * std::f64::consts::LOG2_E), shifter);
        let n = shifted - shifter;
        let exact = fma(n, splat!(n, -LN_2_OVER_8.0), x.hi);
        Self::new(shifted, exact + fma(n, splat!(n, -LN_2_OVER_8.1), x.lo))
    }

    #[inline(always)]
    pub(super) fn new(shifted: Vector<f64, S>, r: Vector<f64, S>) -> Self {
        let square = r * r;
        Self::with_quotient(shifted, r, square, eighths_quotient(r, square))
    }

    /// The same for `|r| <= 1/20`.
    #[inline(always)]
    pub(super) fn wider(shifted: Vector<f64, S>, r: Vector<f64, S>) -> Self {
        let square = r * r;
        let [s, t, a, b] = [6.181204367487967, 18.467625219347543, 0.0001984287344542773, 0.00016247938790708277];
        let q = adapted(r, square, [s, t, a, b, 0.01301437984304661, 0.20424119846444586]);
        Self::with_quotient(shifted, r, square, q)
    }

    /// By `q = (e^r - 1 - r) / r²`.
    #[inline(always)]
    fn with_quotient(shifted: Vector<f64, S>, r: Vector<f64, S>, square: Vector<f64, S>, q: Vector<f64, S>) -> Self {
        let index = shifted.to_bits();
        let growth = fma(square, q, r + index.lookup8(&EIGHTHS_LOST));
        Self { shifted, entry: index.lookup8(&EIGHTHS), growth }
    }

    /// `2^(n/8) (1 + growth)`, where `shifted` is `n + SHIFTER`.
    #[inline(always)]
    pub(super) fn power(&self, shifted: Vector<f64, S>) -> Vector<f64, S> {
        let power = with_exponent(self.entry, shifted);
        fma(power, self.growth, power)
    }

    /// The power in double-double, if it is normal.
    #[inline(always)]
    pub(super) fn extended(&self) -> Dd<f64, S> {
        let power = with_exponent(self.entry, self.shifted);
        fast_two_sum(power, power * self.growth)
    }

    /// The power for the argument `x`: surely normal where `|x|` is at most `usual`, 0 below the first of the
    /// `ends` and infinite above the second. NaN comes through the usual way, too.
    #[inline(always)]
    pub(super) fn finish(&self, x: Vector<f64, S>, usual: f64, ends: [f64; 2]) -> Vector<f64, S> {
        if x.any_beyond(usual) { self.far(x, usual, ends) } else { self.power(self.shifted) }
    }

    /// [`finish`](Self::finish) where some arguments are beyond `usual`.
    #[inline(always)]
    pub(super) fn far(&self, x: Vector<f64, S>, usual: f64, ends: [f64; 2]) -> Vector<f64, S> {
        let result = self.power(self.shifted);
        // The eighths stay with the power; the whole exponent is out of its range.
        let (eighths, whole) = eighths_and_whole(self.shifted);
        let scaled = ldexp(self.power(eighths), whole);
        let scaled = Vector::select(x.lanes_gt(splat!(x, ends[1])), splat!(x, f64::INFINITY), scaled);
        let scaled = Vector::select(x.lanes_lt(splat!(x, ends[0])), splat!(x, 0.0), scaled);
        Vector::select(x.float_abs().lanes_le(splat!(x, usual)), result, scaled)
    }
}

/// `(e^r - 1 - r) / r²` for `|r| <= ln 2 / 16`.
#[inline(always)]
pub(super) fn eighths_quotient<S: Simd>(r: Vector<f64, S>, square: Vector<f64, S>) -> Vector<f64, S> {
    adapted(
        r,
        square,
        [
            6.181091641836169,
            18.46776184550356,
            0.00019842483118934017,
            0.0001624969052644993,
            0.01301437957861024,
            0.204232630878163,
        ],
    )
}

/// The same with one more term: accurate relatively to `e^r - 1`.
#[inline(always)]
pub(super) fn relative_quotient<S: Simd>(r: Vector<f64, S>, square: Vector<f64, S>) -> Vector<f64, S> {
    let q = adapted(
        r,
        square,
        [
            8.000361569379923,
            28.00035350347657,
            2.4802629794906073e-05,
            -9.489124672631844e-09,
            0.002777754405320731,
            0.08889600103344054,
        ],
    );
    fma(r, q, splat!(r, 0.5))
}

/// A polynomial of degree 5. The loop waits for its products, additions run beside them: so it has adapted coefficients
/// (Knuth, TAOCP 4.6.4), `(r² + sr + t) ((r² + t) (ar + b) + c) + d`.
#[inline(always)]
fn adapted<S: Simd>(r: Vector<f64, S>, square: Vector<f64, S>, [s, t, a, b, c, d]: [f64; 6]) -> Vector<f64, S> {
    let inner = square + splat!(r, t);
    let outer = fma(r, splat!(r, s), inner);
    let q = fma(inner, fma(r, splat!(r, a), splat!(r, b)), splat!(r, c));
    fma(outer, q, splat!(r, d))
}

/// An entry of [`EIGHTHS`] with the rest of the exponent `n / 8`, where `shifted` is `n + SHIFTER`.
#[inline(always)]
pub(super) fn with_exponent<S: Simd>(entry: Vector<f64, S>, shifted: Vector<f64, S>) -> Vector<f64, S> {
    Vector::from_bits(entry.to_bits() + shifted.to_bits().shl_uniform(EIGHTH))
}

/// `2^power`, if it is normal, to some 34 bits.
#[inline(always)]
pub(super) fn exp2_short<S: Simd>(power: Vector<f64, S>) -> Vector<f64, S> {
    let shifter = splat!(power, f64::SHIFTER);
    let shifted = fma(power, splat!(power, 8.0), shifter);
    let r = fma(shifted - shifter, splat!(power, -0.125), power);
    let p = horner!(r; 0.6931471779766598, 0.24022650576536822, 0.05550935807539965, 0.009619038760452083);
    let eighth = two_to_eighths(shifted);
    fma(eighth, r * p, eighth)
}

/// `2^(n/8)`, rounded, for a normal result, where `shifted` is `n + SHIFTER`.
#[inline(always)]
pub(super) fn two_to_eighths<S: Simd>(shifted: Vector<f64, S>) -> Vector<f64, S> {
    with_exponent(shifted.to_bits().lookup8(&EIGHTHS), shifted)
}

/// `n % 8` and `n / 8`, rounded down, from `n + SHIFTER`, and like it.
#[inline(always)]
pub(super) fn eighths_and_whole<S: Simd>(shifted: Vector<f64, S>) -> (Vector<f64, S>, Vector<f64, S>) {
    let shifter = splat!(shifted, f64::SHIFTER);
    let n = shifted - shifter;
    let whole = (n * splat!(n, 0.125)).floor();
    (n - whole * splat!(n, 8.0) + shifter, whole + shifter)
}

/// What the rounding of `2^(n/8)` lost, in parts of it, where `shifted` is `n + SHIFTER`.
#[inline(always)]
pub(super) fn lost_of_eighths<S: Simd>(shifted: Vector<f64, S>) -> Vector<f64, S> {
    shifted.to_bits().lookup8(&EIGHTHS_LOST)
}

#[inline(always)]
pub(super) fn exp_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let rare = Rare::beyond(x, 87.0);
    let x = rare.confine(x, -104.0, 89.0);
    let shifter = splat!(x, f32::SHIFTER);
    let shifted = fma(x, splat!(x, std::f32::consts::LOG2_E), shifter);
    let n = shifted - shifter;
    let r = fma(n, splat!(x, -LN_2_F32.0), x);
    let r = fma(n, splat!(x, -LN_2_F32.1), r);
    let q = estrin!(r; 0.5, 0.16666667, 0.041666508, 0.008333178, 0.0013930949, 0.00019971267);
    rare.scale(one_plus(r, splat!(r, 1.0), q), shifted)
}

#[inline(always)]
pub(super) fn exp2_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let rare = Rare::beyond(x, 125.0);
    let x = rare.confine(x, -151.0, 128.0);
    let shifter = splat!(x, f32::SHIFTER);
    let shifted = x + shifter;
    let r = x - (shifted - shifter);
    let q = estrin!(r; 0.2402265, 0.055503655, 0.0096180765, 0.0013388355, 0.00015456906);
    rare.scale(one_plus(r, splat!(r, std::f32::consts::LN_2), q), shifted)
}

#[inline(always)]
pub(super) fn exp10_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    let rare = Rare::beyond(x, 37.5);
    let x = rare.confine(x, -46.0, 39.0);
    let shifter = splat!(x, f32::SHIFTER);
    let shifted = fma(x, splat!(x, std::f32::consts::LOG2_10), shifter);
    let n = shifted - shifter;
    let t = fma(n, splat!(x, -LOG10_2_F32.0), x);
    let t = fma(n, splat!(x, -LOG10_2_F32.1), t);
    let q = estrin!(t; 2.650949, 2.0346575, 1.1712567, 0.541757, 0.20746516);
    // t is rounded, other than the remainder of exp2: the sum's own rounding would be too much.
    let sum = fma_dd(t, splat!(t, std::f32::consts::LN_10), splat!(t, 1.0));
    rare.scale(sum.hi + fma(t * t, q, sum.lo), shifted)
}

#[inline(always)]
pub(super) fn exp_m1_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let reduced = Reduced::of_eighths(x);
    let r = reduced.r.hi;
    let square = r * r;
    let q = relative_quotient(r, square);
    let rest = fma(square, q, reduced.r.lo + lost_of_eighths(reduced.shifted));
    let power = two_to_eighths(reduced.shifted);
    // 2^(n/8) - 1 + 2^(n/8) (r + rest), the sum of the large parts in double-double.
    let less_one = two_sum(power, splat!(x, -1.0));
    let sum = fma_dd(power, r, less_one.hi);
    let result = copy_sign(sum.hi + fma(power, rest, sum.lo + less_one.lo), x);
    if !x.any_beyond(700.0) {
        return result;
    }
    // NaN stays.
    let limit = splat!(x, 700.0);
    let result = Vector::select(x.lanes_lt(-limit), splat!(x, -1.0), result);
    Vector::select(x.lanes_gt(limit), exp_f64(x), result)
}

#[inline(always)]
pub(super) fn exp_m1_f32<S: Simd>(x: Vector<f32, S>) -> Vector<f32, S> {
    if S::FMA {
        return eighths_single::exp_m1(x);
    }
    let rare = Rare::beyond(x, 80.0);
    let reduced = Reduced::of_f32(rare.confine(x, -80.0, 89.0));
    copy_sign(rare.exp_m1(reduced.exp_m1_f32(), reduced.shifted), x)
}

/// `1 + r c + r² q` where `|r c| < 1/2` and the last term is small.
#[inline(always)]
fn one_plus<T: Format, S: Simd>(r: Vector<T, S>, c: Vector<T, S>, q: Vector<T, S>) -> Vector<T, S> {
    let one = splat!(r, T::ONE);
    if S::FMA {
        return fma(r, fma(r, q, c), one);
    }
    // What rounding 1 + rc loses is added back with the small term: the sum is then rounded once.
    let rc = r * c;
    let sum = one + rc;
    let lost = rc - (sum - one);
    sum + (r * r * q + lost)
}

/// An argument as `n ln 2 + r` with `|r| <= ln 2 / 2`, the rounding error of `r` kept in `lo`.
pub(super) struct Reduced<T: Format, S: Simd> {
    /// `n + SHIFTER`.
    pub(super) shifted: Vector<T, S>,
    pub(super) r: Dd<T, S>,
}

impl<S: Simd> Reduced<f64, S> {
    /// For `|x|` up to 1000.
    #[inline(always)]
    pub(super) fn of_f64(x: Vector<f64, S>) -> Self {
        Self::of(x, std::f64::consts::LOG2_E, LN_2_F64)
    }

    /// As `n ln 2 / 8 + r` with `|r| <= ln 2 / 16`.
    #[inline(always)]
    pub(super) fn of_eighths(x: Vector<f64, S>) -> Self {
        Self::of(x, 8.0 * std::f64::consts::LOG2_E, LN_2_OVER_8)
    }

    /// `e^r - 1`.
    #[inline(always)]
    pub(super) fn exp_m1_f64(&self) -> Dd<f64, S> {
        let r = self.r.hi;
        self.exp_m1(estrin!(r;
            0.1666666666666667, 0.04166666666666668, 0.008333333333325806, 0.0013888888888876911,
            0.0001984126987585897, 2.4801587342721342e-5, 2.7557254163316803e-6, 2.755725662819741e-7,
            2.5105710006528612e-8, 2.0920500798731845e-9))
    }
}

impl<S: Simd> Reduced<f32, S> {
    /// For `|x|` up to 100.
    #[inline(always)]
    pub(super) fn of_f32(x: Vector<f32, S>) -> Self {
        Self::of(x, std::f32::consts::LOG2_E, LN_2_F32)
    }

    /// `e^r - 1`.
    #[inline(always)]
    pub(super) fn exp_m1_f32(&self) -> Dd<f32, S> {
        let r = self.r.hi;
        self.exp_m1(estrin!(r; 0.16666667, 0.041666508, 0.008333178, 0.0013930949, 0.00019971267))
    }
}

impl<T: Format, S: Simd> Reduced<T, S> {
    #[inline(always)]
    fn of(x: Vector<T, S>, log2_e: T, ln_2: (T, T)) -> Self {
        let shifter = splat!(x, T::SHIFTER);
        let shifted = fma(x, splat!(x, log2_e), shifter);
        let n = shifted - shifter;
        let exact = fma(n, -splat!(x, ln_2.0), x);
        let hi = fma(n, -splat!(x, ln_2.1), exact);
        let lo = fma(n, -splat!(x, ln_2.1), exact - hi);
        Self { shifted, r: Dd { hi, lo } }
    }

    /// `r + r² / 2 + r³ q(r)`, and what `lo` adds: `lo e^r`. The first two terms are in double-double,
    /// the others in its `lo`, which is some hundredths of `hi`.
    #[inline(always)]
    fn exp_m1(&self, q: Vector<T, S>) -> Dd<T, S> {
        let Dd { hi: r, lo } = self.r;
        let half = splat!(r, T::HALF);
        let square = two_prod(r, r);
        let sum = fast_two_sum(r, square.hi * half);
        let lo = fma(square.hi * r, q, fma(r, lo, lo));
        Dd { hi: sum.hi, lo: sum.lo + fma(square.lo, half, lo) }
    }
}

/// Whether results are surely normal: neither too large, nor too small, nor NaN.
pub(super) struct Rare<S: Simd> {
    /// The lanes where they are.
    pub(super) usual: Mask<S>,
    /// Whether somewhere they are not.
    pub(super) any: bool,
}

impl<S: Simd> Rare<S> {
    /// Results are usual where `|x|` is at most the bound.
    #[inline(always)]
    pub(super) fn beyond<T: Format>(x: Vector<T, S>, bound: T) -> Self {
        let usual = x.float_abs().lanes_le(splat!(x, bound));
        Self { usual, any: !usual.all() }
    }

    /// `x`, moved into a range outside of which the result is 0 or infinite anyway. NaN stays.
    #[inline(always)]
    pub(super) fn confine<T: Format>(&self, x: Vector<T, S>, low: T, high: T) -> Vector<T, S> {
        if !self.any {
            return x;
        }
        let (low, high) = (splat!(x, low), splat!(x, high));
        let x = Vector::select(x.lanes_lt(low), low, x);
        Vector::select(x.lanes_gt(high), high, x)
    }

    /// `p * 2^n` where `shifted` is `n + SHIFTER`.
    #[inline(always)]
    pub(super) fn scale<T: Format>(&self, p: Vector<T, S>, shifted: Vector<T, S>) -> Vector<T, S> {
        let result = scale(p, shifted);
        if self.any { Vector::select(self.usual, result, ldexp(p, shifted)) } else { result }
    }

    /// `2^n (1 + p) - 1` where `shifted` is `n + SHIFTER`: `p` is added to `2^n - 1`, of which
    /// rounding keeps all that counts only together with what it loses.
    #[inline(always)]
    fn exp_m1<T: Format>(&self, p: Dd<T, S>, shifted: Vector<T, S>) -> Vector<T, S> {
        let one = splat!(p.hi, T::ONE);
        let power = scale(one, shifted);
        let less_one = power - one;
        let lost = (power - less_one) - one;
        let sum = fast_two_sum(less_one, power * p.hi);
        let result = sum.hi + (fma(power, p.lo, sum.lo) + lost);
        if !self.any {
            return result;
        }
        // At large arguments the 1 does not count, and 2^n may be infinite where the result is not.
        let e = fast_two_sum(one, p.hi);
        let large = ldexp(e.hi + (e.lo + p.lo), shifted);
        Vector::select(self.usual | shifted.lanes_lt(splat!(one, T::SHIFTER)), result, large)
    }
}
