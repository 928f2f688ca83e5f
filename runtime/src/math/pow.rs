//! Powers.

use super::bits::{Format, ldexp, scale};
use super::eft::{Dd, fast_two_sum, fma, residual, two_prod};
use super::log::{Domain, Reduced};
use crate::lanes::{Simd, Vector};

/// `2 / ln 2` in two parts.
const TWO_LOG2_E: (f64, f64) = (2.8853900817779268, 4.0710547481862066e-17);
/// `2 / (3 ln 2)` in two parts.
const TWO_THIRDS_LOG2_E: (f64, f64) = (0.9617966939259756, 5.0577616648125907e-17);
/// What `LN_2` lacks, in units of itself.
const LN_2_ERROR: f64 = 3.3456773379254074e-17;

#[inline(always)]
pub(super) fn powf_f64<S: Simd>(x: Vector<f64, S>, y: Vector<f64, S>) -> Vector<f64, S> {
    let domain = Domain::of(x);
    let mut power = log2(domain.reduce(x.float_abs())).mul_single(y);
    // Normal results of normal positive arguments; NaN passes neither test.
    let usual = domain.usual & power.hi.float_abs().lanes_le(splat!(x, 1020.0));
    let any_rare = !usual.all();
    if any_rare {
        // Beyond the limit the result is 0 or infinite, and `lo` may be NaN.
        let limit = splat!(x, 1100.0);
        let within = power.hi.float_abs().lanes_le(limit);
        let bound = Vector::select(power.hi.lanes_gt(limit), limit, -limit);
        power.hi = Vector::select(within, power.hi, bound);
        power.lo = Vector::select(within, power.lo, splat!(x, 0.0));
    }
    let (p, shifted) = exp2(power);
    let result = scale(p, shifted);
    if any_rare { Vector::select(usual, result, special(x, y, ldexp(p, shifted))) } else { result }
}

/// Both steps in `f64`, where they need no care: it has 29 bits more, and no intermediate result
/// leaves its range.
#[inline(always)]
pub(super) fn powf_f32<S: Simd>(x: Vector<f32, S>, y: Vector<f32, S>) -> Vector<f32, S> {
    let domain = Domain::of(x);
    let Reduced { k, f } = domain.reduce(x.float_abs());
    let (k, f) = (k.cast::<f64>(), f.cast::<f64>());
    let log = estrin!(f;
        1.4426950408676438, -0.7213475208885536, 0.48089836203371883, -0.3606736715806754, 0.2885372316603904,
        -0.2404532799913735, 0.2061774775790108, -0.18030016427806622, 0.15873989341550637, -0.14313210183148783,
        0.14489712968399926, -0.1430616366817676, 0.07737106195734031);
    let mut power = fma(log, f, k) * y.cast::<f64>();
    let usual = domain.usual & power.float_abs().lanes_le(splat!(k, 1020.0));
    let any_rare = !usual.all();
    if any_rare {
        let limit = splat!(k, 1020.0);
        let bound = Vector::select(power.lanes_gt(limit), limit, -limit);
        power = Vector::select(power.float_abs().lanes_le(limit), power, bound);
    }
    let shifter = splat!(k, f64::SHIFTER);
    let shifted = power + shifter;
    let r = power - (shifted - shifter);
    let p = estrin!(r;
        0.6931471805535185, 0.24022650927700293, 0.05550410930239097, 0.009618055531068927, 0.0013333452909800026,
        0.00015461901294123843, 1.531053268598312e-5);
    let result = scale(fma(r, p, splat!(k, 1.0)), shifted).cast::<f32>();
    if any_rare { Vector::select(usual, result, special(x, y, result)) } else { result }
}

/// The logarithm to base 2, to some 65 bits: with `s = f / (2 + f)` and `z = s²`,
/// `log2(1 + f) = s (2 + z (2/3 + z (2/5 + …))) / ln 2`, all but the innermost sum in double-double.
#[inline(always)]
fn log2<S: Simd>(x: Reduced<f64, S>) -> Dd<f64, S> {
    let Reduced { k, f } = x;
    let denominator = fast_two_sum(splat!(f, 2.0), f);
    let inverse = splat!(f, 1.0) / denominator.hi;
    let s = f * inverse;
    let rest = fma(-s, denominator.lo, residual(s, denominator.hi, f));
    let s = Dd { hi: s, lo: rest * inverse };
    let mut z = two_prod(s.hi, s.hi);
    z.lo = fma(s.hi + s.hi, s.lo, z.lo);
    let q = estrin!(z.hi;
        0.5770780163555853, 0.4121985831112072, 0.32059889794390495, 0.2623081952296733, 0.22195247623078682,
        0.19239445525381013, 0.16857079508684283, 0.1719780301148573);
    let inner = Dd::splat(f, TWO_THIRDS_LOG2_E).add_smaller(z.mul_single(q));
    let outer = Dd::splat(f, TWO_LOG2_E).add_smaller(z.mul(inner));
    let log = s.mul(outer);
    // |k| > |log| or it is 0.
    let sum = fast_two_sum(k, log.hi);
    Dd { hi: sum.hi, lo: sum.lo + log.lo }
}

