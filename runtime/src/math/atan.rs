//! Arc tangent, of one argument and of two.
//!
//! ## `atan`
//!
//! - Formula: the angle whose tangent is `x`.
//! - Method (`f64`): `atan |x| = atan c + atan t` with `t = (|x| - c) / (1 + |x| c)` in two parts, `c` by eight pieces of
//!   `|x|` whose ends are the powers of two, less 1/16; `atan t = t + t³ p(t²)` by a minimax polynomial.
//! - Method (`f32`): `atan x = π/2 - atan (1 / x)` for `x > 1`, and `t + t³ p(t²)` for `t <= 1` by a minimax polynomial; what
//!   the division and the subtraction lose is divided by `t` and joins the polynomial, so that all is rounded once by
//!   the last multiply-add.
//! - Domain: all numbers.
//! - Error: 0.92 ulp (`f32`), 0.55 ulp (`f64`).
//! - With `ulp = 4`: 1.98 ulp (`f32`), 1.78 ulp (`f64`); without what the roundings lose.
//! - Special values: `atan ±0` is ±0, `atan ±∞` is ±π/2; NaN gives NaN.
//!
//! ## `atan2`
//!
//! - Formula: `y.atan2(x)` is the angle from the nearest axis, whose tangent is the quotient of the smaller by the
//!   larger coordinate, added to the axis or subtracted from it.
//! - Method: that of `atan` in `f32`.
//! - Domain: all pairs of numbers.
//! - Error: 0.98 ulp (`f32`), 0.88 ulp (`f64`).
//! - With `ulp = 4`: 1.98 ulp (`f32`), 1.89 ulp (`f64`); without what the roundings lose.
//! - Special values: `atan2` has the sign of `y`: of a zero `y`, 0 where the sign bit of `x` is off and π where it is
//!   on, `x = ±0` included; of an infinite `y`, π/2, and with an infinite `x`, π/4 or 3π/4; of a finite `y` and an
//!   infinite `x`, 0 or π. NaN gives NaN.

use super::bits::{Format, copy_sign};
use super::eft::{Dd, fast_two_sum, fma, residual, two_prod, two_sum};
use super::float_methods::{Limits, flip_sign, is_sign_negative, sign_bit};
use super::{Tier, Ulp1, Ulp4};
use crate::lanes::{Number, Simd, Vector};

/// The constants and the polynomial of a format.
pub(super) trait Arc: Limits {
    /// π.
    const PI: Self;
    /// π/2 in two parts.
    const FRAC_PI_2: [Self; 2];
    /// A power of two so large that the arc tangent is π/2.
    const FAR: Self;
    /// The bits from which the bits of a number are subtracted to give its reciprocal, within 6 %.
    const RECIPROCAL: Self::Bits;
    /// What the low part of π/2 is of the high part.
    const LOW_PART: Self;
    /// What both arguments of `atan2` lie between where their quotient and its rest are normal numbers.
    const MIDDLE: [Self; 2];
    /// The powers of two that bring smaller and larger arguments there.
    const SCALES: [Self; 2];
    /// A value near the derivative of the arc tangent from 0.64 to 1.
    const DERIVATIVE: Self;
    /// A quotient below which the arc tangent is the quotient.
    const TINY: Self;

    /// `(atan t - t) / t³` in `z = t²`, `|t| <= 1`.
    fn arc_tangent<S: Simd>(z: Vector<Self, S>) -> Vector<Self, S>;
}

impl Arc for f64 {
    const PI: f64 = std::f64::consts::PI;
    const FRAC_PI_2: [f64; 2] = [std::f64::consts::FRAC_PI_2, 6.123233995736766e-17];
    const FAR: f64 = (1u64 << 60) as f64;
    const RECIPROCAL: u64 = 0x7fde_6238_6000_0000;
    const LOW_PART: f64 = 3.8981718325193755e-17;
    const MIDDLE: [f64; 2] = [power_f64(-450), power_f64(450)];
    const SCALES: [f64; 2] = [power_f64(600), power_f64(-600)];
    const DERIVATIVE: f64 = 0.56;
    const TINY: f64 = power_f64(-100);

    #[inline(always)]
    fn arc_tangent<S: Simd>(z: Vector<f64, S>) -> Vector<f64, S> {
        // In powers of z - 1/2, so that the terms fall off towards both ends of the range and their errors
        // with them. Two chains, as one would be longer than what the processor looks ahead.
        let u = z - splat!(z, 0.5);
        let square = u * u;
        let even = horner!(square;
            0.11081482513071446, 0.029135862645129188, 0.009243096232341031, 0.0031991748824698974,
            0.001165071173630462, 0.0004386969762831438, 0.00016947485625719665, 6.560856571163887e-05,
            2.6909898546391365e-05, 1.3551758443702424e-05);
        let odd = horner!(square;
            -0.05481484060456717, -0.01617297490173946, -0.005394792659509752, -0.001920940693411612,
            -0.0007125072999424351, -0.0002715587314712859, -0.00010715497545894829, -3.678757454632844e-05,
            -2.6679888337427835e-05);
        fma(fma(odd, u, even), u, splat!(z, -0.2591604972657936))
    }
}

