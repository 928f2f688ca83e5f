//! Bessel functions of the first and the second kind, of orders 0 and 1.

use super::bessel_tables as tables;
use super::cells::{Cells, extended_ln, extended_ln_sum};
use super::eft::{Dd, fast_two_sum, fma, fma_dd, residual, two_prod, two_sum};
use super::erf::polynomial;
use super::float_methods::{flip_sign, sign_bit};
use super::reduce::{Angle, reduce_less_quarter};
use super::rsqrt::Reciprocal;
use super::sin::Turn;
use crate::lanes::{Simd, Vector};

/// One of the functions.
pub(super) struct Bessel<T: 'static> {
    /// Up to here by pieces, from here on an amplitude times a sine.
    end: T,
    /// `y = offset + scale x`, and the bits of its mantissa that are the piece's number.
    piece: [T; 2],
    bits: u32,
    table: &'static [[T; 8]],
    /// The phase beside `x - π/4`: what is divided by `x`, and what is divided by `x³`, in powers of `1 / x²`.
    first: T,
    phase: &'static [T],
    /// The amplitude times the root of `x`: 1's factor in two parts, then those of `1 / x²` and so on.
    amplitude: &'static [T],
    /// The quadrants beside the phase.
    turn: u8,
}

/// A format with Bessel functions.
pub(super) trait Order: Angle + Cells + Reciprocal {
    /// A quadrant's number.
    const TURNS: [Self::Bits; 4];
    /// Below this, functions of the second kind are computed with a logarithm.
    const LOG_END: Self;
    /// 2/π in two parts, and its reciprocal.
    const TWO_PER_PI: (Self, Self);
    const FRAC_PI_2: Self;
    /// `2/π (γ - ln 2)`.
    const Y0_CONSTANT: Self;

    const MINUS_QUARTER: Self;
    /// What is subtracted from the logarithm in `y1`, and what from the argument of its other part.
    const Y1_SHIFT: Self;
    const Y1_CENTRE: Self;

    fn j0() -> &'static Bessel<Self>;
    fn j1() -> &'static Bessel<Self>;
    fn y0() -> &'static Bessel<Self>;
    fn y1() -> &'static Bessel<Self>;
    /// `(sin a - a) / a³` and `(cos a - 1 + a² / 2) / a⁴`, in powers of `a²`.
    fn circle() -> (&'static [Self], &'static [Self]);
    /// `y0` below [`LOG_END`](Self::LOG_END): the part without a logarithm, the logarithm's factor, 1 / zero.
    fn y0_near() -> [&'static [Self]; 3];
    /// `y1` below [`LOG_END`](Self::LOG_END): the part without a logarithm, the logarithm's factor.
    fn y1_near() -> [&'static [Self]; 2];
}

impl Order for f64 {
    const TURNS: [u64; 4] = [0, 1, 2, 3];
    const LOG_END: f64 = 1.5505;
    const TWO_PER_PI: (f64, f64) = (0.6366197723675814, -3.935735335036497e-17);
    const MINUS_QUARTER: f64 = -0.25;
    const Y1_SHIFT: f64 = 0.40625;
    const Y1_CENTRE: f64 = 1.5;
    const FRAC_PI_2: f64 = std::f64::consts::FRAC_PI_2;
    const Y0_CONSTANT: f64 = -0.07380429510868723;

    #[inline(always)]
    fn j0() -> &'static Bessel<f64> {
        &Bessel {
            end: 12.56,
            piece: [1.0, 0.07957747154594767],
            bits: 3,
            table: &tables::J0_F64,
            first: -0.125,
            phase: &tables::PHASE0_F64,
            amplitude: &tables::AMPLITUDE0_F64,
            turn: 1,
        }
    }

    #[inline(always)]
    fn j1() -> &'static Bessel<f64> {
        &Bessel {
            end: 12.29,
            piece: [1.021549286990268, 0.07957747154594767],
            bits: 3,
            table: &tables::J1_F64,
            first: 0.375,
            phase: &tables::PHASE1_F64,
            amplitude: &tables::AMPLITUDE1_F64,
            turn: 0,
        }
    }

    #[inline(always)]
    fn y0() -> &'static Bessel<f64> {
        &Bessel {
            end: 10.96,
            piece: [0.5063694267515924, 0.3184713375796178],
            bits: 2,
            table: &tables::Y0_F64,
            first: -0.125,
            phase: &tables::PHASE0_F64,
            amplitude: &tables::AMPLITUDE0_F64,
            turn: 0,
        }
    }

    #[inline(always)]
    fn y1() -> &'static Bessel<f64> {
        &Bessel {
            end: 10.96,
            piece: [0.5063694267515924, 0.3184713375796178],
            bits: 2,
            table: &tables::Y1_F64,
            first: 0.375,
            phase: &tables::PHASE1_F64,
            amplitude: &tables::AMPLITUDE1_F64,
            turn: 3,
        }
    }

    #[inline(always)]
    fn circle() -> (&'static [f64], &'static [f64]) {
        (&tables::SINE_F64, &tables::COSINE_F64)
    }

    #[inline(always)]
    fn y0_near() -> [&'static [f64]; 3] {
        [&tables::Y0_SMOOTH_F64, &tables::Y0_FACTOR_F64, &tables::Y0_PER_ZERO_F64]
    }

    #[inline(always)]
    fn y1_near() -> [&'static [f64]; 2] {
        [&tables::Y1_SMOOTH_F64, &tables::Y1_FACTOR_F64]
    }
}

