//! Logarithms and their relatives within 4 ulp; see [`log`](mod@super::log) and
//! [`inverse_hyperbolic`](mod@super::inverse_hyperbolic).
//!
//! As in `cells`, but `m` is from 0.707 to 1.414, so that beside the cell around 1, where nothing is added to `ln(1 + r)`,
//! no term is much larger than the result: numbers of one part serve. The factors `c` have any number of bits; in `f64` they
//! are such that their logarithms to all bases are nearly floats.

use super::bits::{Lookup, copy_sign, scale};
use super::eft::fma;
use super::inverse_hyperbolic::{self, InverseHyperbolic};
use super::log::Domain;
use crate::lanes::{Simd, Vector};

// In `f32` the one within 1 ulp is faster.
pub(super) use super::inverse_hyperbolic::atanh_f32;
pub(super) use super::loose_log_single::{ln_f32, log2_f32, log10_f32};

/// What the formats differ in.
pub(super) trait LooseLog: Lookup + InverseHyperbolic {
    /// By the upper bits of the mantissa: `c`.
    const INVERSES: [Self; 8];
    /// The bits of 1 less those of the smallest `m`: 75/16 of a cell's.
    const ONE_LESS_START: Self::Bits;
    /// The bits of the smallest `m`.
    const START: Self::Bits;
    const NATURAL: Base<Self>;

    /// `(ln(1 + r) - r) / r²`.
    fn quotient<S: Simd>(r: Vector<Self, S>, square: Vector<Self, S>) -> Vector<Self, S>;
}

/// A base `b` of logarithms.
pub(super) struct Base<T> {
    /// `-log c`.
    logs: [T; 8],
    /// `log 2`.
    log_2: T,
    /// `1 / ln b`.
    per_ln: T,
}

impl LooseLog for f64 {
    const INVERSES: [f64; 8] = [
        1.3547472952695898,
        1.2486462607666908,
        1.158238438679291,
        1.0801121479980793,
        1.0,
        0.9078169551930841,
        0.8154379907473412,
        0.7399077451773337,
    ];
    const ONE_LESS_START: u64 = 75 << 45;
    const START: u64 = 1f64.to_bits() - Self::ONE_LESS_START;
    const NATURAL: Base<f64> = Base {
        logs: [
            -0.3036149389827356,
            -0.2220599730686436,
            -0.14690026355039856,
            -0.07706487648401432,
            0.0,
            0.09671251190012425,
            0.20402989813543768,
            0.3012297692349861,
        ],
        log_2: std::f64::consts::LN_2,
        per_ln: 1.0,
    };

    #[inline(always)]
    fn quotient<S: Simd>(r: Vector<f64, S>, square: Vector<f64, S>) -> Vector<f64, S> {
        // Even and odd powers apart: the chain is half as long.
        let even = horner!(square;
            -0.5000000000000001, -0.24999999999852884, -0.16666666978822336, -0.12499763066517398, -0.10074693950349688);
        let odd = horner!(square; 0.3333333333329729, 0.20000000147662236, 0.1428555100324251, 0.11177936827066044);
        fma(odd, r, even)
    }
}

impl LooseLog for f32 {
    const INVERSES: [f32; 8] = [1.3544979, 1.2487812, 1.158371, 1.0801697, 1.0, 0.9078016, 0.81528664, 0.7398844];
    const ONE_LESS_START: u32 = 75 << 16;
    const START: u32 = 1f32.to_bits() - Self::ONE_LESS_START;
    const NATURAL: Base<f32> = Base {
        logs: [-0.30343083, -0.22216804, -0.14701468, -0.077118136, 0.0, 0.0967294, 0.20421553, 0.30126137],
        log_2: std::f32::consts::LN_2,
        per_ln: 1.0,
    };

    #[inline(always)]
    fn quotient<S: Simd>(r: Vector<f32, S>, square: Vector<f32, S>) -> Vector<f32, S> {
        fma(horner!(r; -0.25053832, 0.20069046), square, horner!(r; -0.4999998, 0.3333326))
    }
}

const BASE_2: Base<f64> = Base {
    logs: [
        -0.4380237668101979,
        -0.3203648219260689,
        -0.21193228172944176,
        -0.11118111513020795,
        0.0,
        0.13952666131022412,
        0.2943529222330763,
        0.4345826942434413,
    ],
    log_2: 1.0,
    per_ln: std::f64::consts::LOG2_E,
};

const BASE_10: Base<f64> = Base {
    logs: [
        -0.13185829262359458,
        -0.09643942095529663,
        -0.0637979738500715,
        -0.033468850605563094,
        0.0,
        0.04200171024922654,
        0.08860905890350315,
        0.1308224265637444,
    ],
    log_2: std::f64::consts::LOG10_2,
    per_ln: std::f64::consts::LOG10_E,
};

/// A positive number's cell: `x = 2^k m`, `r = c m - 1`.
struct Cell<T: LooseLog, S: Simd> {
    k: Vector<T, S>,
    index: Vector<T::Bits, S>,
    r: Vector<T, S>,
}