/// 2 to a power of at most 2^20 in magnitude, as a number near 1, and the exponent of its factor
/// with `SHIFTER` added: `1 + r ln 2 + r² q(r)`, the sum of the first two terms in double-double.
#[inline(always)]
fn exp2<S: Simd>(power: Dd<f64, S>) -> (Vector<f64, S>, Vector<f64, S>) {
    let shifter = splat!(power.hi, f64::SHIFTER);
    let shifted = power.hi + shifter;
    let r = fast_two_sum(power.hi - (shifted - shifter), power.lo);
    let q = estrin!(r.hi;
        0.24022650695910072, 0.0555041086648216, 0.009618129107627726, 0.0013333558146415775, 0.00015403530395044837,
        1.5252733831393479e-5, 1.3215485290908482e-6, 1.0178061629707754e-7, 7.055499396598768e-9,
        4.455106781279637e-10, 2.4860739501267007e-11);
    let ln_2 = splat!(r.hi, std::f64::consts::LN_2);
    let linear = two_prod(r.hi, ln_2);
    let linear_lo = fma(fma(r.hi, splat!(r.hi, LN_2_ERROR), r.lo), ln_2, linear.lo);
    let sum = fast_two_sum(splat!(r.hi, 1.0), linear.hi);
    (sum.hi + fma(r.hi * r.hi, q, sum.lo + linear_lo), shifted)
}

/// The results for negative and zero bases, infinities and NaN, where `magnitude` is `|x|^y` for all
/// other arguments (C99, F.9.4.4).
#[inline(always)]
fn special<T: Format, S: Simd>(x: Vector<T, S>, y: Vector<T, S>, magnitude: Vector<T, S>) -> Vector<T, S> {
    let (zero, one) = (splat!(x, T::ZERO), splat!(x, T::ONE));
    let (infinity, nan) = (splat!(x, T::INFINITY), splat!(x, T::NAN));
    let base = x.float_abs();
    // An integer is odd when its half is none. Infinity counts as even.
    let half = y * splat!(x, T::HALF);
    let integer = y.trunc().lanes_eq(y);
    let odd = integer & half.trunc().lanes_ne(half);

    let extreme = base.lanes_eq(zero) | base.lanes_eq(infinity) | y.float_abs().lanes_eq(infinity);
    let grows = base.lanes_gt(one) ^ y.lanes_lt(zero);
    let result = Vector::select(extreme, Vector::select(grows, infinity, zero), magnitude);
    let sign = x.to_bits() & splat!(x, T::SIGN);
    let result = Vector::select(odd, Vector::from_bits(result.to_bits() | sign), result);
    let no_real = x.lanes_lt(zero) & base.lanes_lt(infinity);
    let result = Vector::select(no_real.and_not(integer), nan, result);
    let result = Vector::select(x.lanes_eq(x) & y.lanes_eq(y), result, nan);
    let unit = y.lanes_eq(zero) | x.lanes_eq(one) | (base.lanes_eq(one) & y.float_abs().lanes_eq(infinity));
    Vector::select(unit, one, result)
}

/// The multiplications that the standard library makes, in its order, in all lanes until the last
/// exponent is used up.
#[inline(always)]
pub(super) fn powi<T: Format, S: Simd>(x: Vector<T, S>, n: Vector<i32, S>) -> Vector<T, S> {
    let (zero, one) = (splat!(x, 0u32), splat!(x, 1u32));
    let negative = n.lanes_lt(splat!(x, 0));
    let mut left: Vector<u32, S> = n.cast();
    left = Vector::select(negative, zero - left, left);
    let mut square = x;
    let mut product = splat!(x, T::ONE);
    loop {
        let odd = (left & one).lanes_ne(zero);
        product = Vector::select(odd, product * square, product);
        left = left.shr_uniform(1);
        if left.lanes_eq(zero).all() {
            break;
        }
        square = square * square;
    }
    if negative.any() { Vector::select(negative, splat!(x, T::ONE) / product, product) } else { product }
}