impl Order for f32 {
    const TURNS: [u32; 4] = [0, 1, 2, 3];
    const LOG_END: f32 = 1.5505;
    const TWO_PER_PI: (f32, f32) = (0.63661975, 2.5682553e-08);
    const MINUS_QUARTER: f32 = -0.25;
    const Y1_SHIFT: f32 = 0.40625;
    const Y1_CENTRE: f32 = 1.5;
    const FRAC_PI_2: f32 = std::f32::consts::FRAC_PI_2;
    const Y0_CONSTANT: f32 = -0.0738043;

    #[inline(always)]
    fn j0() -> &'static Bessel<f32> {
        &Bessel {
            end: 12.56,
            piece: [1.0, 0.07957747],
            bits: 3,
            table: &tables::J0_F32,
            first: -0.125,
            phase: &tables::PHASE0_F32,
            amplitude: &tables::AMPLITUDE0_F32,
            turn: 1,
        }
    }

    #[inline(always)]
    fn j1() -> &'static Bessel<f32> {
        &Bessel {
            end: 12.29,
            piece: [1.0215493, 0.07957747],
            bits: 3,
            table: &tables::J1_F32,
            first: 0.375,
            phase: &tables::PHASE1_F32,
            amplitude: &tables::AMPLITUDE1_F32,
            turn: 0,
        }
    }

    #[inline(always)]
    fn y0() -> &'static Bessel<f32> {
        &Bessel {
            end: 10.96,
            piece: [0.5063694, 0.31847134],
            bits: 2,
            table: &tables::Y0_F32,
            first: -0.125,
            phase: &tables::PHASE0_F32,
            amplitude: &tables::AMPLITUDE0_F32,
            turn: 0,
        }
    }

    #[inline(always)]
    fn y1() -> &'static Bessel<f32> {
        &Bessel {
            end: 10.96,
            piece: [0.5063694, 0.31847134],
            bits: 2,
            table: &tables::Y1_F32,
            first: 0.375,
            phase: &tables::PHASE1_F32,
            amplitude: &tables::AMPLITUDE1_F32,
            turn: 3,
        }
    }

    #[inline(always)]
    fn circle() -> (&'static [f32], &'static [f32]) {
        (&tables::SINE_F32, &tables::COSINE_F32)
    }

    #[inline(always)]
    fn y0_near() -> [&'static [f32]; 3] {
        [&tables::Y0_SMOOTH_F32, &tables::Y0_FACTOR_F32, &tables::Y0_PER_ZERO_F32]
    }

    #[inline(always)]
    fn y1_near() -> [&'static [f32]; 2] {
        [&tables::Y1_SMOOTH_F32, &tables::Y1_FACTOR_F32]
    }
}

#[inline(always)]
pub(super) fn j0<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    first_kind(x.float_abs(), T::j0())
}

#[inline(always)]
pub(super) fn j1<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    flip_sign(first_kind(x.float_abs(), T::j1()), sign_bit(x))
}

#[inline(always)]
pub(super) fn y0<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let log = x.lanes_lt(splat!(x, T::LOG_END));
    let mut result = from_log_end(x, T::y0());
    if log.any() {
        result = Vector::select(log, y0_near(x), result);
    }
    result
}

#[inline(always)]
pub(super) fn y1<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let log = x.lanes_lt(splat!(x, T::LOG_END));
    let mut result = from_log_end(x, T::y1());
    if log.any() {
        result = Vector::select(log, y1_near(x), result);
    }
    result
}

#[inline(always)]
fn first_kind<T: Order, S: Simd>(size: Vector<T, S>, function: &Bessel<T>) -> Vector<T, S> {
    let near = size.lanes_lt(splat!(size, function.end));
    let mut result = size;
    if near.any() {
        result = by_pieces(size, function);
    }
    if !near.all() {
        result = Vector::select(near, result, oscillation(size, function));
    }
    result
}