impl<T: LooseLog, S: Simd> Cell<T, S> {
    #[inline(always)]
    fn of(x: Vector<T, S>) -> (Domain<S>, Self) {
        let (domain, bits, k) = Domain::split(x, T::ONE_LESS_START);
        let m = (bits & splat!(x, T::MANTISSA_MASK)) + splat!(x, T::START);
        let index = bits.shr_uniform(T::MANTISSA - 3);
        let r = Vector::from_bits(m).mul_add(T::lookup(index, &T::INVERSES), -splat!(x, T::ONE));
        (domain, Self { k, index, r })
    }

    /// The cell for a number with a `rest` beside it.
    #[inline(always)]
    fn with(mut self, rest: Vector<T, S>, domain: &Domain<S>) -> Self {
        let mut scaled = rest * scale(splat!(rest, T::ONE), splat!(rest, T::SHIFTER) - self.k);
        if domain.any_rare {
            scaled = Vector::select(domain.usual, scaled, splat!(rest, T::ZERO));
        }
        self.r = scaled.mul_add(T::lookup(self.index, &T::INVERSES), self.r);
        self
    }

    #[inline(always)]
    fn log(&self, base: &Base<T>) -> Vector<T, S> {
        let Self { k, index, r } = *self;
        let logs = T::lookup(index, &base.logs);
        let hi = if base.log_2 == T::ONE { k + logs } else { fma(k, splat!(k, base.log_2), logs) };
        let square = r * r;
        let ln = fma(square, T::quotient(r, square), r);
        if base.per_ln == T::ONE { hi + ln } else { fma(ln, splat!(k, base.per_ln), hi) }
    }
}

#[inline(always)]
fn log<S: Simd>(x: Vector<f64, S>, base: &Base<f64>) -> Vector<f64, S> {
    let (domain, cell) = Cell::of(x);
    domain.finish(x, cell.log(base))
}

// Without FMA the functions are those within 1 ulp: `r` would not be exact.

#[inline(always)]
pub(super) fn ln_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    if S::FMA { log(x, &f64::NATURAL) } else { super::log::ln_f64(x) }
}

#[inline(always)]
pub(super) fn log2_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    if S::FMA { log(x, &BASE_2) } else { super::log::log2_f64(x) }
}

#[inline(always)]
pub(super) fn log10_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    if S::FMA { log(x, &BASE_10) } else { super::log::log10_f64(x) }
}

/// `2^exponent (1 + x)`'s natural logarithm; without an exponent it is 0.
#[inline(always)]
pub(super) fn ln_of_one_plus<T: LooseLog, S: Simd>(x: Vector<T, S>, exponent: Option<Vector<T, S>>) -> Vector<T, S> {
    let one = splat!(x, T::ONE);
    let sum = one + x;
    // What the sum has lost; of an x above 1 as many bits as count.
    let rest = x - (sum - one);
    let (domain, cell) = Cell::of(sum);
    let mut cell = cell.with(rest, &domain);
    if let Some(exponent) = exponent {
        cell.k = cell.k + exponent;
    }
    domain.finish_sum(sum, cell.log(&T::NATURAL))
}

#[inline(always)]
pub(super) fn ln_1p<T: LooseLog + super::cells::Cells, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return super::cells::ln_1p(x);
    }
    // The sign of zero, too.
    copy_sign(ln_of_one_plus(x, None), x)
}

#[inline(always)]
pub(super) fn acosh<T: LooseLog, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    if !S::FMA {
        return inverse_hyperbolic::acosh(x);
    }
    // With t = x - 1, acosh x = ln(1 + t + sqrt(t² + 2 t)); below 1 the root is NaN, or the logarithm's argument negative.
    let t = x - splat!(x, T::ONE);
    let mut beyond = t + fma(t, t, t + t).sqrt();
    let large = large(x, &mut beyond);
    let below = x.lanes_lt(splat!(x, T::ONE));
    if below.any() {
        beyond = Vector::select(below, splat!(x, T::NAN), beyond);
    }
    ln_of_one_plus(beyond, large)
}

#[inline(always)]
pub(super) fn atanh_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    if !S::FMA {
        return inverse_hyperbolic::atanh(x);
    }
    let size = x.float_abs();
    let quotient = (size + size) / (splat!(x, 1.0) - size);
    copy_sign(ln_of_one_plus(quotient, None) * splat!(x, 0.5), x)
}

/// Where `x` is large, if anywhere, what the logarithm is taken of becomes `2x - 1`, as a number that its reduction can
/// take, and the exponent that comes back, in the other lanes 0. Of that number 1 is but its last bits.
#[inline(always)]
fn large<T: LooseLog, S: Simd>(x: Vector<T, S>, beyond: &mut Vector<T, S>) -> Option<Vector<T, S>> {
    if !x.any_beyond(T::LARGE) {
        return None;
    }
    let large = x.lanes_gt(splat!(x, T::LARGE));
    let scaled = x * splat!(x, T::SMALL);
    *beyond = Vector::select(large, scaled - splat!(x, T::ONE), *beyond);
    Some(Vector::select(large, splat!(x, T::EXPONENT), splat!(x, T::ZERO)))
}