impl Arc for f32 {
    const PI: f32 = std::f32::consts::PI;
    const FRAC_PI_2: [f32; 2] = [std::f32::consts::FRAC_PI_2, -4.371139e-08];
    const FAR: f32 = (1u32 << 30) as f32;
    const RECIPROCAL: u32 = 0x7ef3_11c3;
    const LOW_PART: f32 = -2.7827534e-8;
    const MIDDLE: [f32; 2] = [power_f32(-62), power_f32(62)];
    const SCALES: [f32; 2] = [power_f32(80), power_f32(-80)];
    const DERIVATIVE: f32 = 0.56;
    const TINY: f32 = power_f32(-40);

    #[inline(always)]
    fn arc_tangent<S: Simd>(z: Vector<f32, S>) -> Vector<f32, S> {
        horner!(z;
            -0.33333302, 0.19998631, -0.14265174, 0.10957233, -0.08418513, 0.05821897, -0.031440563, 0.011056438,
            -0.0018254387)
    }
}

const fn power_f64(n: i64) -> f64 {
    f64::from_bits(((1023 + n) as u64) << 52)
}

const fn power_f32(n: i32) -> f32 {
    f32::from_bits(((127 + n) as u32) << 23)
}

#[inline(always)]
pub(super) fn atan<T: Arc, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let (one, zero) = (splat!(x, T::ONE), splat!(x, T::ZERO));
    let [right_angle, right_angle_lo] = [splat!(x, T::FRAC_PI_2[0]), splat!(x, T::FRAC_PI_2[1])];
    let size = x.float_abs();
    let large = size.lanes_gt(one);
    let inverse = one / size;
    let t = Vector::select(large, inverse, size);
    // atan x = π/2 - t - t w, where w also brings back what rounding 1 / |x| and π/2 - t has lost, and the low
    // part of π/2, all divided by t. Infinity has no such rest, and needs none.
    let hi = right_angle - t;
    let lo = ((right_angle - hi) - t) + right_angle_lo;
    // The derivative of the arc tangent belongs to the first; one value does where it matters, 0.64 < t < 1.
    let lost = fma(residual(inverse, size, one), splat!(x, T::DERIVATIVE), -(lo * size));
    let lost = Vector::select(large & size.lanes_lt(splat!(x, T::FAR)), lost, zero);
    let z = t * t;
    let p = T::arc_tangent(z);
    copy_sign(Vector::select(large, angle(hi, -t, z, p, lost), angle(t, t, z, p, lost)), x)
}

/// `start + t (z p + lost)`, where the product is small beside `start`, or `start` is `t`.
#[inline(always)]
fn angle<T: Arc, S: Simd>(
    start: Vector<T, S>,
    t: Vector<T, S>,
    z: Vector<T, S>,
    p: Vector<T, S>,
    lost: Vector<T, S>,
) -> Vector<T, S> {
    if S::FMA {
        return fma(t, fma(z, p, lost), start);
    }
    // What the three products lose is brought back, too.
    let square = two_prod(t, t);
    let zp = two_prod(z, p);
    let product = two_prod(t, zp.hi);
    let lost = lost + (zp.lo + square.lo * p);
    let sum = fast_two_sum(start, product.hi);
    sum.hi + (sum.lo + (product.lo + t * lost))
}

/// Numbers with few bits whose arc tangents are numbers, too, to some bits more than the format has; by the exponent of
/// `|x| + 1/16`, modulo 8, which is -4 for the fourth.
const CENTERS: [f64; 8] = [
    2.6293663980042017,
    5.2947893155028085,
    15.965967183924738,
    0.0,
    0.12456269556413467,
    0.3090103267014516,
    0.658240437311642,
    1.3242352007246192,
];
/// Their arc tangents.
const ANGLES: [f64; 8] = [
    1.207369932877036,
    1.3841301320403019,
    1.5082448122197796,
    0.0,
    0.12392439472227974,
    0.2997025132895473,
    0.5821463517036841,
    0.9240055356940734,
];

/// `|x|`, but no larger than where the arc tangent comes to its end; the center of the piece it lies in, and the center's
/// arc tangent.
pub(super) struct Center<S: Simd> {
    pub(super) size: Vector<f64, S>,
    pub(super) c: Vector<f64, S>,
    pub(super) angle: Vector<f64, S>,
}

impl<S: Simd> Center<S> {
    #[inline(always)]
    pub(super) fn of(x: Vector<f64, S>) -> Self {
        let mut size = x.float_abs();
        let mut place = size + splat!(x, 0.0625);
        if x.any_beyond(15.5) {
            // From 2^60 on the arc tangent is π/2. NaN stays.
            let (far, last) = (splat!(x, f64::FAR), splat!(x, 15.5));
            size = Vector::select(size.lanes_gt(far), far, size);
            place = Vector::select(place.lanes_gt(last), last, place);
        }
        let index = place.to_bits().shr_uniform(f64::MANTISSA);
        Self { size, c: index.lookup8(&CENTERS), angle: index.lookup8(&ANGLES) }
    }
}