/// A function of the second kind but for its logarithm's part.
#[inline(always)]
fn from_log_end<T: Order, S: Simd>(x: Vector<T, S>, function: &Bessel<T>) -> Vector<T, S> {
    let near = x.lanes_lt(splat!(x, function.end));
    let mut result = x;
    if near.and_not(x.lanes_lt(splat!(x, T::LOG_END))).any() {
        result = by_pieces(x, function);
    }
    if !near.all() {
        result = Vector::select(near, result, oscillation(x, function));
    }
    result
}

/// `v + t (s + t c) + t³ w(t)` for `t = x - centre`. The value and the slope are in two parts each; about zeros the value,
/// and about extrema the slope, has only the second.
#[inline(always)]
fn by_pieces<T: Order, S: Simd>(x: Vector<T, S>, function: &Bessel<T>) -> Vector<T, S> {
    let table = function.table;
    let y = fma(x, splat!(x, function.piece[1]), splat!(x, function.piece[0]));
    let index = y.to_bits().shr_uniform(T::MANTISSA - function.bits);
    let t = x - T::lookup(index, &table[0]);
    let square = two_prod(t, t);
    let w = polynomial(index, t, square.hi, &table[6..]);
    let slope = fma_dd(t, T::lookup(index, &table[5]), T::lookup(index, &table[3]));
    let main = fma_dd(t, slope.hi, T::lookup(index, &table[1]));
    let rest = fma(t, slope.lo + T::lookup(index, &table[4]), T::lookup(index, &table[2])) + main.lo;
    let cube = fma(t, square.hi, t * square.lo);
    if S::FMA {
        return main.hi + fma(cube, w, rest);
    }
    let product = two_prod(cube, w);
    let sum = fast_two_sum(main.hi, product.hi);
    sum.hi + (sum.lo + (product.lo + rest))
}

/// `c0 + c1 x + …`, even and odd powers apart.
#[inline(always)]
fn even_odd<T: Order, S: Simd>(x: Vector<T, S>, coefficients: &[T]) -> Vector<T, S> {
    let square = x * x;
    let last = coefficients.len() - 1;
    let mut parts = [splat!(x, coefficients[last]), splat!(x, coefficients[last - 1])];
    for c in coefficients[..last - 1].iter().rev() {
        parts = [parts[1], fma(parts[0], square, splat!(x, *c))];
    }
    fma(parts[0], x, parts[1])
}

/// `1 / sqrt(x)` and `1 / x` in two parts: the root and the division do not wait for each other.
#[inline(always)]
fn inverses<T: Order, S: Simd>(x: Vector<T, S>) -> (Dd<T, S>, Dd<T, S>) {
    let one = splat!(x, T::ONE);
    let (root, hi) = (x.sqrt(), one / x);
    let inverse = Dd { hi, lo: residual(hi, x, one) * hi };
    let hi = root * hi;
    let less = residual(root, root, x) * hi * (hi * splat!(x, T::HALF));
    (Dd { hi, lo: hi * (residual(root, hi, one) - less) }, inverse)
}

/// The amplitude times the sine of the phase, for large arguments.
#[inline(always)]
fn oscillation<T: Order, S: Simd>(x: Vector<T, S>, function: &Bessel<T>) -> Vector<T, S> {
    let (one, half) = (splat!(x, T::ONE), splat!(x, T::HALF));
    let (root, inverse) = if S::FMA {
        inverses(x)
    } else {
        // The upper half of the largest numbers is infinite.
        let large = x.lanes_gt(splat!(x, T::LARGE));
        let (root, inverse) = inverses(Vector::select(large, x * splat!(x, T::DOWN.0), x));
        let down = Vector::select(large, splat!(x, T::DOWN.0), one);
        let root_down = Vector::select(large, splat!(x, T::DOWN.1), one);
        (Dd { hi: root.hi * root_down, lo: root.lo * root_down }, Dd { hi: inverse.hi * down, lo: inverse.lo * down })
    };
    let u = inverse.hi * inverse.hi;

    let delay = inverse.mul_single(splat!(x, function.first));
    let further = inverse.hi * u * even_odd(u, function.phase);
    let delay = fast_two_sum(delay.hi, delay.lo + further);
    let reduced = reduce_less_quarter(x);
    let angle = two_sum(reduced.hi, delay.hi);
    let rest = angle.lo + (delay.lo + reduced.lo);

    // 1 - z / 2 + z² q - sin(angle) rest: the first two and z itself in two parts.
    let square = two_prod(angle.hi, angle.hi);
    let z = square.hi;
    let cosine = fast_two_sum(one, -half * z);
    let (sines, cosines) = T::circle();
    let cube = fma(angle.hi, z, angle.hi * square.lo);
    let sine = fma(cube, even_odd(z, sines), rest * cosine.hi);
    let cosine = Dd { hi: cosine.hi, lo: fma(z * z, even_odd(z, cosines), fma(-half, square.lo, cosine.lo)) };
    let cosine = Dd { hi: cosine.hi, lo: fma(-angle.hi, rest, cosine.lo) };
    let turn = Turn::<T, S>::of(reduced.quadrant + splat!(reduced.quadrant, T::TURNS[function.turn as usize]));
    let hi = Vector::select(turn.even, angle.hi, cosine.hi);
    let lo = Vector::select(turn.even, sine, cosine.lo);

    let [first, second, ..] = *function.amplitude else { unreachable!("an amplitude has a constant in two parts") };
    let main = two_prod(root.hi, splat!(x, first));
    let beside = fma(u, even_odd(u, &function.amplitude[2..]), splat!(x, second));
    let beside = fma(root.hi, beside, fma(root.lo, splat!(x, first), main.lo));
    let product = two_prod(hi, main.hi);
    let value = product.hi + (fma(lo, main.hi + beside, fma(hi, beside, product.lo)));
    let value = flip_sign(value, turn.sign);
    if x.any_beyond(T::LARGE) {
        return Vector::select(x.lanes_eq(splat!(x, T::INFINITY)), splat!(x, T::ZERO), value);
    }
    value
}

/// `y0` up to the end of its logarithm's part.
#[inline(always)]
fn y0_near<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let [smooth, factor, per_zero] = T::y0_near();
    let quotient = Dd::splat(x, (per_zero[0], per_zero[1])).mul_single(x);
    let log = extended_ln_sum(quotient).mul(Dd::splat(x, T::TWO_PER_PI));
    let quarter = splat!(x, T::MINUS_QUARTER);
    let z = two_prod(x, x);
    let mut j = fma_dd(z.hi, quarter, splat!(x, T::ONE));
    j.lo = fma(z.lo, quarter, j.lo);
    let main = log.mul(j);
    let t = x - splat!(x, smooth[0]);
    let slope = fma_dd(t, splat!(x, smooth[5]), splat!(x, smooth[3]));
    let line = two_prod(t, slope.hi);
    let sum = two_sum(main.hi, line.hi);
    let small = fma(t, slope.lo + splat!(x, smooth[4]), splat!(x, smooth[2])) + ((sum.lo + line.lo) + main.lo);
    let curved = fma(t * t * t, even_odd(t, &smooth[6..]), small);
    let result = sum.hi + fma((log.hi + log.lo) * (z.hi * z.hi), even_odd(z.hi, factor), curved);

    let rare = x.lanes_lt(splat!(x, T::SMALL));
    if rare.any() {
        let log = extended_ln(x).mul(Dd::splat(x, T::TWO_PER_PI));
        let tiny = log.hi + (log.lo + splat!(x, T::Y0_CONSTANT));
        return Vector::select(rare, at_pole(x, tiny), result);
    }
    result
}

/// `y1` up to the end of its logarithm's part.
#[inline(always)]
fn y1_near<T: Order, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let [smooth, factor] = T::y1_near();
    let pole = pole(x);
    let z = x * x;
    let log = extended_ln(x);
    // Not exact where the logarithm is the larger one: it is small beside the pole there.
    let shifted = fast_two_sum(-splat!(x, T::Y1_SHIFT), log.hi);
    let log = Dd { hi: shifted.hi, lo: shifted.lo + log.lo };
    let mut product = fma_dd(z, even_odd(z, &factor[2..]), splat!(x, factor[0]));
    product.lo = product.lo + splat!(x, factor[1]);
    let product = log.mul(product);
    let smooth = even_odd(x - splat!(x, T::Y1_CENTRE), smooth);
    let main = fma_dd(x, product.hi, -pole.hi);
    let result = main.hi + (main.lo + fma(x, product.lo, smooth - pole.lo));

    let rare = x.lanes_lt(splat!(x, T::SMALL));
    if rare.any() {
        let up = splat!(x, T::UP.0);
        let pole = self::pole(x * up);
        let tiny = -((pole.hi + pole.lo) * up);
        return Vector::select(rare, at_pole(x, tiny), result);
    }
    result
}

/// `2 / (π x)` in two parts.
#[inline(always)]
fn pole<T: Order, S: Simd>(x: Vector<T, S>) -> Dd<T, S> {
    let (hi, lo) = T::TWO_PER_PI;
    let quotient = splat!(x, hi) / x;
    let rest = residual(quotient, x, splat!(x, hi)) + splat!(x, lo);
    Dd { hi: quotient, lo: rest * (quotient * splat!(x, T::FRAC_PI_2)) }
}

/// The value for a tiny argument, at a pole that is infinite, and NaN below it.
#[inline(always)]
fn at_pole<T: Order, S: Simd>(x: Vector<T, S>, value: Vector<T, S>) -> Vector<T, S> {
    let zero = splat!(x, T::ZERO);
    let other = Vector::select(x.lanes_eq(zero), -splat!(x, T::INFINITY), splat!(x, T::NAN));
    Vector::select(x.lanes_gt(zero), value, other)
}