#[inline(always)]
pub(super) fn atan_f64<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let one = splat!(x, 1.0);
    let Center { size, c, angle } = Center::of(x);
    // atan x = atan c + atan t, t = (x - c) / (1 + x c) and a rest.
    let numerator = size - c;
    let denominator = one_plus_product(size, c);
    let inverse = one / denominator.hi;
    let t = numerator * inverse;
    let rest = fma(-t, denominator.lo, residual(t, denominator.hi, numerator));
    let z = t * t;
    let p = horner!(z;
        -0.3333333333333332, 0.19999999999955154, -0.14285714261405608, 0.11111106194759482, -0.09090435709674424,
        0.07668843942658929, -0.0608478094928296);
    // |angle| > |t| or it is 0.
    let sum = fast_two_sum(angle, t);
    copy_sign(sum.hi + (sum.lo + fma(z * t, p, rest * inverse)), x)
}

/// `1 + a b` for positive factors.
#[inline(always)]
fn one_plus_product<S: Simd>(a: Vector<f64, S>, b: Vector<f64, S>) -> Dd<f64, S> {
    let one = splat!(a, 1.0);
    if S::FMA {
        // Up to 2^53 the difference is exact; beyond the second part does not count.
        let hi = fma(a, b, one);
        return Dd { hi, lo: fma(a, b, one - hi) };
    }
    let product = two_prod(a, b);
    let sum = two_sum(one, product.hi);
    Dd { hi: sum.hi, lo: sum.lo + product.lo }
}

#[inline(always)]
pub(super) fn atan2<T: Arc, S: Simd>(y: Vector<T, S>, x: Vector<T, S>) -> Vector<T, S> {
    atan2_within::<Ulp1, T, S>(y, x)
}

/// Within 4 ulp nothing is brought back of what the division and the sums have lost.
#[inline(always)]
pub(super) fn atan2_loose<T: Arc, S: Simd>(y: Vector<T, S>, x: Vector<T, S>) -> Vector<T, S> {
    atan2_within::<Ulp4, T, S>(y, x)
}

#[inline(always)]
fn atan2_within<U: Tier, T: Arc, S: Simd>(y: Vector<T, S>, x: Vector<T, S>) -> Vector<T, S> {
    let [low, high] = [splat!(x, T::MIDDLE[0]), splat!(x, T::MIDDLE[1])];
    let (one, zero) = (splat!(x, T::ONE), splat!(x, T::ZERO));
    let (height, width) = (y.float_abs(), x.float_abs());
    let steep = height.lanes_gt(width);
    let mut small = Vector::select(steep, width, height);
    let mut large = Vector::select(steep, height, width);
    let mut t = small / large;
    // True for NaN too, which then stays.
    let rare = !(small.lanes_ge(low) & large.lanes_le(high));
    if rare.any() {
        // Two infinities are a diagonal, two zeros an axis.
        let infinity = splat!(x, T::INFINITY);
        let beyond = large.lanes_eq(infinity);
        small = Vector::select(beyond, Vector::select(small.lanes_eq(infinity), one, small * zero), small);
        large = Vector::select(beyond | large.lanes_eq(zero), one, large);
        t = small / large;
        // For the rest of the division. A tiny quotient gets none, t - t 1, but only in lanes that are rare
        // themselves: a lane's result may not depend on whether another one is.
        let scale = Vector::select(large.lanes_gt(high), splat!(x, T::SCALES[1]), one);
        let scale = Vector::select(large.lanes_lt(low), splat!(x, T::SCALES[0]), scale);
        let tiny = rare & t.lanes_lt(splat!(x, T::TINY));
        small = Vector::select(tiny, t, small * scale);
        large = Vector::select(tiny, one, large * scale);
    }
    // From the nearest axis: the angle is ±t and 0, π/2 or π.
    let no_bits = splat!(x, <T::Bits as Number>::ZERO);
    let sign = sign_bit(x) ^ Vector::select(steep, splat!(x, T::SIGN), no_bits);
    let axis = Vector::select(is_sign_negative(x), splat!(x, T::PI), zero);
    let axis = Vector::select(steep, splat!(x, T::FRAC_PI_2[0]), axis);
    let turn = flip_sign(t, sign);
    let hi = axis + turn;
    if U::ULP == 4 {
        let z = t * t;
        return copy_sign(fma(turn, z * T::arc_tangent(z), hi), y);
    }
    let lo = flip_sign(fma(axis, splat!(x, T::LOW_PART), (axis - hi) + turn), sign);
    // As for one argument: what is lost, divided by t = small / large. Of the quotient a few bits are enough,
    // and of the derivative, here 1 - t² / 2.
    let z = t * t;
    let derivative = fma(z, -splat!(x, T::HALF), one);
    let inverse = Vector::from_bits(splat!(x, T::RECIPROCAL) - small.to_bits());
    let lost = fma(residual(t, large, small), derivative, lo * large) * inverse;
    copy_sign(angle(hi, turn, z, T::arc_tangent(z), lost), y)
}
